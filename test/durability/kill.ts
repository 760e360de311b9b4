// npm run kill -- [--kills 1000] [--stations 20] [--leg 200] [--store sqlite] [--report file]: the
// long form of the kill drill. Each leg is a drill of its own with its own audit; the report is
// written after each, and a run that finds one goes on where it ended (--anew: from the beginning).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { durableStores } from "./durable-stores.ts";
import { type DrillReport, killDrill, type Progress } from "./kill-drill.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "1000" },
    stations: { type: "string", default: "20" },
    leg: { type: "string", default: "200" },
    store: { type: "string" },
    report: { type: "string", default: "node_modules/.cache/kill-report.json" },
    anew: { type: "boolean", default: false },
  },
});

interface Leg {
  readonly store: string;
  readonly kills: number;
  readonly stations: number;
  readonly minutes: number;
  readonly report: DrillReport;
}

const progressEvery = 10;
const path = resolve(values.report);
const stations = Number(values.stations);
const wanted = Number(values.kills);

function earlier(): Leg[] {
  if (values.anew || !existsSync(path)) return [];
  const { wanted: before, legs } = JSON.parse(readFileSync(path, "utf8")) as Saved;
  const open = before === wanted && legs.every((leg) => leg.stations === stations);
  // A run that was finished is no one's beginning.
  return open && killsOf(legs) < wanted * durableStores.length ? legs : [];
}

interface Saved {
  readonly wanted: number;
  readonly legs: Leg[];
}

function killsOf(legs: readonly Leg[]): number {
  return legs.reduce((sum, leg) => sum + leg.kills, 0);
}

function save(legs: Leg[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ wanted, legs } satisfies Saved, null, 1)}\n`);
}

/** Says where it stands, and when it will have ended. */
function progressOf(began: number, done: number): (now: Progress) => void {
  return ({ kills, told, resent }) => {
    if (kills % progressEvery !== 0) return;
    const each = (performance.now() - began) / kills;
    const left = Math.ceil((each * (wanted - done - kills)) / 60_000);
    process.stderr.write(
      `kill ${done + kills} of ${wanted}: ${told} acknowledged, ${resent} of them said again, ` +
        `${(each / 1000).toFixed(2)} s each, about ${left} min left\n`,
    );
  };
}

const legs = earlier();
for (const store of durableStores) {
  if (values.store !== undefined && values.store !== store.name) continue;
  let done = killsOf(legs.filter((leg) => leg.store === store.name));
  if (done > 0) process.stderr.write(`${store.name}: going on after kill ${done} (${path})\n`);
  while (done < wanted) {
    const began = performance.now();
    const kills = Math.min(Number(values.leg), wanted - done);
    const progress = progressOf(began, done);
    const report = await killDrill({ store, kills, stations, progress });
    const minutes = Math.round((performance.now() - began) / 6_000) / 10;
    legs.push({ store: store.name, kills, stations, minutes, report });
    save(legs);
    done += kills;
  }
}
const findings = legs.flatMap(({ report }) => report.findings);
process.stdout.write(`${JSON.stringify(legs, null, 1)}\n`);
const saying = (word: string) => findings.filter((finding) => finding.includes(word)).length;
process.stdout.write(
  `${killsOf(legs)} kills: ${saying("lost:")} lost, ${saying("doubled:")} doubled, ` +
    `${findings.length} findings in all\n`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
