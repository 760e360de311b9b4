// What a session's samples are as lines over time. Stations measure each phase, or all, or both.
import type { Item } from "../api/call.ts";

/** A sample of a session. */
export type Sample = Pick<
  Item<"getTransactionsByTransactionIdMeterValues">,
  "at" | "measurand" | "value" | "unit" | "phase" | "location" | "context"
>;

/** A measured quantity over time; one value for each instant, null where none was measured. */
export interface MeterLine {
  /** Seconds since 1970, rising. */
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What a session's lines are made of (OCPP 1.6, `Measurand`). */
export const measurands = {
  power: "Power.Active.Import",
  energy: "Energy.Active.Import.Register",
} as const;
const { power, energy } = measurands;

/** The power that the car took, in W. */
export function powerLine(samples: readonly Sample[]): MeterLine {
  return lineOf(samples, power);
}

/** What was taken since the session began, in Wh; without a start, since the first sample. */
export function energyLine(samples: readonly Sample[], startWh?: number): MeterLine {
  const { at, values } = lineOf(samples, energy);
  const first = startWh ?? values.find((value) => value !== null) ?? 0;
  return { at, values: values.map((value) => (value === null ? null : value - first)) };
}

/** The mean power from one sample of the energy to the next, where nobody measured power. */
export function meanPowerLine(samples: readonly Sample[]): MeterLine {
  const { at, values } = lineOf(samples, energy);
  const known = at.flatMap((second, index) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [{ second, value }];
  });
  const steps = known.slice(1).map(({ second, value }, index) => {
    const before = known[index] ?? { second, value };
    return { second, watts: ((value - before.value) * 3600) / (second - before.second) };
  });
  return {
    at: steps.map(({ second }) => second),
    values: steps.map(({ watts }) => Math.max(0, watts)),
  };
}

interface Measured {
  whole?: number;
  readonly phases: Map<string, number>;
}

const nothing = (): Measured => ({ phases: new Map() });

/** Of the whole where that is measured, else the sum of the phases. */
function lineOf(samples: readonly Sample[], measurand: string): MeterLine {
  const found = new Map<number, Measured>();
  for (const { at, measurand: what, value, phase, location } of samples) {
    const second = Date.parse(at) / 1000;
    const isOurs = what === measurand && (location === "Outlet" || location === undefined);
    if (!isOurs || value === undefined || Number.isNaN(second)) continue;
    const here = found.get(second) ?? nothing();
    if (phase === undefined) here.whole = value;
    else if (/^L[123](-N)?$/.test(phase)) here.phases.set(phase.slice(0, 2), value);
    found.set(second, here);
  }
  const at = [...found.keys()].sort((one, other) => one - other);
  const values = at.map((second) => {
    const { whole, phases } = found.get(second) ?? nothing();
    if (whole !== undefined) return whole;
    return phases.size === 0 ? null : [...phases.values()].reduce((sum, value) => sum + value, 0);
  });
  return { at, values };
}
