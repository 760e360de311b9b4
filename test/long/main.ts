// npm run test:long -- [name …] [--list] [--report file]: the long forms, one after the other.
// The report is written after each, so that an interrupted run has lost nothing.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { commandLine, formsNamed, type LongForm } from "./forms.ts";
import { type LongResult, runForm, tableOf } from "./run.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: "boolean", default: false },
    report: { type: "string", default: "node_modules/.cache/long-report.json" },
  },
});

function list(forms: readonly LongForm[]): void {
  for (const form of forms) {
    const { name, minutes, shows } = form;
    process.stdout.write(`${name.padEnd(11)} ~${minutes} min  ${shows}\n${" ".repeat(12)}`);
    process.stdout.write(`${commandLine(form)}\n`);
  }
  const minutes = forms.reduce((sum, form) => sum + form.minutes, 0);
  process.stdout.write(`together about ${minutes} min\n`);
}

async function runAll(forms: readonly LongForm[], report: string): Promise<boolean> {
  const results: LongResult[] = [];
  let interrupted: NodeJS.Signals | undefined;
  for (const [at, form] of forms.entries()) {
    if (interrupted !== undefined) break;
    const { name, minutes } = form;
    const place = `${at + 1} of ${forms.length}`;
    process.stderr.write(`\n== ${name} (${place}, about ${minutes} min): ${commandLine(form)}\n`);
    const running = runForm(form, { output: (text) => process.stderr.write(text) });
    const stop = (signal: NodeJS.Signals) => {
      interrupted = signal;
      running.stop(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
    const result = await running.result;
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
    results.push(result);
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, `${JSON.stringify(results, null, 1)}\n`);
    process.stderr.write(`== ${name}: ${result.passed ? "passed" : "FAILED"}, ${result.ended}\n`);
  }
  process.stdout.write(`${JSON.stringify(results, null, 1)}\n\n${tableOf(results)}\n`);
  process.stdout.write(`report: ${report}\n`);
  return results.length === forms.length && results.every(({ passed }) => passed);
}

try {
  const forms = formsNamed(positionals);
  if (values.list) list(forms);
  else if (!(await runAll(forms, resolve(values.report)))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
