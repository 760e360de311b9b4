import type { ViewRow } from "#bus";

/** Committed rows that were used lately, over all tables, by table and key. */
export interface RowCache {
  get(name: string): ViewRow | undefined;
  /** Undefined: the row is gone. */
  set(name: string, row: ViewRow | undefined): void;
  clear(): void;
}

/** A cache that lets the longest unused row fall out beyond `most`. */
export function createRowCache(most: number): RowCache {
  const rows = new Map<string, ViewRow>();
  return {
    get: (name) => {
      const row = rows.get(name);
      if (row !== undefined) {
        rows.delete(name);
        rows.set(name, row);
      }
      return row;
    },
    set: (name, row) => {
      rows.delete(name);
      if (row === undefined) return;
      rows.set(name, row);
      if (rows.size <= most) return;
      const oldest = rows.keys().next();
      if (!oldest.done) rows.delete(oldest.value);
    },
    clear: () => rows.clear(),
  };
}
