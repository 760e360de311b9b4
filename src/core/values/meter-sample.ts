import { type Static, Type } from "@sinclair/typebox";
import { closed, Instant } from "./common.ts";

/**
 * One sampled value. `milli` is the quantity in thousandths of `unit`, parsed exactly from `text`;
 * absent where the text is no number (signed data). OCPP's defaults are filled in, except phase.
 */
export const MeterSample = closed({
  at: Instant,
  measurand: Type.String({ maxLength: 50 }),
  milli: Type.Optional(Type.Integer()),
  /** Base unit after conversion: Wh, varh, W, var, VA, A, V, Hz, Celsius, Percent, RPM. */
  unit: Type.String({ maxLength: 20 }),
  /** What the station wrote, byte for byte, when it differs from `milli` in base units. */
  text: Type.Optional(Type.String({ maxLength: 1_000_000 })),
  context: Type.String({ maxLength: 50 }),
  location: Type.String({ maxLength: 20 }),
  phase: Type.Optional(Type.String({ maxLength: 10 })),
  format: Type.Optional(Type.String({ maxLength: 20 })),
});
export type MeterSample = Static<typeof MeterSample>;

/** The measurand that a session's energy is read from. */
export const energyRegister = "Energy.Active.Import.Register";

/** Whether a sample is a whole-connector register reading that counts for a session's energy. */
export function countsForSession(sample: MeterSample): boolean {
  return (
    sample.measurand === energyRegister &&
    sample.unit === "Wh" &&
    sample.milli !== undefined &&
    sample.phase === undefined &&
    sample.location !== "Inlet" &&
    sample.context !== "Sample.Clock"
  );
}
