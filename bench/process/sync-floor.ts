// What the disk alone makes late: who answers only what is committed cannot be quicker.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { percentiles } from "../tally.ts";

/** Like a commit of the log: some pages, again and again into a file that is long enough. */
const commitBytes = 16_384;
const fileBytes = 4_194_304;
/** So often a call comes, for which there must be a sync that began after it. */
const callEveryMs = 0.25;

/**
 * Syncs one commit after the other for so long, and says how long a call waits at the 99th
 * percentile that comes at any moment: for the sync under way, which does not hold it, and for the
 * next one. Nothing else should write meanwhile.
 */
export function syncFloorP99Ms(seconds: number): number {
  const folder = mkdtempSync(join(tmpdir(), "motown-syncs-"));
  const file = openSync(join(folder, "commits"), "w+");
  try {
    const commit = Buffer.alloc(commitBytes, 1);
    for (let at = 0; at < fileBytes; at += commitBytes) writeSync(file, commit, 0, commitBytes, at);
    fdatasyncSync(file);
    const startMs = performance.now();
    const ends = [0];
    for (let at = 0; (ends.at(-1) ?? 0) < seconds * 1000; at = (at + commitBytes) % fileBytes) {
      writeSync(file, commit, 0, commitBytes, at);
      fdatasyncSync(file);
      ends.push(performance.now() - startMs);
    }
    return percentiles(waitsOf(ends)).p99 ?? Number.NaN;
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

/** How long a call waits that comes between two of these ends, for the second one after it. */
export function waitsOf(ends: readonly number[]): number[] {
  const waits: number[] = [];
  let next = 0;
  const lastMs = ends.at(-2) ?? 0;
  for (let atMs = 0; atMs < lastMs; atMs += callEveryMs) {
    while ((ends[next] ?? Number.POSITIVE_INFINITY) <= atMs) next += 1;
    waits.push((ends[next + 1] ?? Number.NaN) - atMs);
  }
  return waits;
}
