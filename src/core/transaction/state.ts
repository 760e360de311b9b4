import type { Guard } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";

export interface TransactionState {
  readonly exists: boolean;
  readonly station: string;
  readonly evseId: number;
  readonly tokenRef?: string | undefined;
  readonly groupTokenRef?: string | undefined;
  readonly startedAt: string;
  readonly meterStartMilliWh?: number | undefined;
  /** Earliest register reading, from samples; stands in for a start that said none. */
  readonly firstRegisterMilliWh?: number | undefined;
  readonly firstRegisterAt?: string | undefined;
  /** Highest register reading so far, from samples. */
  readonly lastRegisterMilliWh?: number | undefined;
  readonly lastSampleAt?: string | undefined;
  readonly end?: TransactionEnd | undefined;
  readonly reviews: readonly string[];
}

export interface TransactionEnd {
  readonly stoppedAt: string;
  /** The station's own timestamp where `stoppedAt` had to be corrected. */
  readonly stationStoppedAt?: string | undefined;
  readonly meterStopMilliWh?: number | undefined;
  /** No stop was heard yet. */
  readonly estimated: boolean;
}

export const initialTransaction: TransactionState = {
  exists: false,
  station: "",
  evseId: 0,
  startedAt: "",
  reviews: [],
};

/** A station's own word about one of its transactions. */
export const fromStation: Guard<TransactionState> = ({ actor, permission }) =>
  actor.kind === "station" || actor.kind === "system"
    ? undefined
    : reject("ReservedForStations", permission);

/** An operator who may do this with the transactions of every station, or of this one. */
export const asOperator: Guard<TransactionState> = ({ actor, state, permission }) => {
  if (!state.exists) return reject("TransactionNotFound");
  const { administrator, permissions } = actor.authority;
  return administrator || permissions.has(permission) || permissions.has("AllPermissions")
    ? undefined
    : reject("NotPermitted", permission);
};
