import type { ErrorCodes, SchemaFault } from "../message.ts";

/** Every protocol fault there is, and the CALLERROR code that tells it. */
export const faults = {
  /** A frame that is no frame. OCPP-J 1.6 §4.2.3. */
  badFrame: "formation",
  /** An action that the version does not have. */
  unknownAction: "notImplemented",
  /** An action that the version has, and we do not. */
  unsupportedAction: "notSupported",
  /** It may not speak yet. */
  notAdmitted: "securityError",
  /** A bug of ours. */
  bug: "internalError",
} as const satisfies Record<string, keyof ErrorCodes>;

/** CALLERROR code for a payload that its schema refuses. */
export const schemaFaults = {
  missing: "occurrence",
  type: "type",
  value: "property",
  additional: "formation",
} as const satisfies Record<SchemaFault["kind"], keyof ErrorCodes>;

/** What is wrong with a CALL, as its CALLERROR says it. */
export interface Refusal {
  readonly code: keyof ErrorCodes;
  readonly description: string;
}

/** The refusal of a payload. */
export function refusalOf(fault: SchemaFault): Refusal {
  return { code: schemaFaults[fault.kind], description: fault.description };
}
