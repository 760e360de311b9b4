// npm run kill -- [--rounds 100] [--stations 20]: the long form of the kill drill.
import { parseArgs } from "node:util";
import { killDrill } from "./kill-drill.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    stations: { type: "string", default: "20" },
  },
});
const report = await killDrill({
  rounds: Number(values.rounds),
  stations: Number(values.stations),
  progress: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
const { lost, doubled } = report.audit;
process.stdout.write(`${lost.length} lost, ${doubled.length} doubled\n`);
process.exitCode = report.findings.length === 0 ? 0 : 1;
