import { type Static, Type } from "@sinclair/typebox";
import { closed, EvseId, oneOf } from "./common.ts";

/** One outlet of an EVSE. Electrical values are what the plate says; all are optional. */
export const Connector = closed({
  connectorId: Type.Integer({ minimum: 1 }),
  /** The wire's `connectorId` in OCPP 1.x where it is not the number of the EVSE. */
  ocpp1ConnectorId: Type.Optional(Type.Integer({ minimum: 1 })),
  /** OCPI's connector standard or the plate's words, for example `IEC_62196_T2`. */
  type: Type.String({ minLength: 1, maxLength: 50 }),
  current: Type.Optional(oneOf("AC", "DC")),
  phases: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
  voltageV: Type.Optional(Type.Number({ minimum: 0 })),
  maxCurrentA: Type.Optional(Type.Number({ minimum: 0 })),
  maxPowerW: Type.Optional(Type.Number({ minimum: 0 })),
});
export type Connector = Static<typeof Connector>;

/** A part of a station that charges one car at a time. */
export const Evse = closed({
  evseId: EvseId,
  connectors: Type.Array(Connector, { maxItems: 20 }),
});
export type Evse = Static<typeof Evse>;

/** What is wrong with a list of EVSEs: no two things of a station may answer to one number. */
export function listedTwice(
  evses: readonly Evse[],
): "EvseListedTwice" | "ConnectorListedTwice" | undefined {
  if (hasRepeats(evses.map((evse) => evse.evseId))) return "EvseListedTwice";
  const own = evses.some((evse) => hasRepeats(evse.connectors.map((one) => one.connectorId)));
  const wire = evses.flatMap((evse) => [
    ...new Set(evse.connectors.map((one) => one.ocpp1ConnectorId ?? evse.evseId)),
  ]);
  return own || hasRepeats(wire) ? "ConnectorListedTwice" : undefined;
}

function hasRepeats(numbers: readonly number[]): boolean {
  return new Set(numbers).size < numbers.length;
}

/** Whether something is meant to be in use (an operator's decision). */
export const Availability = oneOf("operative", "inoperative");
export type Availability = Static<typeof Availability>;

/** What a station reports of itself or of an EVSE, over all protocol versions. */
export const Status = oneOf(
  "unknown",
  "available",
  "occupied",
  "preparing",
  "charging",
  "suspendedEv",
  "suspendedEvse",
  "finishing",
  "reserved",
  "unavailable",
  "faulted",
);
export type Status = Static<typeof Status>;
