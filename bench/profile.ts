// Where the server's time goes under the full cycle, by function, file and library, for each of its
// threads:  npm run bench -- profile [--stations 200] [--cycle …] [--top 25]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fullCycle } from "./calls.ts";
import { prepareFleet } from "./fleet.ts";
import { runLoad } from "./load.ts";
import { startServer } from "./process/server.ts";

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  /** Microseconds of the machine's monotonic clock. */
  readonly startTime: number;
}

type Frame = CpuProfile["nodes"][number]["callFrame"];

const root = `file://${resolve(import.meta.dirname, "..")}/`;

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "200" },
    seconds: { type: "string", default: "15" },
    top: { type: "string", default: "25" },
    keep: { type: "string" },
    cycle: { type: "string", default: fullCycle },
  },
});

function placeOf({ functionName, url, lineNumber }: Frame): string {
  const file = url.startsWith(root) ? url.slice(root.length) : url;
  return `${functionName || "(anonymous)"} ${file}${url === "" ? "" : `:${lineNumber + 1}`}`;
}

/** `src/bus`, `node_modules/ws`, `node:net`, `(garbage collector)`. */
function partOf({ functionName, url }: Frame): string {
  if (url === "") return functionName;
  const file = url.startsWith(root) ? url.slice(root.length) : url;
  const depth = file.startsWith("node_modules/@") ? 3 : 2;
  return file.split("/").slice(0, depth).join("/");
}

const monotonicMicros = () => Number(process.hrtime.bigint() / 1000n);

/** `src/bus/codec.ts` */
function fileOf({ functionName, url }: Frame): string {
  return url.startsWith(root) ? url.slice(root.length) : url || functionName;
}

/** Microseconds by name: own time, and time with everything called from there. */
function timesOf(profile: CpuProfile, from: number) {
  let now = profile.startTime;
  const files = new Map<string, number>();
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const parts = new Map<string, number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])),
  );
  const add = (map: Map<string, number>, name: string, time: number) =>
    map.set(name, (map.get(name) ?? 0) + time);
  let busy = 0;
  for (const [at, id] of profile.samples.entries()) {
    const time = profile.timeDeltas[at] ?? 0;
    now += time;
    // The start and the preparation of the fleet are another matter.
    if (now < from) continue;
    const frame = nodes.get(id)?.callFrame;
    if (frame === undefined || frame.functionName === "(idle)") continue;
    busy += time;
    add(self, placeOf(frame), time);
    add(parts, partOf(frame), time);
    add(files, fileOf(frame), time);
    const places = new Set<string>();
    for (let up: number | undefined = id; up !== undefined; up = parents.get(up)) {
      const above = nodes.get(up)?.callFrame;
      if (above?.url.startsWith(root)) places.add(placeOf(above));
    }
    for (const place of places) add(total, place, time);
  }
  return { busy, self, total, parts, files };
}

function printTop(title: string, times: ReadonlyMap<string, number>, busy: number): void {
  process.stdout.write(`\n${title}\n`);
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, Number(values.top));
  for (const [name, time] of sorted) {
    process.stdout.write(`${((100 * time) / busy).toFixed(1).padStart(6)} %  ${name}\n`);
  }
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), "motown-profile-"));
mkdirSync(folder, { recursive: true });
let loadedSince = 0;
const server = await startServer({ nodeOptions: ["--cpu-prof", `--cpu-prof-dir=${folder}`] });
try {
  await prepareFleet(server, Number(values.stations));
  loadedSince = monotonicMicros();
  const load = await runLoad({
    url: server.stationUrl,
    stations: Number(values.stations),
    seconds: Number(values.seconds),
    cycle: values.cycle,
    sample: { server: server.pid },
  });
  const { callsPerSecond, outcomes, processes } = load;
  process.stdout.write(`${JSON.stringify({ callsPerSecond, outcomes, processes }, null, 1)}\n`);
} finally {
  await server.stop();
}
for (const file of readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"))) {
  const { busy, ...times } = timesOf(
    JSON.parse(readFileSync(join(folder, file), "utf8")),
    loadedSince,
  );
  process.stdout.write(`\n=== ${file}: ${(busy / 1e6).toFixed(1)} s busy\n`);
  printTop("own time by part", times.parts, busy);
  printTop("own time by file", times.files, busy);
  printTop("own time by function", times.self, busy);
  printTop("with what it calls", times.total, busy);
}
if (values.keep === undefined) rmSync(folder, { recursive: true });
