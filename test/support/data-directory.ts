import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "#bus";

/** A new folder that nobody else has, and how to be rid of it. */
export async function dataDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "motown-test-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A log that keeps its lines, for tests that ask what was said. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    lines.push(
      [level, message, ...(fields === undefined ? [] : [JSON.stringify(fields)])].join(" "),
    );
  };
  return {
    lines,
    debug: keep("debug"),
    info: keep("info"),
    warn: keep("warn"),
    error: keep("error"),
  };
}
