import { type ArchiveTable, restoredMark } from "#bus";

type PlainTable = Exclude<ArchiveTable, "event">;

/** A table of the log as an archive has it: its columns in the archive's order, the key first. */
export interface ArchivedTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, "text" | "bigint">>;
  /** Rows that are not of the log. */
  readonly without?: string;
}

/** All but the events, which have more to them. */
export const archivedTables: Readonly<Record<PlainTable, ArchivedTable>> = {
  receipt: {
    name: "receipts",
    columns: { id: "text", position: "bigint", answer: "text", expires_ms: "bigint" },
  },
  token: { name: "vault", columns: { ref: "text", lookup: "text", sealed: "text" } },
  credential: { name: "credentials", columns: { owner: "text", secret: "text" } },
  connection: {
    name: "connections",
    columns: {
      ...{ station: "text", node: "text", epoch: "bigint", connected_at: "text" },
      ...{ last_seen_at: "text", disconnected_at: "text", protocol: "text", address: "text" },
    },
  },
  request: {
    name: "requests",
    columns: { request_id: "text", station: "text", position: "bigint" },
  },
  checkpoint: {
    name: "checkpoints",
    columns: { consumer: "text", position: "bigint" },
    // What the store writes to find out whether the database works, and its own past.
    without: `consumer IN ('probe of the store', '${restoredMark}')`,
  },
};
