import { createHash, type Hash } from "node:crypto";
import type { StoredEvent } from "#bus";
import type { Told } from "./appender.ts";

/** What was found in the log, held against what the appenders were told. */
export interface Findings {
  readonly events: number;
  /** Positions that were not the one after the last. */
  readonly gaps: number;
  /** Events that came before one that is older, in their stream or of their appender. */
  readonly inversions: number;
  /** Units acknowledged and not in the log. */
  readonly missing: number;
  /** Units in the log that nobody was told of, or not at that place. */
  readonly untold: number;
  readonly conflicts: number;
}

/** Follows the log while it grows, and judges it at the end. */
export function createAudit() {
  const versions = new Map<string, number>();
  const appenders = new Map<string, { units: number; hash: Hash }>();
  let position = 0;
  let events = 0;
  let gaps = 0;
  let inversions = 0;

  const takeOne = (event: StoredEvent) => {
    if (event.position !== position + 1) gaps += 1;
    if (event.position <= position) inversions += 1;
    position = event.position;
    events += 1;
    if (event.version !== (versions.get(event.stream) ?? 0) + 1) inversions += 1;
    versions.set(event.stream, event.version);
    const { appender, unit }: { appender: string; unit: number } = JSON.parse(event.data);
    const seen = appenders.get(appender) ?? { units: 0, hash: createHash("sha256") };
    if (unit !== seen.units) inversions += 1;
    seen.units += 1;
    seen.hash.update(`${event.position} `);
    appenders.set(appender, seen);
  };
  return {
    position: () => position,
    take: (page: readonly StoredEvent[]) => {
      for (const event of page) takeOne(event);
    },
    findings: (told: readonly Told[]): Findings => {
      let missing = 0;
      let untold = 0;
      let conflicts = 0;
      for (const one of told) {
        const seen = appenders.get(one.appender);
        const units = seen?.units ?? 0;
        missing += Math.max(0, one.units - units);
        untold += Math.max(0, units - one.units);
        if (seen?.units === one.units && seen.hash.digest("hex") !== one.positions) untold += 1;
        conflicts += one.conflicts;
      }
      return { events, gaps, inversions, missing, untold, conflicts };
    },
  };
}
