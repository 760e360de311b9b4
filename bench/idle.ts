// What an idle station costs in memory: accepted, booted, and then only pings.
//   npm run bench -- idle [--stations 18000] [--seconds 300]
// The fleet is prepared by one process and connected to its successor, so that the bare process is
// one that has done nothing yet. What its start has left behind would hide what stations cost: so
// both are measured as they are, and again after a collection in all threads, which is the figure
// that counts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { prepareFleet } from "./fleet.ts";
import { type LoadResult, runLoad } from "./load.ts";
import { sampleProcess } from "./process/process-sample.ts";
import { startServer } from "./process/server.ts";
import { table } from "./table.ts";
import { rounded } from "./tally.ts";
import { type MeasuredServer, type Memory, startMeasured } from "./wire/memory.ts";

const kbPerStationMax = 20;
const settleMs = 3_000;
/** Before the load's end: its sockets must still be open when the garbage is collected. */
const collectBeforeEndMs = 6_000;

interface Use {
  /** As it was found. */
  readonly foundRssMb: number;
  /** After a collection. */
  readonly memory: Memory;
}

async function prepare(dataDir: string, stations: number): Promise<void> {
  const server = await startServer({ dataDir });
  try {
    await prepareFleet(server, stations, { tokens: false });
  } finally {
    await server.stop();
  }
}

async function useOf(server: MeasuredServer): Promise<Use> {
  const { rssKb } = sampleProcess(server.pid);
  return { foundRssMb: rounded(rssKb / 1024, 1), memory: await server.collect() };
}

async function measure(dataDir: string, options: { stations: number; seconds: number }) {
  const server = await startMeasured({ dataDir });
  try {
    await wait(settleMs);
    const bare = await useOf(server);
    let load: LoadResult | undefined;
    const loading = runLoad({
      ...options,
      mode: "idle",
      url: server.stationUrl,
      sample: { server: server.pid },
    }).then((result) => {
      load = result;
    });
    const connected = await nearTheEnd(server, { ...options, over: () => load !== undefined });
    await loading;
    if (load === undefined) throw new Error("no load");
    return figuresOf(options, { bare, connected, load });
  } finally {
    await server.stop();
  }
}

/** Waits until all are connected and have been idle for nearly all of their seconds. */
async function nearTheEnd(
  server: MeasuredServer,
  options: { readonly stations: number; readonly seconds: number; readonly over: () => boolean },
): Promise<Use> {
  const { stations, seconds, over } = options;
  const connectedNow = async () => {
    const response = await fetch(`${server.apiUrl}/metrics`, {
      headers: { authorization: `Bearer ${server.apiKey}` },
    });
    return Number(/^motown_stations_connected (\d+)/m.exec(await response.text())?.[1]);
  };
  // Who never got in is counted at the end; without all of them the run does not count.
  while ((await connectedNow()) < stations && !over()) {
    if (!server.running()) throw new Error("the server has ended");
    await wait(500);
  }
  await wait(Math.max(0, seconds * 1000 - collectBeforeEndMs));
  return useOf(server);
}

function figuresOf(
  options: { stations: number; seconds: number },
  { bare, connected, load }: { bare: Use; connected: Use; load: LoadResult },
) {
  const each = (mb: (use: Use) => number) =>
    rounded(((mb(connected) - mb(bare)) * 1024) / options.stations, 1);
  const { outcomes, openAtEnd, connectSeconds, errors } = load;
  return {
    ...options,
    connectSeconds,
    outcomes,
    openAtEnd,
    errors,
    bare,
    connected,
    kbPerStationAsFound: each(({ foundRssMb }) => foundRssMb),
    kbPerStation: each(({ memory }) => memory.rssMb),
    mainHeapKbPerStation: each(({ memory }) => memory.mainHeapMb),
    otherHeapsKbPerStation: each(({ memory }) => memory.heapsMb - memory.mainHeapMb),
    idleCores: load.processes.server?.cores,
  };
}

function rowOf(figures: Awaited<ReturnType<typeof measure>>) {
  const { stations, seconds, bare, connected, idleCores } = figures;
  return {
    stations,
    seconds,
    "bare RSS MB found/collected": `${bare.foundRssMb}/${bare.memory.rssMb}`,
    "connected RSS MB": `${connected.foundRssMb}/${connected.memory.rssMb}`,
    "kB each found/collected": `${figures.kbPerStationAsFound}/${figures.kbPerStation}`,
    "of it heap, main/others": `${figures.mainHeapKbPerStation}/${figures.otherHeapsKbPerStation}`,
    cores: idleCores,
  };
}

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "18000" },
    seconds: { type: "string", default: "300" },
  },
});
const stations = Number(values.stations);
const dataDir = mkdtempSync(join(tmpdir(), "motown-idle-"));
try {
  await prepare(dataDir, stations);
  const figures = await measure(dataDir, { stations, seconds: Number(values.seconds) });
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n\n${table([rowOf(figures)])}\n`);
  const complete = figures.openAtEnd === stations && figures.outcomes.ok === stations;
  if (!complete || !(figures.kbPerStation <= kbPerStationMax)) {
    process.stderr.write(
      complete
        ? `${figures.kbPerStation} kB per station; at most ${kbPerStationMax}\n`
        : "not every station was booted and open at the end: the run does not count\n",
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
