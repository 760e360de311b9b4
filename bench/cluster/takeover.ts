// What it costs a station to come to another node while the first one still holds its socket,
// beside coming to a node where nobody knows of another.
import { performance } from "node:perf_hooks";
import { prepareFleet, stationIdOf } from "../fleet.ts";
import { type Percentiles, percentiles } from "../tally.ts";
import { Listener } from "./listener.ts";
import { startNodes } from "./nodes.ts";

interface TakeoverRow {
  readonly carrier: "NATS" | "PostgreSQL";
  readonly what: string;
  readonly times: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly maxMs: number | null;
}

/** Moves each station once from one node to the other, one after the other. */
export async function measureTakeovers(options: {
  readonly bus: boolean;
  readonly stations: number;
}): Promise<TakeoverRow[]> {
  const { bus, stations } = options;
  const { nodes, close } = await startNodes({ count: 2, bus });
  const listeners = Array.from({ length: stations }, (_none, at) => new Listener(stationIdOf(at)));
  const fresh = { opened: [] as number[], answered: [] as number[] };
  const taken = { opened: [] as number[], answered: [] as number[], replaced: [] as number[] };
  try {
    const [one, two] = nodes.map(({ server }) => server);
    if (one === undefined || two === undefined) throw new Error("two nodes are needed");
    await prepareFleet(one, stations, { tokens: false });
    for (const listener of listeners) {
      await come(listener, one.stationUrl, fresh);
      const { replaced, began } = await come(listener, two.stationUrl, taken);
      if (replaced === undefined) throw new Error(`${listener.stationId} had no socket to lose`);
      taken.replaced.push((await replaced) - began);
    }
    const carrier = bus ? "NATS" : "PostgreSQL";
    const row = (what: string, times: readonly number[]): TakeoverRow => ({
      ...{ carrier, what, times: times.length },
      ...shown(percentiles(times)),
    });
    return [
      row("first socket open", fresh.opened),
      row("first answer on it", fresh.answered),
      row("socket at another node open", taken.opened),
      row("first answer on it", taken.answered),
      row("old socket closed", taken.replaced),
    ];
  } finally {
    for (const listener of listeners) await listener.close();
    await close();
  }
}

/** Connects and tells a status; from the beginning, each. */
async function come(
  listener: Listener,
  stationUrl: string,
  into: { readonly opened: number[]; readonly answered: number[] },
) {
  const began = performance.now();
  const { replaced } = await listener.connect(stationUrl);
  into.opened.push(performance.now() - began);
  await listener.tell(into.answered.length % 2 === 0 ? "Available" : "Preparing");
  into.answered.push(performance.now() - began);
  return { replaced, began };
}

const shown = ({ p50, p95, max }: Percentiles) => ({ p50Ms: p50, p95Ms: p95, maxMs: max });
