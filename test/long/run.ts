import { spawn } from "node:child_process";
import { commandLine, type LongForm } from "./forms.ts";

/** How a form ended. */
export interface LongResult {
  readonly name: string;
  readonly command: string;
  readonly passed: boolean;
  readonly minutes: number;
  /** How the process ended: its code, or the signal. */
  readonly ended: string;
  /** The end of what it said. */
  readonly said: string;
}

const charactersKept = 4_000;

/** Starts a form's program; `output` gets what it says, as it says it. */
export function runForm(
  form: LongForm,
  given: {
    readonly output: (text: string) => void;
    readonly start?: (command: readonly string[]) => readonly [file: string, ...args: string[]];
  },
): { readonly result: Promise<LongResult>; readonly stop: (signal: NodeJS.Signals) => void } {
  const { output, start = npmRun } = given;
  const [file, ...args] = start(form.command);
  const began = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const hear = (chunk: Buffer) => {
    const text = chunk.toString();
    said = (said + text).slice(-charactersKept);
    output(text);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const result = new Promise<LongResult>((resolve) => {
    const end = (ended: string, passed: boolean) =>
      resolve({
        ...{ name: form.name, command: commandLine(form), passed, ended, said: said.trim() },
        minutes: Math.round((performance.now() - began) / 6_000) / 10,
      });
    child.on("error", (error) => end(error.message, false));
    child.on("close", (code, signal) => end(signal ?? `exit ${code}`, code === 0));
  });
  return { result, stop: (signal) => child.kill(signal) };
}

function npmRun(command: readonly string[]): readonly [string, ...string[]] {
  return ["npm", "run", "--silent", ...command];
}

/** The results as a table for people. */
export function tableOf(results: readonly LongResult[]): string {
  const rows = results.map(({ name, passed, minutes, ended, command }) => [
    ...[name, passed ? "passed" : "FAILED", `${minutes} min`, ended, command],
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "))
    .join("\n");
}
