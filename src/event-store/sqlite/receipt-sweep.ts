import type { DatabaseSync } from "node:sqlite";
import { prepareAll } from "./statements.ts";

const sql = {
  page: "SELECT id, expires_ms FROM receipts WHERE id > ? ORDER BY id LIMIT ?",
  drop: "DELETE FROM receipts WHERE id = ?",
};

/**
 * Drops receipts past their time. Looks at `scanMax` of them at a time and goes on there the next
 * time, round and round: a receipt may outlive its end for a while, and costs no index.
 */
export function createReceiptSweep(
  database: DatabaseSync,
  scanMax: number,
): (nowMs: number, limit: number) => number {
  const run = prepareAll(database, sql);
  let seenTo = "";

  function sweep(nowMs: number, most: { readonly dropped: number; readonly seen: number }) {
    let dropped = 0;
    const rows = run.page.all(seenTo, most.seen) as { id: string; expires_ms: number }[];
    for (const { id, expires_ms: end } of rows) {
      if (dropped === most.dropped) return { dropped, seen: rows.length };
      seenTo = id;
      if (end > nowMs) continue;
      run.drop.run(id);
      dropped += 1;
    }
    if (rows.length < most.seen) seenTo = "";
    return { dropped, seen: rows.length };
  }

  return (nowMs, limit) => {
    const startedAt = seenTo;
    const first = sweep(nowMs, { dropped: limit, seen: scanMax });
    const cameRound = seenTo === "" && startedAt !== "";
    if (!cameRound || first.seen === scanMax) return first.dropped;
    const rest = { dropped: limit - first.dropped, seen: scanMax - first.seen };
    return first.dropped + sweep(nowMs, rest).dropped;
  };
}
