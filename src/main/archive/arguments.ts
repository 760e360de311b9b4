// What export and import have in common at the command line.
import { parseArgs } from "node:util";
import { StoreProblem } from "#store-problem";
import { SettingProblem } from "../setting-problem.ts";
import type { ArchiveSum, Progress } from "./format.ts";

/** Which log, and which file; no file is the terminal's own input or output. */
export interface ArchiveArguments {
  readonly dataDir: string;
  readonly file: string | undefined;
}

/** Reads them; undefined where help was asked for. */
export function archiveArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ArchiveArguments | undefined {
  const options = {
    "data-dir": { type: "string" },
    file: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options });
    if (values.help) return undefined;
    const dataDir = values["data-dir"] ?? (environment.MOTOWN_DATA_DIR || "./motown-data");
    return { dataDir, file: values.file };
  } catch (error) {
    const [problem] = (error as Error).message.split(". To specify");
    throw new SettingProblem(`${problem}. --help lists what there is.`);
  }
}

/** Runs a program of one task; what is wrong is said in plain words. */
export async function runTask(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    const isPlain = error instanceof StoreProblem || error instanceof SettingProblem;
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const words = isPlain || code !== undefined ? message : stack;
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}

const lineEveryMs = 2_000;

/** Says now and then how far it is. */
export function progressLines(what: string): Progress {
  let saidMs = performance.now();
  return (table, rows) => {
    if (performance.now() - saidMs < lineEveryMs) return;
    saidMs = performance.now();
    process.stderr.write(`${what} ${table}: ${rows}\n`);
  };
}

/** What went through, in one line. */
export function sumLine({ rows, sha256 }: ArchiveSum, milliseconds: number): string {
  const counts = Object.entries(rows).map(([table, count]) => `${count} ${table}s`);
  return `${counts.join(", ")}, in ${Math.round(milliseconds / 100) / 10} s; SHA-256 ${sha256}`;
}
