import { whileRunning } from "../../bench/child.ts";
import { callApi } from "../../bench/fleet.ts";
import type { Server } from "../../bench/server.ts";
import { type Audit, auditOf, findings } from "./audit.ts";
import type { DrillStation, ToldFact } from "./drill-station.ts";

/** What a drill found, once its stations have ended their sessions. */
export interface Conclusion {
  readonly audit: Audit;
  readonly shown: Shown;
  /** Empty if nothing was lost, doubled or wrong, in the log or in what the API shows. */
  readonly findings: readonly string[];
}

/** What the API shows of all transactions together. */
interface Shown {
  readonly transactions: number;
  readonly energyWh: number;
}

const finishWithinMs = 30_000;
const shownWithinMs = 10_000;

/** Lets each station end its session and the views catch up, stops the server, and compares. */
export async function conclude(drill: {
  readonly server: Server;
  readonly stations: readonly DrillStation[];
  readonly runs: Promise<unknown>;
}): Promise<Conclusion> {
  const { server, stations, runs } = drill;
  try {
    for (const station of stations) station.finish();
    await inTime(runs, () => `the stations could not finish; the server said:\n${server.said()}`);
    const told = stations.flatMap((station) => station.told);
    const shown = await shownAtLast(server, told);
    await server.stop();
    const audit = auditOf(server.dataDir, told);
    const problems = stations.flatMap((station) => station.problems);
    return {
      audit,
      shown,
      findings: [...findings(audit), ...differences(shown, told), ...problems],
    };
  } finally {
    await server.stop("SIGKILL");
  }
}

async function inTime(runs: Promise<unknown>, otherwise: () => string): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise((_resolve, reject) => {
    late = setTimeout(() => reject(new Error(otherwise())), finishWithinMs);
  });
  try {
    await Promise.race([runs, tooLate]);
  } finally {
    clearTimeout(late);
  }
}

/** Views follow the log: what they show once nothing differs any more, or the time is over. */
async function shownAtLast(server: Server, told: readonly ToldFact[]): Promise<Shown> {
  let shown = await shownBy(server);
  const deadline = performance.now() + shownWithinMs;
  return whileRunning(server, { what: "the views", withinMs: 2 * shownWithinMs }, async () => {
    if (differences(shown, told).length === 0 || performance.now() > deadline) return shown;
    shown = await shownBy(server);
    return undefined;
  });
}

async function shownBy(server: Server): Promise<Shown> {
  let transactions = 0;
  let energyWh = 0;
  let next: string | undefined = "";
  while (next !== undefined) {
    const after: string = next === "" ? "" : `&after=${encodeURIComponent(next)}`;
    const page = (await callApi(server, {
      method: "GET",
      path: `/api/v1/transactions?limit=500${after}`,
    })) as { items: { energyWh?: number }[]; next?: string };
    transactions += page.items.length;
    for (const item of page.items) energyWh += item.energyWh ?? 0;
    next = page.next;
  }
  return { transactions, energyWh };
}

function differences(shown: Shown, told: readonly ToldFact[]): string[] {
  const starts = told.filter(({ kind }) => kind === "start");
  const registers = (kind: string) =>
    told.reduce((sum, fact) => sum + (fact.kind === kind ? fact.registerWh : 0), 0);
  const energyWh = registers("stop") - registers("start");
  return [
    ...(shown.transactions === starts.length
      ? []
      : [`the API shows ${shown.transactions} transactions of ${starts.length}`]),
    ...(shown.energyWh === energyWh ? [] : [`the API shows ${shown.energyWh} Wh of ${energyWh}`]),
  ];
}
