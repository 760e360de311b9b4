import type { ViewRow } from "#bus";

/** Committed rows that were used lately, over all tables, by table and key. */
export interface RowCache {
  get(name: string): ViewRow | undefined;
  /** Undefined: the row is gone, or nobody will ask for it soon. */
  set(name: string, row: ViewRow | undefined): void;
}

/** What a cache may hold. */
export interface RowCacheLimits {
  readonly viewRowCacheMax: number;
  readonly viewRowCacheCharactersMax: number;
}

/**
 * A cache that lets long unused rows fall out beyond so many, or beyond so much text: a row may
 * hold a list of thousands of tokens. In two generations, as `createLru`.
 */
export function createRowCache(limits: RowCacheLimits): RowCache {
  const half = Math.max(1, Math.floor(limits.viewRowCacheMax / 2));
  const halfCharacters = Math.floor(limits.viewRowCacheCharactersMax / 2);
  let young = new Map<string, ViewRow>();
  let old = new Map<string, ViewRow>();
  let characters = 0;

  function take(name: string): void {
    const known = young.get(name);
    if (known !== undefined) {
      characters -= charactersIn(known);
      young.delete(name);
    }
    old.delete(name);
  }

  function put(name: string, row: ViewRow): void {
    const size = charactersIn(row);
    // It alone would drive out all others.
    if (size > halfCharacters) return;
    if (young.size >= half || characters + size > halfCharacters) {
      old = young;
      young = new Map();
      characters = 0;
    }
    young.set(name, row);
    characters += size;
  }

  return {
    get: (name) => {
      const known = young.get(name);
      if (known !== undefined) return known;
      const row = old.get(name);
      if (row === undefined) return undefined;
      old.delete(name);
      put(name, row);
      return row;
    },
    set: (name, row) => {
      take(name);
      if (row !== undefined) put(name, row);
    },
  };
}

/** Of all its texts; what else a row holds is small. */
function charactersIn(row: ViewRow): number {
  let sum = 0;
  for (const column in row) {
    const value = row[column];
    if (typeof value === "string") sum += value.length;
  }
  return sum;
}
