import type { Payload } from "../wire/frames.ts";

/** What a connector measures at one moment. */
export interface Measurement {
  readonly energyWh: number;
  readonly powerW: number;
  readonly offeredW: number;
  readonly stateOfCharge: number;
  readonly phases: number;
}

/** Why a sample was taken. */
export type SampleContext =
  | "Sample.Periodic"
  | "Sample.Clock"
  | "Transaction.Begin"
  | "Transaction.End"
  | "Trigger";

const volts = 230;
const phaseNames = ["L1", "L2", "L3"];

type Sampler = (measured: Measurement) => Payload[];

const amperes = (watts: number, phases: number) => (watts / volts / phases).toFixed(1);

// Each measurand that the meter has, as OCPP 1.6 §7.31 names it.
const samplers: Readonly<Record<string, Sampler>> = {
  "Energy.Active.Import.Register": ({ energyWh }) => [{ value: String(energyWh), unit: "Wh" }],
  "Power.Active.Import": ({ powerW }) => [{ value: String(powerW), unit: "W" }],
  "Power.Offered": ({ offeredW }) => [{ value: String(offeredW), unit: "W" }],
  "Current.Import": ({ powerW, phases }) =>
    phaseNames
      .slice(0, phases)
      .map((phase) => ({ value: amperes(powerW, phases), phase, unit: "A" })),
  "Current.Offered": ({ offeredW, phases }) => [{ value: amperes(offeredW, phases), unit: "A" }],
  Voltage: ({ phases }) =>
    phaseNames
      .slice(0, phases)
      .map((phase) => ({ value: volts.toFixed(1), phase: `${phase}-N`, unit: "V" })),
  SoC: ({ stateOfCharge }) => [
    { value: stateOfCharge.toFixed(1), unit: "Percent", location: "EV" },
  ],
};

/** Whether a comma separated list names only measurands that this meter has. */
export const isMeasurandList = (text: string): boolean =>
  text
    .split(",")
    .map((name) => name.trim())
    .every((name) => name === "" || name in samplers);

/** One MeterValue with the measurands asked for; undefined if none are. */
export function meterValue(
  measured: Measurement,
  how: { measurands: readonly string[]; context: SampleContext; timestamp: string },
): Payload | undefined {
  const sampledValue = how.measurands.flatMap((measurand) =>
    (samplers[measurand]?.(measured) ?? []).map((sample) => ({
      ...sample,
      measurand,
      context: how.context,
    })),
  );
  return sampledValue.length > 0 ? { timestamp: how.timestamp, sampledValue } : undefined;
}
