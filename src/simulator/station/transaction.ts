import type { Timer } from "../time.ts";
import type { Payload } from "../wire/frames.ts";

/** Why a transaction ended (OCPP 1.6 §7.36). */
export type StopReason =
  | "DeAuthorized"
  | "EVDisconnected"
  | "EmergencyStop"
  | "HardReset"
  | "Local"
  | "PowerLoss"
  | "Reboot"
  | "Remote"
  | "SoftReset"
  | "UnlockCommand";

/** One transaction as the station's memory has it; also the fleet's ledger. */
export interface Transaction {
  readonly connectorId: number;
  readonly idTag: string;
  readonly parentIdTag?: string | undefined;
  readonly reservationId?: number | undefined;
  readonly meterStartWh: number;
  readonly startedAt: number;
  /** The number that the CSMS gave it; −1 if it could not be told of the start. */
  id?: number;
  /** The CSMS said no, and the station goes on without giving energy. */
  withoutEnergy: boolean;
  meterStopWh?: number;
  stopDelivered: boolean;
  nextSampleAt: number;
  readonly samples: Payload[];
  tick: Timer | undefined;
}
