// npm run fuzz -- [--frames 1000000] [--seed 1] [--target frame|payload|rpc|…]: the long form.
import { parseArgs } from "node:util";
import { type Report, runTarget } from "./run.ts";
import { shares } from "./targets.ts";

const { values } = parseArgs({
  options: {
    frames: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    target: { type: "string" },
  },
});
const wanted = shares.filter(({ target }) => [undefined, target.name].includes(values.target));
if (wanted.length === 0) {
  const names = shares.map(({ target }) => target.name).join(", ");
  process.stderr.write(`No target is called ${values.target}; there are ${names}.\n`);
  process.exit(2);
}
const whole = wanted.reduce((sum, { perMille }) => sum + perMille, 0);
const reports: Report[] = [];
let saidMs = 0;
for (const { target, perMille } of wanted) {
  const frames = Math.ceil((Number(values.frames) * perMille) / whole);
  const progress = (line: string) => {
    if (performance.now() - saidMs < 5_000) return;
    saidMs = performance.now();
    process.stderr.write(`${line}\n`);
  };
  const report = await runTarget({ target, frames, seed: Number(values.seed), progress });
  for (const { what, frame, sample, reproduce } of report.faults) {
    process.stderr.write(
      `FAULT ${target.name} at ${frame}: ${what}\n  ${sample}\n  ${reproduce}\n`,
    );
  }
  reports.push(report);
}
const failed = reports.filter(({ faults, growth }) => faults.length > 0 || growth.beyond);
const summary = reports.map(({ growth, ...report }) => {
  const { samples, ...grown } = growth;
  return { ...report, growth: grown, heapMb: samples.map(megabytes) };
});
process.stdout.write(`${JSON.stringify({ ok: failed.length === 0, reports: summary }, null, 1)}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

function megabytes({ heapBytes }: { readonly heapBytes: number }): number {
  return Math.round(heapBytes / 2 ** 17) / 8;
}
