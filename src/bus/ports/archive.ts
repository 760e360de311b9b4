/**
 * Tables of an archive and the columns of their rows, in the order in which they are written.
 * Snapshots and views are left out, since they can be made again; frames have a log of their own.
 */
export const archiveTables = {
  event: [
    ...["position", "stream", "version", "station", "correlation"],
    ...["type", "schema", "data", "meta"],
  ],
  receipt: ["id", "position", "answer", "expiresMs"],
  token: ["ref", "lookup", "sealed"],
  credential: ["owner", "secret"],
  connection: [
    ...["station", "node", "epoch", "connectedAt", "lastSeenAt"],
    ...["disconnectedAt", "protocol", "address"],
  ],
  request: ["requestId", "station", "position"],
  checkpoint: ["consumer", "position"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * Checkpoint of a log that was brought back: how far it went then, until the first node on it has
 * seen to what follows from that. It is of one log, and in no archive.
 */
export const restoredMark = "restore of the log";

export type ArchiveTable = keyof typeof archiveTables;

/** Values in the order of the table's columns. */
export type ArchiveRow = readonly (string | number | null)[];

/** Rows of each table. */
export type ArchiveCounts = Readonly<Record<ArchiveTable, number>>;

/** A part of a log, by position: from, up to and without. */
export interface ArchivedPart {
  readonly from: number;
  readonly to: number;
}

/** A log as it was at one moment, or what has left it of some part, read from end to end. */
export interface ArchiveSource {
  /** Absent: all of the log. */
  readonly part?: ArchivedPart;
  /** How many rows `rows` will give of each table. */
  counts(): Promise<ArchiveCounts>;
  /** All rows of a table by its first column, bytewise; a bounded number at a time. */
  rows(table: ArchiveTable): AsyncIterable<readonly ArchiveRow[]>;
  close(): Promise<void>;
}

/** An empty log that takes in an archive, table by table; or one that takes back what left it. */
export interface ArchiveTarget {
  /** Whether it wants a part of a log, or all of one. */
  readonly wants?: "part";
  /** Rows in the archive's order. Of all of a log: positions and versions have no gap. */
  add(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void>;
  /** All has come: it is synced, and may be served from now on. */
  complete(): Promise<void>;
  /** Something was wrong: nothing of it stays. */
  abandon(): Promise<void>;
}
