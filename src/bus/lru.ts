/** A map that forgets what was used longest ago. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** Looks at every entry: for what is seldom. */
  deleteWhere(isGone: (value: V) => boolean): void;
  size(): number;
}

/**
 * Two generations instead of an order: what is used moves to the young one, and when that holds
 * half of what is allowed, the old one goes as a whole. So at least the half that was used last is
 * there, and a hit costs one look-up.
 */
export function createLru<K, V>(most: number): Lru<K, V> {
  const half = Math.max(1, Math.floor(most / 2));
  let young = new Map<K, V>();
  let old = new Map<K, V>();

  function put(key: K, value: V): void {
    young.set(key, value);
    if (young.size <= half) return;
    old = young;
    old.delete(key);
    young = new Map([[key, value]]);
  }

  return {
    size: () => young.size + old.size,
    delete: (key) => {
      young.delete(key);
      old.delete(key);
    },
    deleteWhere: (isGone) => {
      for (const generation of [young, old]) {
        for (const [key, value] of generation) if (isGone(value)) generation.delete(key);
      }
    },
    get: (key) => {
      const known = young.get(key);
      if (known !== undefined) return known;
      const value = old.get(key);
      if (value === undefined) return undefined;
      old.delete(key);
      put(key, value);
      return value;
    },
    set: (key, value) => {
      old.delete(key);
      put(key, value);
    },
  };
}
