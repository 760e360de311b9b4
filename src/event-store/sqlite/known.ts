/**
 * What a thread that knows SQLite alone keeps in memory, in two generations: what is used moves to
 * the young one, and when that holds half of what is allowed, the old one goes as a whole. Not the
 * bus's LRU: what is in here is changed in place while a batch is written, so that nothing may go
 * before `age` says so.
 */
export class Known<V> {
  readonly #half: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(most: number) {
    this.#half = Math.max(1, Math.floor(most / 2));
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
  }

  /** Lets the old generation go, if it is time. Not while somebody still changes what is in it. */
  age(): void {
    if (this.#young.size < this.#half) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
