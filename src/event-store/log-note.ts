import type { CheckpointRow, ConnectionRow, SeenRow, Snapshot } from "#bus";
import type { StationKey } from "#core";

/** What is written beside units, in the same commits: small, rare, and no event. */
export type CommonNote =
  | { readonly note: "snapshot"; readonly snapshot: Snapshot }
  | { readonly note: "connect"; readonly row: Omit<ConnectionRow, "epoch" | "lastSeenAt"> }
  | {
      readonly note: "disconnect";
      readonly station: StationKey;
      readonly epoch: number;
      readonly at: string;
    }
  | { readonly note: "seen"; readonly rows: readonly SeenRow[] }
  | (CheckpointRow & { readonly note: "checkpoint" });
