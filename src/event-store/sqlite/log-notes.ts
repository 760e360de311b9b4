import type { DatabaseSync } from "node:sqlite";
import type { CheckpointRow, ReplacedConnection, SeenRow } from "#bus";
import type { CommonNote } from "../log-note.ts";
import { createReceiptSweep } from "./receipt-sweep.ts";
import { prepareAll } from "./statements.ts";

/** What is written beside units here: beyond what every store has, upkeep of the file. */
export type LogNote =
  | CommonNote
  | { readonly note: "dropReceipts"; readonly now: string; readonly limit: number }
  /** Writes something for the sake of writing: does the disk work again? */
  | { readonly note: "probe" };

const sql = {
  snapshot: `INSERT INTO snapshots (stream, fingerprint, version, state) VALUES (?, ?, ?, ?)
    ON CONFLICT (stream) DO UPDATE SET fingerprint = excluded.fingerprint,
      version = excluded.version, state = excluded.state
    WHERE fingerprint <> excluded.fingerprint OR version <= excluded.version`,
  connect: `INSERT INTO connections
    (station, node, epoch, connected_at, last_seen_at, protocol, address)
    VALUES (?, ?, 1, ?, ?, ?, ?)
    ON CONFLICT (station) DO UPDATE SET node = excluded.node, epoch = epoch + 1,
      connected_at = excluded.connected_at, last_seen_at = excluded.last_seen_at,
      disconnected_at = NULL, protocol = excluded.protocol, address = excluded.address
    RETURNING epoch`,
  disconnect: `UPDATE connections SET disconnected_at = ? WHERE station = ? AND epoch = ?`,
  seen: "UPDATE connections SET last_seen_at = ? WHERE station = ? AND epoch = ?",
  newest: "SELECT epoch FROM connections WHERE station = ?",
  checkpointEpoch: `INSERT INTO checkpoint_epochs (consumer, epoch) VALUES (?, ?)
    ON CONFLICT (consumer) DO UPDATE SET epoch = excluded.epoch WHERE excluded.epoch >= epoch`,
  checkpoint: `INSERT INTO checkpoints (consumer, position) VALUES (?, ?)
    ON CONFLICT (consumer) DO UPDATE SET position = excluded.position`,
  probe: `INSERT INTO checkpoints (consumer, position) VALUES ('probe of the disk', 1)
    ON CONFLICT (consumer) DO UPDATE SET position = position + 1`,
};

/** Writes notes; the result is what the note's sender waits for. */
export function createNoteWriter(
  database: DatabaseSync,
  receiptScanMax: number,
): (note: LogNote) => unknown {
  const run = prepareAll(database, sql);
  const dropReceipts = createReceiptSweep(database, receiptScanMax);

  function seen(rows: readonly SeenRow[]): readonly ReplacedConnection[] {
    const replaced: ReplacedConnection[] = [];
    for (const { station, epoch, at } of rows) {
      if (run.seen.run(at, station, epoch).changes === 1) continue;
      const newest = run.newest.get(station);
      if (newest !== undefined) replaced.push({ station, epoch: Number(newest.epoch) });
    }
    return replaced;
  }

  function saveCheckpoint({ consumer, position, epoch }: CheckpointRow): "saved" | "fenced" {
    if (epoch !== undefined && run.checkpointEpoch.run(consumer, epoch).changes === 0) {
      return "fenced";
    }
    run.checkpoint.run(consumer, position);
    return "saved";
  }

  return (note) => {
    switch (note.note) {
      case "snapshot": {
        const { stream, fingerprint, version, state } = note.snapshot;
        return void run.snapshot.run(stream, fingerprint, version, state);
      }
      case "connect": {
        const { station, node, connectedAt: at, protocol, address } = note.row;
        const row = run.connect.get(station, node, at, at, protocol ?? null, address ?? null);
        return row?.epoch;
      }
      case "disconnect":
        return void run.disconnect.run(note.at, note.station, note.epoch);
      case "seen":
        return seen(note.rows);
      case "checkpoint":
        return saveCheckpoint(note);
      case "dropReceipts":
        return dropReceipts(Date.parse(note.now), note.limit);
      case "probe":
        return void run.probe.run();
    }
  };
}
