import { expect, it } from "vitest";
import type { LoggedEvent } from "../../bench/seeded/log-file.ts";
import { type Audit, compare, findings } from "./audit.ts";
import type { ToldFact } from "./drill-station.ts";

const fact = (kind: ToldFact["kind"], at: number, registerWh: number): ToldFact => ({
  ...{ kind, at, registerWh },
  ...{ stationId: "S1", transactionNumber: 7, attempts: 1, answeredAt: at },
});
const told = [fact("start", 1_000, 100), fact("meter", 2_000, 150), fact("stop", 3_000, 160)];

const event = (type: string, data: object, position = 1): LoggedEvent => ({
  ...{ position, type },
  stream: "transaction/t1",
  data: { ...data },
});
const instant = (at: number) => new Date(at).toISOString();
const started = event("TransactionStarted", {
  ...{ station: "s1", transactionNumber: 7, startedAt: instant(1_000) },
});
const sampled = event("MeterValuesSampled", { samples: [{ at: instant(2_000) }] });
const stopped = event("TransactionStopped", { stoppedAt: instant(3_000), energyMilliWh: 60_000 });

const found = (events: readonly LoggedEvent[], facts: readonly ToldFact[] = told): string[] => {
  const result: Audit = compare(events, facts);
  return findings(result);
};

it("has nothing against a log that holds each fact once", () => {
  expect(found([started, sampled, stopped])).toEqual([]);
});

it.each([
  ["a start", [sampled, stopped], /^lost: start/],
  ["a sample", [started, stopped], /^lost: meter/],
  ["a stop", [started, sampled], /^lost: stop/],
])("finds %s that was acknowledged and is not in the log", (_what, events, lost) => {
  expect(found(events)).toContainEqual(expect.stringMatching(lost));
});

it.each([
  ["a start", started],
  ["a sample", sampled],
  ["a stop", stopped],
])("finds %s that is there twice", (_what, again) => {
  const doubled = expect.stringMatching(/^doubled: .*2 times/);
  expect(found([started, sampled, stopped, again])).toContainEqual(doubled);
});

it("finds what nobody was told, wrong energy, guesses and a number given twice", () => {
  const other = event("MeterValuesSampled", { samples: [{ at: instant(2_500) }] });
  expect(found([started, sampled, other, stopped])).toEqual([
    "doubled: meter s1 7 1970-01-01T00:00:02.500Z (never acknowledged)",
  ]);
  const less = event("TransactionStopped", { ...stopped.data, energyMilliWh: 59_999 });
  expect(found([started, sampled, less])).toHaveLength(2);
  const guessed = event("TransactionEndEstimated", {});
  expect(found([started, sampled, guessed, stopped])).toHaveLength(1);
  const twice = [...told, fact("start", 4_000, 160)];
  expect(found([started, sampled, stopped], twice)).toContain("number given twice: S1 7");
});
