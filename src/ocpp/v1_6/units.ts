import type { DeviationCode } from "./deviations.ts";

/** A unit: its base unit and the power of ten between them. */
interface Unit {
  readonly base: string;
  readonly power: number;
  /** Not a multiple of its base unit. */
  readonly from?: "K" | "Fahrenheit";
}

const plain = (base: string): Unit => ({ base, power: 0 });
const kilo = (base: string): Unit => ({ base, power: 3 });
const mega = (base: string): Unit => ({ base, power: 6 });

/** The specification's units. */
const units: Readonly<Record<string, Unit>> = {
  Wh: plain("Wh"),
  kWh: kilo("Wh"),
  varh: plain("varh"),
  kvarh: kilo("varh"),
  W: plain("W"),
  kW: kilo("W"),
  VA: plain("VA"),
  kVA: kilo("VA"),
  var: plain("var"),
  kvar: kilo("var"),
  A: plain("A"),
  V: plain("V"),
  K: { base: "Celsius", power: 0, from: "K" },
  // The specification's own spelling beside the right one.
  Celcius: plain("Celsius"),
  Celsius: plain("Celsius"),
  Fahrenheit: { base: "Celsius", power: 0, from: "Fahrenheit" },
  Percent: plain("Percent"),
};

/** What stations write beside them, whatever the letters' case. */
const aliases: Readonly<Record<string, Unit>> = {
  ...Object.fromEntries(Object.entries(units).map(([name, unit]) => [name.toLowerCase(), unit])),
  mwh: mega("Wh"),
  mw: mega("W"),
  kv: kilo("V"),
  ka: kilo("A"),
  amp: plain("A"),
  amps: plain("A"),
  ampere: plain("A"),
  volt: plain("V"),
  volts: plain("V"),
  watt: plain("W"),
  watts: plain("W"),
  hz: plain("Hz"),
  hertz: plain("Hz"),
  "%": plain("Percent"),
  rpm: plain("RPM"),
  "°c": plain("Celsius"),
  degc: plain("Celsius"),
};

const baseUnits: Readonly<Record<string, string>> = {
  "Energy.Active.Import.Register": "Wh",
  "Current.Import": "A",
  Voltage: "V",
  Frequency: "Hz",
  Temperature: "Celsius",
  SoC: "Percent",
  RPM: "RPM",
  "Power.Factor": "",
};

/** Base unit of a measurand that came without a unit. The specification says Wh for energy only. */
export function baseUnitOf(measurand: string): string {
  if (Object.hasOwn(baseUnits, measurand)) return baseUnits[measurand] ?? "";
  if (measurand.startsWith("Energy.Reactive")) return "varh";
  if (measurand.startsWith("Energy")) return "Wh";
  if (measurand.startsWith("Power.Reactive")) return "var";
  if (measurand.startsWith("Power")) return "W";
  if (measurand.startsWith("Current")) return "A";
  return "";
}

/** Reads a unit; one that nobody knows stays as it is written. */
export function readUnit(
  written: string | undefined,
  measurand: string,
): Unit & { readonly oddity?: DeviationCode } {
  if (written === undefined || written === "") return plain(baseUnitOf(measurand));
  if (Object.hasOwn(units, written)) return units[written] ?? plain(written);
  // Small letters cannot tell milli from mega; nobody meters a car in either but in mega.
  const folded = written.trim().toLowerCase();
  const alias = Object.hasOwn(aliases, folded) ? aliases[folded] : undefined;
  return alias === undefined
    ? { ...plain(written), oddity: "unitUnknown" }
    : { ...alias, oddity: "unitSpelling" };
}
