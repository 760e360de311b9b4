// npm run drill -- [--name kill] [--stations 1000] [--nodes 3] [--full] [--report file]: drills of
// a cluster, each on a scene of its own with its own audit. Without --full, times are a twentieth,
// or another --share.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../../bench/table.ts";
import { type Drill, drillsNamed } from "./drills.ts";
import { paceOf, shortShare } from "./pace.ts";
import { type RunReport, runDrills } from "./run.ts";

const { values } = parseArgs({
  options: {
    name: { type: "string", multiple: true, default: [] },
    stations: { type: "string", default: "100" },
    nodes: { type: "string", default: "3" },
    full: { type: "boolean", default: false },
    share: { type: "string", default: String(shortShare) },
    list: { type: "boolean", default: false },
    report: { type: "string", default: "node_modules/.cache/drill-report.json" },
  },
});
const path = resolve(values.report);
const pace = paceOf(values.full ? 1 : Number(values.share));

function rowOf({ drills, audit, wishes, findings }: RunReport): object {
  const [result] = drills;
  const retries = Object.values(result?.apiRetries ?? {}).reduce((sum, times) => sum + times, 0);
  return {
    drill: result?.name,
    "came back": result?.disturbed,
    "p50 ms": result?.backMs.p50,
    "p95 ms": result?.backMs.p95,
    "max ms": result?.backMs.max,
    acknowledged: Object.values(audit.acknowledged).reduce((sum, count) => sum + count, 0),
    "said again": audit.resent,
    lost: audit.lost.length,
    doubled: audit.doubled.length,
    wishes: wishes.requests + wishes.decisions,
    "API retries": retries,
    findings: findings.length,
  };
}

async function runAll(chosen: readonly Drill[]): Promise<readonly RunReport[]> {
  const reports: RunReport[] = [];
  for (const drill of chosen) {
    const report = await runDrills({
      ...{ drills: [drill], pace },
      ...{ nodes: Number(values.nodes), stations: Number(values.stations) },
      say: (line) => process.stderr.write(`${line}\n`),
    });
    reports.push(report);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(reports, null, 1)}\n`);
  }
  return reports;
}

try {
  const chosen = drillsNamed(values.name);
  if (values.list) {
    for (const { name, shows } of chosen) process.stdout.write(`${name.padEnd(20)} ${shows}\n`);
  } else {
    const reports = await runAll(chosen);
    process.stdout.write(`${JSON.stringify(reports, null, 1)}\n\n${table(reports.map(rowOf))}\n`);
    const findings = reports.flatMap((report) => report.findings);
    for (const finding of findings) process.stderr.write(`${finding}\n`);
    if (findings.length > 0) process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
