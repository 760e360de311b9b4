// The full cycle on 1, 2 and 3 nodes of this machine, beside the embedded server on its disk.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { prepareFleet } from "../fleet.ts";
import { type LoadOptions, type LoadResult, runLoad } from "../load.ts";
import { startServer } from "../process/server.ts";
import { median, rounded } from "../tally.ts";
import { startNodes } from "./nodes.ts";

interface ThroughputOptions {
  readonly stations: number;
  readonly nodes: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly say: (line: string) => void;
}

/** Medians over the rounds. */
interface ThroughputRow {
  readonly on: string;
  readonly stations: number;
  readonly callsPerSecond: number;
  readonly ofEmbedded: number;
  readonly nodesCpuPer1000: number;
  readonly databaseCpuPer1000: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

type Measure = (options: ThroughputOptions) => Promise<LoadResult>;

const embedded: Measure = async (options) => {
  const server = await startServer();
  try {
    await prepareFleet(server, options.stations);
    return await load(options, { url: server.stationUrl, sample: { n1: server.pid } });
  } finally {
    await server.stop();
  }
};

const onNodes =
  (count: number): Measure =>
  async (options) => {
    const { engines, nodes, close } = await startNodes({ count, bus: count > 1 });
    try {
      const servers = nodes.map(({ server }) => server);
      const [first] = servers;
      if (first === undefined) throw new Error("no node");
      await prepareFleet(first, options.stations);
      const named = nodes.map(({ name, server }) => [name, server.pid] as const);
      const file = join(engines.postgres.directory, "postmaster.pid");
      const database = Number(readFileSync(file, "utf8").split("\n")[0]);
      return await load(options, {
        url: servers.map(({ stationUrl }) => stationUrl),
        sample: { ...Object.fromEntries(named), database },
      });
    } finally {
      await close();
    }
  };

async function load(
  { stations, seconds, warmupSeconds }: ThroughputOptions,
  given: Pick<LoadOptions, "url" | "sample">,
): Promise<LoadResult> {
  const result = await runLoad({ stations, seconds, warmupSeconds, ...given });
  const { ok, ...failures } = result.outcomes;
  if (ok > 0 && Object.values(failures).every((count) => count === 0)) return result;
  const { outcomes, errors } = result;
  throw new Error(`the run does not count: ${JSON.stringify({ outcomes, errors })}`);
}

/** Measures all in turns: the machine is faster in one minute than in the next. */
export async function measureThroughput(options: ThroughputOptions): Promise<ThroughputRow[]> {
  const measures: [string, Measure][] = [
    ["embedded", embedded],
    ...options.nodes.map((count): [string, Measure] => [nameOf(count), onNodes(count)]),
  ];
  const results = new Map<string, LoadResult[]>(measures.map(([name]) => [name, []]));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const [name, measure] of measures) {
      const result = await measure(options);
      results.get(name)?.push(result);
      options.say(`round ${round}, ${name}: ${result.callsPerSecond} calls/s`);
    }
  }
  const speeds = (name: string) => results.get(name)?.map((result) => result.callsPerSecond) ?? [];
  const base = median(speeds("embedded"));
  return [...results].map(([on, found]) => ({
    ...{ on, stations: options.stations },
    callsPerSecond: rounded(median(speeds(on)), 0),
    ofEmbedded: rounded(median(speeds(on)) / base, 2),
    ...costOf(found),
  }));
}

const nameOf = (count: number) => (count === 1 ? "1 node" : `${count} nodes`);

function costOf(results: readonly LoadResult[]) {
  const cpu = (isOurs: (label: string) => boolean) =>
    median(
      results.map(({ processes }) =>
        Object.entries(processes)
          .filter(([label]) => isOurs(label))
          .reduce((sum, [, { cpuSecondsPer1000 }]) => sum + (cpuSecondsPer1000 ?? 0), 0),
      ),
    );
  const latency = (which: "p50" | "p99") =>
    rounded(median(results.map(({ latencyMs }) => latencyMs[which] ?? Number.NaN)), 1);
  return {
    nodesCpuPer1000: rounded(
      cpu((label) => label !== "database"),
      3,
    ),
    databaseCpuPer1000: rounded(
      cpu((label) => label === "database"),
      3,
    ),
    p50Ms: latency("p50"),
    p99Ms: latency("p99"),
  };
}
