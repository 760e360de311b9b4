import type { Guard } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import type { Availability, Connector, Status } from "../values/evse.ts";

/** One EVSE as the deciders need it. */
export interface EvseState {
  readonly evseId: number;
  readonly connectors: readonly Connector[];
  readonly availability: Availability;
  /** What its availability will be once the station says that it is so. */
  readonly scheduledAvailability?: Availability | undefined;
  readonly status: Status;
  /** The station's own timestamp of that status, if it gave one. */
  readonly statusAt?: string | undefined;
  readonly errorCode?: string | undefined;
}

/** A transaction that has started and not stopped, or one that a late stop may still name. */
export interface KnownTransaction {
  readonly transactionId: string;
  /** The wire's number in OCPP 1.x, unique on its station. */
  readonly transactionNumber: number;
  readonly evseId: number;
  readonly tokenRef?: string | undefined;
  readonly groupTokenRef?: string | undefined;
  readonly startedAt: string;
  readonly meterStartMilliWh?: number | undefined;
  /** The station's own timestamp where `startedAt` had to be corrected. */
  readonly stationStartedAt?: string | undefined;
  /** It ended without a stop; a late stop will name it. */
  readonly estimated?: true | undefined;
  /** It is known by its stop alone; `startedAt` is when it stopped. */
  readonly orphan?: boolean | undefined;
  /** How it stopped, where the station has no clock: a repetition is known by nothing else. */
  readonly meterStopMilliWh?: number | undefined;
  readonly stationStoppedAt?: string | undefined;
}

export interface Reservation {
  readonly reservationId: string;
  /** The wire's number in OCPP 1.x. */
  readonly reservationNumber: number;
  /** Absent: any EVSE of the station. */
  readonly evseId?: number | undefined;
  readonly tokenRef?: string | undefined;
  readonly expiresAt: string;
}

/** A request to the station that has no outcome yet. */
export interface OutstandingRequest {
  readonly requestId: string;
  /** Type of its event, for example `ResetRequested`. */
  readonly type: string;
  /** What it is about, so that a newer one of the same type and target supersedes it. */
  readonly target: string;
  readonly correlationId: string;
  readonly deadline: string;
  readonly validUntil?: string | undefined;
  /** Connection on which it was sent; absent while it waits. */
  readonly epoch?: number | undefined;
}

/** What a remote start, stop or trigger must lead to, until it does or the deadline passes. */
export interface AwaitedFollowUp {
  readonly kind: "start" | "stop" | "trigger";
  readonly requestId: string;
  readonly correlationId: string;
  readonly deadline: string;
  readonly tokenRef?: string | undefined;
  readonly evseId?: number | undefined;
  readonly transactionId?: string | undefined;
  /** Of a trigger: the message that was asked for. */
  readonly message?: string | undefined;
}

/** A firmware update or diagnostics upload whose statuses belong to the request that caused it. */
export interface Job {
  readonly requestId: string;
}

/** What one call to the station may carry, as far as its settings were read. */
export interface CallLimits {
  readonly authorizationListEntries?: number | undefined;
  readonly configurationKeys?: number | undefined;
}

export interface StationState {
  readonly exists: boolean;
  readonly stationId: string;
  readonly accepted: boolean;
  /** It was accepted once: facts about its transactions are taken for ever. */
  readonly admitted: boolean;
  readonly decommissioned: boolean;
  readonly configured: boolean;
  /** The configuration was guessed from what the station said, not given by anybody. */
  readonly inferred: boolean;
  readonly reconfigurationOffered: boolean;
  readonly protocol?: string | undefined;
  /** Spoken where a handshake names no version that Motown speaks. */
  readonly defaultProtocol?: string | undefined;
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  readonly firmwareVersion?: string | undefined;
  /** Of the last boot that was recorded. */
  readonly bootedAt?: string | undefined;
  readonly strict: boolean;
  /** Its own deviations from its model's quirk profiles. */
  readonly quirks?: Readonly<Record<string, unknown>> | undefined;
  readonly reservable: boolean;
  /** User to the permissions that were granted on this station alone. */
  readonly permissions: Readonly<Record<string, readonly string[]>>;
  readonly authorizationProviders?: readonly string[] | undefined;
  readonly availability: Availability;
  readonly scheduledAvailability?: Availability | undefined;
  readonly status: Status;
  readonly statusAt?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly evses: readonly EvseState[];
  readonly transactionNumberBase: number;
  readonly transactionCount: number;
  readonly openTransactions: readonly KnownTransaction[];
  readonly closedTransactions: readonly KnownTransaction[];
  readonly reservationCount: number;
  readonly reservations: readonly Reservation[];
  readonly requests: readonly OutstandingRequest[];
  readonly awaited: readonly AwaitedFollowUp[];
  readonly firmwareJob?: Job | undefined;
  readonly diagnosticsJob?: Job | undefined;
  readonly authorizationListVersion?: number | undefined;
  readonly callLimits: CallLimits;
  readonly rebootRequiredBy: readonly string[];
  /** Codes of deviations of the present firmware that are an event already. */
  readonly knownDeviations: readonly string[];
}

export const initialStation: StationState = {
  exists: false,
  stationId: "",
  accepted: false,
  admitted: false,
  decommissioned: false,
  configured: false,
  inferred: false,
  reconfigurationOffered: false,
  strict: false,
  reservable: false,
  permissions: {},
  availability: "operative",
  status: "unknown",
  evses: [],
  transactionNumberBase: 0,
  transactionCount: 0,
  openTransactions: [],
  closedTransactions: [],
  reservationCount: 0,
  reservations: [],
  requests: [],
  awaited: [],
  callLimits: {},
  rebootRequiredBy: [],
  knownDeviations: [],
};

/** The permission that contains every other one on a station. */
export const allPermissions = "AllPermissions";

const exists: Guard<StationState> = ({ state }) =>
  state.exists ? undefined : reject("StationNotFound");

const permitted: Guard<StationState> = ({ actor, state, permission }) => {
  if (actor.authority.administrator) return undefined;
  const command = permission.split(".", 1)[0] ?? permission;
  const own = actor.kind === "operator" ? permissionsHeld(state, actor.id) : [];
  const names = [allPermissions, command, permission];
  const held = names.some((name) => own.includes(name) || actor.authority.permissions.has(name));
  if (held) return undefined;
  const { grants } = actor.authority;
  const granted = grants.has(command) || grants.has(permission);
  return actor.kind === "add-on" && granted ? undefined : reject("NotPermitted", permission);
};

/** What a user was permitted here. A name comes from outside: `constructor` is nobody. */
export function permissionsHeld(state: StationState, user: string): readonly string[] {
  return Object.hasOwn(state.permissions, user) ? (state.permissions[user] ?? []) : [];
}

const communicates: Guard<StationState> = ({ state }) => {
  if (state.decommissioned) return reject("StationDecommissioned");
  if (!state.accepted) return reject("StationNotAccepted");
  return state.configured ? undefined : reject("StationNotConfigured");
};

function all(...guards: readonly Guard<StationState>[]): Guard<StationState> {
  return (question) => {
    for (const guard of guards) {
      const refusal = guard(question);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}

/** The station's own word: nobody is asked, but nobody else may say it. */
export const fromStation: Guard<StationState> = all(exists, ({ actor, permission }) =>
  actor.kind === "station" || actor.kind === "system"
    ? undefined
    : reject("ReservedForStations", permission),
);

/** The first word about a station; it need not exist yet. */
export const fromAnybodyNew: Guard<StationState> = ({ actor, state, permission }) => {
  if (state.exists) return reject("StationAlreadyExists");
  if (actor.kind === "station" || actor.kind === "system") return undefined;
  return permitted({ actor, state, permission });
};

/** A person's or key's decision inside the CSMS. */
export const asOperator: Guard<StationState> = all(exists, permitted);

/** A wish that is spoken to the station: permitted, accepted and configured. */
export const toStation: Guard<StationState> = all(exists, permitted, communicates);

/** An add-on's doing, under its grant; a permitted operator may do it by hand. */
export const asAddOn: Guard<StationState> = all(exists, ({ actor, state, permission }) => {
  if (actor.kind !== "add-on") return permitted({ actor, state, permission });
  return actor.authority.grants.has(permission)
    ? undefined
    : reject("CommandNotGranted", permission);
});

/** Motown's own clockwork, for example what a passed deadline leads to. */
export const fromSystem: Guard<StationState> = all(exists, ({ actor, permission }) =>
  actor.kind === "system" ? undefined : reject("NotPermitted", permission),
);

/** The EVSE of a number, if the station is known to have it. */
export function evseOf(state: StationState, evseId: number): EvseState | undefined {
  return state.evses.find((evse) => evse.evseId === evseId);
}

/** Served: it may speak and be spoken to, on any socket, without a new boot. */
export function isServed(state: StationState): boolean {
  return state.accepted && state.configured && !state.decommissioned;
}

/** What the station may still follow up: it was sent, and its deadline has not passed. */
export function awaitedOf(
  state: StationState,
  kind: AwaitedFollowUp["kind"],
  at: string,
): readonly AwaitedFollowUp[] {
  const waiting = state.requests.filter((request) => request.epoch === undefined);
  return state.awaited.filter(
    (entry) =>
      entry.kind === kind &&
      entry.deadline >= at &&
      !waiting.some((request) => request.requestId === entry.requestId),
  );
}
