import { describe, expect, it } from "vitest";
import type { DecidedEvent, MeterSample } from "#core";
import { hear } from "#support/rows16";
import { at, closedNow, countedFrom, opened, served } from "#support/station-history";

const running = [...served, opened(1)];

function sampled(
  values: readonly Record<string, unknown>[],
  request: Record<string, unknown> = {},
  history: readonly DecidedEvent[] = running,
) {
  const meterValue = [{ timestamp: at(5), sampledValue: values }];
  const heard = hear("MeterValues", { connectorId: 1, meterValue, ...request }, { history });
  const { samples = [] } = (heard.events[0]?.data ?? {}) as { samples?: MeterSample[] };
  return { ...heard, samples, types: heard.events.map(({ type }) => type) };
}

const read = (value: Record<string, unknown>) => {
  const { samples, deviations } = sampled([value]);
  return { sample: samples[0], deviations };
};

describe("MeterValues", () => {
  it("fills in what the specification says of a bare value", () => {
    expect(read({ value: "1234" }).sample).toEqual({
      at: at(5),
      measurand: "Energy.Active.Import.Register",
      milli: 1_234_000,
      unit: "Wh",
      context: "Sample.Periodic",
      location: "Outlet",
    });
  });
  it.each([
    ["1.2345", "kWh", 1_234_500, "Wh", "1.2345"],
    ["1234.5", "Wh", 1_234_500, "Wh", undefined],
    ["12,5", "A", 12_500, "A", "12,5"],
    ["7.4", "kW", 7_400_000, "W", "7.4"],
    ["1e3", "V", 1_000_000, "V", "1e3"],
    ["3", "kvarh", 3_000_000, "varh", "3"],
    ["3", "kVA", 3_000_000, "VA", "3"],
    ["3", "kvar", 3_000_000, "var", "3"],
    ["300.15", "K", 27_000, "Celsius", "300.15"],
    ["21.5", "Celcius", 21_500, "Celsius", undefined],
    ["98.6", "Fahrenheit", 37_000, "Celsius", "98.6"],
    ["55", "Percent", 55_000, "Percent", undefined],
  ])("turns %s %s exactly", (value, unit, milli, base, text) => {
    const { sample, deviations } = read({ value, unit });
    expect(sample).toMatchObject({ milli, unit: base });
    expect(sample?.text).toBe(text);
    expect(deviations).toEqual([]);
  });
  it.each([
    ["Hz", "Hz"],
    ["%", "Percent"],
    ["Amp", "A"],
    ["KWH", "Wh"],
  ])("knows the unit %s", (unit, base) => {
    const { sample, deviations } = read({ value: "50", unit });
    expect(sample?.unit).toBe(base);
    expect(deviations.length).toBeGreaterThan(0);
  });
  it("keeps a unit and a measurand that nobody knows", () => {
    const { sample, deviations } = read({ value: "5", unit: "furlong", measurand: "Speed" });
    expect(sample).toMatchObject({ milli: 5000, unit: "furlong", measurand: "Speed" });
    expect(deviations).toEqual(["wordUnknown", "unitUnknown"]);
  });
  it.each([
    ["Energy.Reactive.Import.Register", "varh"],
    ["Energy.Active.Import.Interval", "Wh"],
    ["Power.Active.Import", "W"],
    ["Power.Reactive.Import", "var"],
    ["Power.Factor", ""],
    ["Current.Import", "A"],
    ["Voltage", "V"],
    ["Frequency", "Hz"],
    ["Temperature", "Celsius"],
    ["SoC", "Percent"],
    ["RPM", "RPM"],
  ])("takes the unit of %s for %j where none is said", (measurand, unit) => {
    expect(read({ value: "1", measurand }).sample).toMatchObject({ unit, milli: 1000 });
  });
  it.each(["", "NaN", "unknown", "1.2.3"])("drops %j and keeps the rest", (value) => {
    const { samples, deviations } = sampled([{ value }, { value: "7" }]);
    expect(samples).toMatchObject([{ milli: 7000 }]);
    expect(deviations).toEqual(["valueUnreadable"]);
  });
  it("drops what is beyond all sense", () => {
    expect(read({ value: "9e40" })).toEqual({ sample: undefined, deviations: ["valueTooLarge"] });
  });
  it("keeps phase, context and location", () => {
    const value = {
      value: "1",
      phase: "L1-N",
      context: "Trigger",
      location: "Inlet",
      format: "Raw",
    };
    const { sample } = read(value);
    expect(sample).toMatchObject({ phase: "L1-N", context: "Trigger", location: "Inlet" });
    expect(sample).not.toHaveProperty("format");
  });
  it("keeps signed data to the byte, marked or not", () => {
    const signature = `{"SA":"ECDSA-secp256k1-SHA256","SD":"${"3045".repeat(40)}"}`;
    const evidence = `OCMF|{"FV":"1.0", "GI" : "ä"}|${signature} `;
    const marked = read({ value: evidence, format: "SignedData", unit: "Wh" });
    expect(marked.sample).toMatchObject({ text: evidence, format: "SignedData", unit: "Wh" });
    expect(marked.sample).not.toHaveProperty("milli");
    const unmarked = read({ value: evidence });
    expect(unmarked.sample).toMatchObject({ text: evidence, format: "SignedData" });
    expect(unmarked.deviations).toEqual(["signedDataNotMarked"]);
  });
  it("gives samples to the transaction of the number, running or ended", () => {
    const transactionId = countedFrom + 1;
    const value = [{ value: "1" }];
    expect(sampled(value, { transactionId }).types).toEqual(["MeterValuesSampled"]);
    const ended = [...running, closedNow(1)];
    expect(sampled(value, { transactionId }, ended).types).toEqual(["MeterValuesSampled"]);
    expect(sampled(value, { transactionId, connectorId: 0 }).deviations).toEqual(["connectorZero"]);
  });
  it.each([
    [0, "transactionZero"],
    [-1, "transactionUnknown"],
    [7, "transactionUnknown"],
  ])("gives samples of transaction %i to what runs on the EVSE", (transactionId, code) => {
    const { types, deviations } = sampled([{ value: "1" }], { transactionId });
    expect({ types, deviations }).toEqual({ types: ["MeterValuesSampled"], deviations: [code] });
  });
  it("keeps the main meter, clock-aligned and idle values out of sessions", () => {
    const idle = ["IdleMeterValuesSampled"];
    expect(sampled([{ value: "1" }], { connectorId: 0 }).types).toEqual(idle);
    expect(sampled([{ value: "1", context: "Sample.Clock" }]).types).toEqual(idle);
    expect(sampled([{ value: "1" }], { connectorId: 2 }).types).toEqual(idle);
    const unknown = sampled([{ value: "1" }], { connectorId: 9 });
    expect({ types: unknown.types, deviations: unknown.deviations }).toEqual({
      types: idle,
      deviations: ["evseUnknown"],
    });
  });
  it("uses our instant where the station has none", () => {
    for (const timestamp of [undefined, "never", "1970-01-01T00:00:00Z"]) {
      const meterValue = [{ timestamp, sampledValue: [{ value: "1" }] }];
      expect(sampled([], { meterValue }).samples).toMatchObject([{ at: at(1000) }]);
    }
  });
  it("records nothing where nothing was said, and answers all the same", () => {
    expect(sampled([])).toMatchObject({ events: [], answer: {} });
  });
});
