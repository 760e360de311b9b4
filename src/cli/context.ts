import type { Command } from "commander";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { createOutput, type Output } from "./output.ts";
import { PlainProblem } from "./problem.ts";

/** What a command works with. */
export interface Context {
  readonly api: ApiClient;
  readonly out: Output;
}

interface GlobalOptions {
  readonly url: string;
  readonly dataDir: string;
  readonly json?: boolean;
}

/** Options of a command, by name. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Adds the options that every command takes. */
export function withGlobalOptions(program: Command, environment: NodeJS.ProcessEnv): Command {
  return program
    .option("--url <url>", "where Motown answers", environment.MOTOWN_URL ?? localUrl(environment))
    .option(
      "--data-dir <folder>",
      "the server's data directory, where its key file is",
      environment.MOTOWN_DATA_DIR ?? "./motown-data",
    )
    .option("--json", "write what the API answers, for programs");
}

function localUrl(environment: NodeJS.ProcessEnv): string {
  return `http://127.0.0.1:${environment.MOTOWN_PORT ?? 8080}`;
}

/** Wraps what a command does: its context is made when it runs. */
export function running(
  work: (context: Context, words: readonly string[], options: Options) => Promise<void>,
): (...given: readonly unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const words = given.slice(0, -2).flat() as string[];
    const { url, dataDir, json = false } = command.optsWithGlobals<GlobalOptions>();
    const api = createApiClient({
      ...{ url, dataDir, key: process.env.MOTOWN_API_KEY },
      keyFile: process.env.MOTOWN_API_KEY_FILE,
      onMore: (shown) => process.stderr.write(`There are more than these ${shown}: --limit <n>\n`),
    });
    const out = createOutput(json, (text) => process.stdout.write(text));
    await work({ api, out }, words, command.opts<Options>());
  };
}

/** Path below the API, its parts made safe. */
export function at(...parts: readonly string[]): string {
  return `/api/v1/${parts.map(encodeURIComponent).join("/")}`;
}

/** How many items a list shows where nothing is said. */
export const defaultItems = "100";

/** A number that an option gave. */
export function numberOf(value: unknown, option: string): number {
  const number = Number(value);
  if (value !== "" && Number.isFinite(number)) return number;
  throw new PlainProblem(`${option} ${String(value)} is no number.`);
}

/** A count that an option gave: whole, and not more than makes sense. */
export function countOf(value: unknown, option: string, most = 1_000_000): number {
  const number = numberOf(value, option);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new PlainProblem(`${option} ${String(value)} is no whole number from 1 to ${most}.`);
}
