// Meter values of 1.6 as samples of ours: the specification's defaults filled in, quantities exact.
import type { MeterSample } from "#core";
import type { RowContext } from "../message.ts";
import { isPlain, milliOf, type Quantity } from "../wire/decimals.ts";
import type { DeviationCode } from "./deviations.ts";
import type { Request } from "./row.ts";
import { instantOf } from "./translate.ts";
import { baseUnitOf, readUnit } from "./units.ts";

type MeterValue = Request<"MeterValues">["meterValue"][number];
type SampledValue = MeterValue["sampledValue"][number];

/** What a message's meter values come to. */
export interface ReadSamples {
  readonly samples: readonly MeterSample[];
  readonly oddities: readonly DeviationCode[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const read = new WeakMap<readonly MeterValue[], ReadSamples>();

/** Reads meter values; asked again about the same message it remembers. */
export function samplesOf(values: readonly MeterValue[], context: RowContext): ReadSamples {
  const known = read.get(values);
  if (known !== undefined) return known;
  const samples: MeterSample[] = [];
  const oddities = new Set<DeviationCode>();
  for (const { timestamp, sampledValue } of values) {
    const instant = instantOf(timestamp, context);
    if (instant.oddity !== undefined) oddities.add(instant.oddity);
    for (const value of sampledValue) {
      const sample = sampleOf(value, instant.at, oddities);
      if (sample !== undefined) samples.push(sample);
    }
  }
  const result = { samples, oddities: [...oddities] };
  read.set(values, result);
  return result;
}

/** One value; undefined, and an oddity, where it says nothing that could be kept. */
function sampleOf(
  value: SampledValue,
  at: string,
  oddities: Set<DeviationCode>,
): MeterSample | undefined {
  const measurand = value.measurand ?? "Energy.Active.Import.Register";
  const sample: Writable<MeterSample> = {
    at,
    measurand,
    unit: "",
    context: value.context ?? "Sample.Periodic",
    location: value.location ?? "Outlet",
  };
  if (value.phase !== undefined) sample.phase = value.phase;
  const signed = value.format === "SignedData";
  if (!signed && !isSigned(value.value)) return withQuantity(sample, value, oddities);
  if (!signed) oddities.add("signedDataNotMarked");
  sample.unit = value.unit ?? baseUnitOf(measurand);
  sample.text = value.value;
  sample.format = "SignedData";
  return sample;
}

function withQuantity(
  sample: Writable<MeterSample>,
  { value, unit: written }: SampledValue,
  oddities: Set<DeviationCode>,
): MeterSample | undefined {
  const unit = readUnit(written, sample.measurand);
  if (unit.oddity !== undefined) oddities.add(unit.oddity);
  const quantity = inBaseUnit(milliOf(value, unit.power), unit.from);
  if ("problem" in quantity) {
    oddities.add(quantity.problem === "tooLarge" ? "valueTooLarge" : "valueUnreadable");
    return undefined;
  }
  sample.milli = quantity.milli;
  sample.unit = unit.base;
  const isBase = unit.power === 0 && unit.from === undefined;
  if (!isBase || !isPlain(value)) sample.text = value;
  return sample;
}

/** OCMF and other evidence sent as if it were a number. */
function isSigned(text: string): boolean {
  return text.length > 40 && /^\s*(OCMF\||[{[<]|[A-Za-z0-9+/=\s]{200,}$)/.test(text);
}

function inBaseUnit(quantity: Quantity, from: "K" | "Fahrenheit" | undefined): Quantity {
  if ("problem" in quantity || from === undefined) return quantity;
  if (from === "K") return { milli: quantity.milli - 273_150 };
  return { milli: Math.round(((quantity.milli - 32_000) * 5) / 9) };
}
