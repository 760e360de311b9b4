import type { StationEnergy } from "./compare.ts";
import type { Fleet } from "./fleet.ts";
import type { Tally } from "./tally.ts";
import type { Time } from "./time.ts";

const kWh = (wh: number) => (wh / 1000).toFixed(3);

/** Where lines go. On a terminal the live line is written over itself. */
export interface Screen {
  readonly isTerminal: boolean;
  write(text: string): void;
}

const liveMs = 500;
const plainMs = 5_000;

/** Says what the fleet is doing until it is told to stop; returns how to. */
export function startLiveLine(fleet: Fleet, time: Time, screen: Screen): () => void {
  let callsBefore = 0;
  let at = time.now();
  let timer = time.after(0, () => {});
  const show = () => {
    const { calls } = fleet.tally.counts;
    const seconds = Math.max(0.001, (time.now() - at) / 1000);
    const line = liveLine(fleet, (calls - callsBefore) / seconds);
    callsBefore = calls;
    at = time.now();
    screen.write(screen.isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
    next();
  };
  const next = () => {
    timer = time.after(screen.isTerminal ? liveMs : plainMs, show);
  };
  next();
  return () => {
    timer.cancel();
    if (screen.isTerminal) screen.write("\n");
  };
}

function liveLine(fleet: Fleet, callsPerSecond: number): string {
  const { stations, connected, waiting, charging, energyWh } = fleet.status();
  const { tally } = fleet;
  const failing = fleet.stations.find(({ link }) => link.lastFailure !== "");
  return [
    `connected ${connected}/${stations}`,
    ...(waiting > 0 ? [`${waiting} waiting to be accepted`] : []),
    `charging ${charging}`,
    `${kWh(energyWh)} kWh`,
    `${callsPerSecond.toFixed(1)} calls/s`,
    `p99 ${tally.quantile(0.99)} ms`,
    `errors ${tally.errors()}`,
    ...(failing && connected < stations ? [`(${failing.id}: ${failing.link.lastFailure})`] : []),
  ].join(" · ");
}

const shownMax = 20;

/** The end of a run in a few lines. */
export function summary(fleet: Fleet, energies: readonly StationEnergy[] | undefined): string[] {
  const { tally } = fleet;
  const { counts } = tally;
  return [
    "",
    `calls ${counts.calls}, answered ${counts.answered}, p50 ${tally.quantile(0.5)} ms, ` +
      `p99 ${tally.quantile(0.99)} ms; calls of the CSMS ${counts.stationsCalled}`,
    `errors: CALLERROR ${counts.callErrors}, no answer ${counts.timeouts}, ` +
      `against the schema ${counts.violations}, given up ${counts.dropped}; ` +
      `sockets lost ${counts.lostSockets}`,
    ...faultLine(fleet),
    ...firstOf(tally),
    ...(energies ? energyLines(energies) : ["The API's figures were not compared: no API key."]),
  ];
}

function faultLine(fleet: Fleet): string[] {
  const struck = new Map<string, number>();
  for (const { faults } of fleet.stations) {
    for (const [name, count] of faults.struck) struck.set(name, (struck.get(name) ?? 0) + count);
  }
  if (struck.size === 0) return [];
  return [`faults: ${[...struck].map(([name, count]) => `${name} ${count}`).join(", ")}`];
}

function firstOf({ problems }: Tally): string[] {
  const more = problems.length > shownMax ? [`  … and ${problems.length - shownMax} more`] : [];
  return [...problems.slice(0, shownMax).map((problem) => `  ${problem}`), ...more];
}

function energyLines(energies: readonly StationEnergy[]): string[] {
  if (energies.length === 0) return ["No session took place, so there is no kWh to compare."];
  const lines = energies.slice(0, shownMax).map((one) => energyLine(one.stationId, one));
  const total = energies.reduce(
    (sum, one) => ({
      transactions: sum.transactions + one.transactions,
      sentWh: sum.sentWh + one.sentWh,
      shownWh: sum.shownWh + one.shownWh,
    }),
    { transactions: 0, sentWh: 0, shownWh: 0 },
  );
  const differences = energies.flatMap((one) => one.differences);
  return [
    "kWh sent | kWh shown by the API | transactions",
    ...lines,
    ...(energies.length > shownMax ? [`  … and ${energies.length - shownMax} more stations`] : []),
    energyLine("total", total),
    differences.length === 0 ? "Every Wh that was sent is shown." : "They differ:",
    ...differences.slice(0, shownMax).map((difference) => `  ${difference}`),
  ];
}

type Energy = Pick<StationEnergy, "sentWh" | "shownWh" | "transactions">;

function energyLine(name: string, { sentWh, shownWh, transactions }: Energy): string {
  return `  ${name}: ${kWh(sentWh)} | ${kWh(shownWh)} | ${transactions}`;
}
