// How a station comes into the network, step by step, as its facts tell. What may be done at a step
// is the API's to say; see StationAction.
import type { Item } from "../../../api/call.ts";

type Station = Pick<
  Item<"getChargingStations">,
  "accepted" | "configured" | "acceptedAt" | "lastBootAt" | "transactionCount"
>;

/** The steps in their order. */
export const stepNames = ["accept", "type", "configured", "boot", "charge"] as const;
export type StepName = (typeof stepNames)[number];

/** The steps that a station has behind it. */
export function stepsDone(
  station: Station,
  isTypeKnown: boolean,
): Readonly<Record<StepName, boolean>> {
  const { accepted, configured, acceptedAt, lastBootAt, transactionCount } = station;
  const booted =
    acceptedAt !== undefined &&
    lastBootAt !== undefined &&
    Date.parse(lastBootAt) >= Date.parse(acceptedAt);
  const charged = transactionCount > 0;
  return {
    accept: accepted,
    // Who told the EVSEs himself needs no type.
    type: isTypeKnown || configured,
    configured,
    boot: accepted && (booted || charged),
    charge: charged,
  };
}

/** The first step that is not done; undefined: the station is in. */
export function nextStep(done: Readonly<Record<StepName, boolean>>): StepName | undefined {
  return stepNames.find((name) => !done[name]);
}
