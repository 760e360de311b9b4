import { createLru, type ViewRow } from "#bus";

/** Committed rows that were used lately, over all tables, by table and key. */
export interface RowCache {
  get(name: string): ViewRow | undefined;
  /** Undefined: the row is gone. */
  set(name: string, row: ViewRow | undefined): void;
}

/** A cache that lets long unused rows fall out beyond `most`. */
export function createRowCache(most: number): RowCache {
  const rows = createLru<string, ViewRow>(most);
  return {
    get: rows.get,
    set: (name, row) => {
      if (row === undefined) rows.delete(name);
      else rows.set(name, row);
    },
  };
}
