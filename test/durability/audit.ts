// What stations were told against what the log holds.
import type { LoggedEvent } from "../../bench/seeded/log-file.ts";
import type { ToldFact } from "./drill-station.ts";

export interface Audit {
  readonly acknowledged: Readonly<Record<ToldFact["kind"], number>>;
  /** Facts that had to be said more than once. */
  readonly resent: number;
  /** Acknowledged, and not in the log. */
  readonly lost: readonly string[];
  /** In the log more often than they happened. */
  readonly doubled: readonly string[];
  /** Numbers given twice, energy that differs, ends that were guessed, flags that nobody earned. */
  readonly wrong: readonly string[];
  readonly energyWh: { readonly told: number; readonly logged: number };
}

/** Types of events that an audit of facts reads. */
export const factTypes = [
  "StatusReported",
  "TransactionStarted",
  "MeterValuesSampled",
  "TransactionStopped",
  "IdleMeterValuesSampled",
  "TransactionStopRepeated",
  "TransactionEndEstimated",
  "TransactionEndCorrected",
  "TransactionFlagged",
];

/** Compares; everything that was said must have been answered before. */
export function compare(events: readonly LoggedEvent[], told: readonly ToldFact[]): Audit {
  const logged = factsOf(events);
  const toldKeys = new Map(told.map((fact) => [keyOf(fact), fact]));
  const sum = (facts: readonly { kind: string; registerWh: number }[]) =>
    facts.reduce((total, fact) => total + signOf(fact.kind) * fact.registerWh, 0);
  const count = (kind: string) => told.filter((fact) => fact.kind === kind).length;
  return {
    acknowledged: {
      ...{ status: count("status"), start: count("start") },
      ...{ meter: count("meter"), stop: count("stop") },
    },
    resent: told.filter(({ attempts }) => attempts > 1).length,
    lost: [...toldKeys.keys()].filter((key) => !logged.has(key)),
    doubled: [...logged].flatMap(([key, times]) => {
      if (!toldKeys.has(key)) return [`${key} (never acknowledged)`];
      return times > 1 ? [`${key} (${times} times)`] : [];
    }),
    wrong: [...numbersGivenTwice(told), ...oddities(events), ...wrongEnergies(events, told)],
    energyWh: { told: sum(told), logged: energyOf(events) },
  };
}

/** What an audit has against a run, in words; empty if nothing. */
export function findings(result: Audit): string[] {
  const { told, logged } = result.energyWh;
  return [
    ...result.lost.map((key) => `lost: ${key}`),
    ...result.doubled.map((key) => `doubled: ${key}`),
    ...result.wrong,
    ...(told === logged ? [] : [`${told} Wh were told, the log has ${logged}`]),
  ];
}

const signOf = (kind: string) => ({ start: -1, meter: 0, stop: 1 })[kind] ?? 0;

const stationKey = (stationId: string) => stationId.toLowerCase();

function keyOf({ kind, stationId, transactionNumber, at }: ToldFact): string {
  return `${kind} ${stationKey(stationId)} ${transactionNumber} ${new Date(at).toISOString()}`;
}

/** Facts that were acknowledged and are not among these events. */
export function missing(events: readonly LoggedEvent[], told: readonly ToldFact[]): string[] {
  const logged = factsOf(events);
  return told.map(keyOf).filter((key) => !logged.has(key));
}

/** How often the log holds each fact; what is of no transaction has the number 0. */
function factsOf(events: readonly LoggedEvent[]): Map<string, number> {
  const transactions = new Map(
    events
      .filter(({ type }) => type === "TransactionStarted")
      .map(({ stream, data }) => [stream, `${data.station} ${data.transactionNumber}`]),
  );
  const times = new Map<string, number>();
  for (const { type, stream, data } of events) {
    const transaction = transactions.get(stream) ?? `${stream.split("/")[1]} 0`;
    for (const [kind, at] of factsIn(type, data)) {
      const key = `${kind} ${transaction} ${new Date(at).toISOString()}`;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  }
  return times;
}

function factsIn(type: string, data: LoggedEvent["data"]): [kind: string, at: string][] {
  switch (type) {
    case "StatusReported":
      return [["status", String(data.statusAt)]];
    case "TransactionStarted":
      return [["start", String(data.startedAt)]];
    case "TransactionStopped":
      return [["stop", String(data.stoppedAt)]];
    case "MeterValuesSampled":
      return (data.samples as { at: string }[]).map(({ at }) => ["meter", at]);
    default:
      return [];
  }
}

function numbersGivenTwice(told: readonly ToldFact[]): string[] {
  const given = new Set<string>();
  return told.flatMap(({ kind, stationId, transactionNumber }) => {
    if (kind !== "start") return [];
    const key = `${stationId} ${transactionNumber}`;
    if (given.has(key)) return [`number given twice: ${key}`];
    given.add(key);
    return [];
  });
}

const plain = new Set([
  "StatusReported",
  "TransactionStarted",
  "MeterValuesSampled",
  "TransactionStopped",
]);

function oddities(events: readonly LoggedEvent[]): string[] {
  return events
    .filter(({ type }) => factTypes.includes(type) && !plain.has(type))
    .map(({ type, stream, data }) => `${type} in ${stream}: ${JSON.stringify(data)}`);
}

/** Each transaction's energy, as the log has it, against its station's meter. */
function wrongEnergies(events: readonly LoggedEvent[], told: readonly ToldFact[]): string[] {
  const wanted = new Map<string, number>();
  for (const { kind, stationId, transactionNumber, registerWh } of told) {
    const key = `${stationKey(stationId)} ${transactionNumber}`;
    wanted.set(key, (wanted.get(key) ?? 0) + signOf(kind) * registerWh);
  }
  const keys = new Map<string, string>();
  const wrong: string[] = [];
  for (const { type, stream, data } of events) {
    if (type === "TransactionStarted") {
      keys.set(stream, `${data.station} ${data.transactionNumber}`);
    }
    if (type !== "TransactionStopped") continue;
    const key = keys.get(stream) ?? stream;
    const milliWh = 1000 * (wanted.get(key) ?? Number.NaN);
    if (data.energyMilliWh === milliWh) continue;
    wrong.push(`energy of ${key}: ${data.energyMilliWh} mWh, told ${milliWh}`);
  }
  return wrong;
}

function energyOf(events: readonly LoggedEvent[]): number {
  const milliWh = events
    .filter(({ type }) => type === "TransactionStopped")
    .reduce((total, { data }) => total + Number(data.energyMilliWh), 0);
  return milliWh / 1000;
}
