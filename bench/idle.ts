// What an idle station costs in memory: accepted, booted, and then only pings.
//   npm run bench -- idle [--stations 10000] [--seconds 300]
// The fleet is prepared by one process and connected to its successor, so that the bare process is
// one that has done nothing yet.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { prepareFleet } from "./fleet.ts";
import { runLoad } from "./load.ts";
import { sampleProcess } from "./process-sample.ts";
import { startServer } from "./server.ts";
import { rounded } from "./tally.ts";

const kbPerStationMax = 25;
const settleMs = 3_000;

async function prepare(dataDir: string, stations: number): Promise<void> {
  const server = await startServer({ dataDir });
  try {
    await prepareFleet(server, stations, { tokens: false });
  } finally {
    await server.stop();
  }
}

async function measure(dataDir: string, options: { stations: number; seconds: number }) {
  const server = await startServer({ dataDir });
  try {
    await wait(settleMs);
    const bare = sampleProcess(server.pid);
    const load = await runLoad({
      ...options,
      mode: "idle",
      url: server.stationUrl,
      sample: { server: server.pid },
    });
    const rssMb = load.processes.server?.rssMb ?? Number.NaN;
    const { outcomes, openAtEnd, connectSeconds, errors } = load;
    const kb = rssMb * 1024 - bare.rssKb;
    return {
      ...options,
      connectSeconds,
      outcomes,
      openAtEnd,
      errors,
      bareRssMb: rounded(bare.rssKb / 1024, 1),
      rssMb,
      kbPerStation: rounded(kb / options.stations, 1),
      idleCores: load.processes.server?.cores,
    };
  } finally {
    await server.stop();
  }
}

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "10000" },
    seconds: { type: "string", default: "300" },
  },
});
const stations = Number(values.stations);
const dataDir = mkdtempSync(join(tmpdir(), "motown-idle-"));
try {
  await prepare(dataDir, stations);
  const figures = await measure(dataDir, { stations, seconds: Number(values.seconds) });
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
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
