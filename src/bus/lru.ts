/** A map that forgets what was used longest ago. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** Looks at every entry: for what is seldom. */
  deleteWhere(isGone: (value: V) => boolean): void;
  size(): number;
}

export function createLru<K, V>(most: number): Lru<K, V> {
  const entries = new Map<K, V>();
  return {
    size: () => entries.size,
    delete: (key) => {
      entries.delete(key);
    },
    deleteWhere: (isGone) => {
      for (const [key, value] of entries) if (isGone(value)) entries.delete(key);
    },
    get: (key) => {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set: (key, value) => {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > most) {
        for (const oldest of entries.keys()) {
          entries.delete(oldest);
          break;
        }
      }
    },
  };
}
