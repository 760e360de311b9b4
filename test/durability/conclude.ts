import { type ApiAccess, callApi } from "../../bench/fleet.ts";
import { type Child, whileRunning } from "../../bench/process/child.ts";
import type { LoggedEvent } from "../../bench/seeded/log-file.ts";
import { type Audit, compare, factTypes, findings } from "./audit.ts";
import { auditWishes, type WishAudit, wishTypes } from "./audit-wishes.ts";
import type { DrillOperator } from "./drill-operator.ts";
import type { DrillStation, ToldFact } from "./drill-station.ts";
import type { DurablePlace } from "./durable-stores.ts";

/** What a drill found, once its stations have ended their sessions. */
export interface Conclusion {
  readonly audit: Audit;
  readonly wishes: WishAudit;
  readonly authorizations: { readonly told: number; readonly logged: number };
  readonly shown: Shown;
  /** Empty if nothing was lost, doubled or wrong, in the log or in what the API shows. */
  readonly findings: readonly string[];
}

/** What the API shows of all transactions together. */
interface Shown {
  readonly transactions: number;
  readonly energyWh: number;
}

/** Those who took part, and where the server keeps what it has. */
export interface Drill {
  readonly place: Pick<DurablePlace, "readEvents" | "readViews" | "dropViews" | "viewsAreComplete">;
  readonly stations: readonly DrillStation[];
  readonly operators?: readonly DrillOperator[];
  readonly runs: Promise<unknown>;
  /** A large fleet takes its time: how many times what a small one needs. */
  readonly patience?: number;
}

/** One server, or several that work as one. */
export type DrilledServer = ApiAccess & Pick<Child, "said" | "running" | "stop">;

const finishWithinMs = 30_000;
const endedWithinMs = 20_000;
const shownWithinMs = 10_000;
const authorized = "AuthorizationAnswered";
const types = [...factTypes, ...wishTypes, authorized];

/**
 * Lets each station end its session, each request its life and the views catch up, and compares.
 * `start` starts the server anew on what there is.
 */
export async function conclude(
  drill: Drill,
  server: DrilledServer,
  start: () => Promise<DrilledServer>,
): Promise<Conclusion> {
  const { stations, operators = [], place, patience = 1 } = drill;
  try {
    for (const one of [...stations, ...operators]) one.finish();
    await inTime(drill.runs, {
      withinMs: finishWithinMs * patience,
      otherwise: () => `the stations could not finish; it said:\n${server.said()}`,
    });
    await requestsEnded(drill, server);
    for (const station of stations) station.hangUp();
    const told = stations.flatMap((station) => station.told);
    const shown = await shownAtLast(server, told, shownWithinMs * patience);
    await viewsComplete(drill, server);
    await server.stop();
    const events = await place.readEvents(types, 0);
    const audit = compare(events, told);
    const wished = operators.flatMap((operator) => operator.told);
    const wishes = auditWishes(events, wished, heardBy(stations));
    const authorizations = authorizationsIn(events, stations);
    const again = await viewsBuiltAgain(drill, start);
    return {
      ...{ audit, wishes, shown },
      authorizations: { told: authorizations.told, logged: authorizations.logged },
      findings: [
        ...findings(audit),
        ...wishes.findings,
        ...authorizations.findings,
        ...differences(shown, told),
        ...again,
        ...stations.flatMap(({ line }) => line.problems),
        ...operators.flatMap(({ problems }) => problems),
      ],
    };
  } finally {
    await server.stop("SIGKILL");
  }
}

async function viewsComplete(drill: Drill, server: DrilledServer): Promise<void> {
  const { place, patience = 1 } = drill;
  const options = { what: "views of all that is in the log", withinMs: shownWithinMs * patience };
  await whileRunning(server, options, async () => {
    return (await place.viewsAreComplete?.()) === false ? undefined : true;
  });
}

function heardBy(stations: readonly DrillStation[]): Map<string, number> {
  const heard = new Map<string, number>();
  for (const { line } of stations) {
    for (const [mark, times] of line.heard) heard.set(mark, (heard.get(mark) ?? 0) + times);
  }
  return heard;
}

/** Requests that a dead server had sent end by their deadline; until then stations stay. */
async function requestsEnded(drill: Drill, server: DrilledServer): Promise<void> {
  const { stations, place, patience = 1 } = drill;
  const staying = Promise.all(stations.map((station) => station.stay()));
  staying.catch(() => undefined);
  const what = "the end of all requests";
  await whileRunning(server, { what, withinMs: endedWithinMs * patience }, async () => {
    const events = await place.readEvents(["DataTransferRequested", "RequestCompleted"], 0);
    const open = new Set<unknown>();
    for (const { type, data } of events) {
      if (type === "RequestCompleted") open.delete(data.requestId);
      else open.add(data.requestId);
    }
    return open.size === 0 || undefined;
  });
}

/** No one but its instant tells one authorization from another: each is there, or one too many. */
function authorizationsIn(events: readonly LoggedEvent[], stations: readonly DrillStation[]) {
  const logged = new Map<string, number>();
  for (const { type, stream } of events) {
    if (type === authorized) logged.set(stream, (logged.get(stream) ?? 0) + 1);
  }
  const found = stations.flatMap(({ stationId, authorized: told, line }) => {
    const said = line.said.get("Authorize") ?? 0;
    const times = logged.get(`charging-station/${stationId.toLowerCase()}`) ?? 0;
    if (times >= told && times <= said) return [];
    return [`${stationId}: ${told} authorizations of ${said} were answered, ${times} are there`];
  });
  return {
    told: stations.reduce((sum, station) => sum + station.authorized, 0),
    logged: [...logged.values()].reduce((sum, times) => sum + times, 0),
    findings: found,
  };
}

/** Views that followed through all kills against views made from the log alone. */
async function viewsBuiltAgain(
  { place, patience = 1 }: Drill,
  start: () => Promise<DrilledServer>,
): Promise<string[]> {
  const before = await place.readViews();
  await place.dropViews();
  const server = await start();
  try {
    let found: string[] = [];
    const withinMs = shownWithinMs * patience;
    const deadline = performance.now() + withinMs;
    return await whileRunning(server, { what: "views", withinMs: 2 * withinMs }, async () => {
      found = viewDifferences(before, await place.readViews());
      return found.length === 0 || performance.now() > deadline ? found : undefined;
    });
  } finally {
    await server.stop();
  }
}

/** Rows that only one of the two has, a few of each table. */
export function viewDifferences(
  before: ReadonlyMap<string, readonly string[]>,
  again: ReadonlyMap<string, readonly string[]>,
): string[] {
  const shownOf = (rows: readonly string[], others: readonly string[] = []) => {
    const known = new Set(others);
    return rows.filter((row) => !known.has(row)).slice(0, 3);
  };
  // The tables of the store itself hold where it stands, and no view.
  const names = [...before.keys()].filter((name) => !name.startsWith("motown_"));
  return names.flatMap((name) => [
    ...shownOf(before.get(name) ?? [], again.get(name)).map((row) => `only in ${name}: ${row}`),
    ...shownOf(again.get(name) ?? [], before.get(name)).map(
      (row) => `only in ${name} as built again: ${row}`,
    ),
  ]);
}

async function inTime(
  runs: Promise<unknown>,
  { withinMs, otherwise }: { readonly withinMs: number; readonly otherwise: () => string },
): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise((_resolve, reject) => {
    late = setTimeout(() => reject(new Error(otherwise())), withinMs);
  });
  try {
    await Promise.race([runs, tooLate]);
  } finally {
    clearTimeout(late);
  }
}

/** Views follow the log: what they show once nothing differs any more, or the time is over. */
async function shownAtLast(
  server: DrilledServer,
  told: readonly ToldFact[],
  withinMs: number,
): Promise<Shown> {
  const deadline = performance.now() + withinMs;
  return whileRunning(server, { what: "the views", withinMs: 2 * withinMs }, async () => {
    const isLate = performance.now() > deadline;
    // A busy machine may leave a question without an answer: whoever asks repeats it.
    const shown = await shownBy(server).catch((error: unknown) => {
      if (isLate) throw error;
      return undefined;
    });
    if (shown === undefined) return undefined;
    return isLate || differences(shown, told).length === 0 ? shown : undefined;
  });
}

async function shownBy(server: ApiAccess): Promise<Shown> {
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
