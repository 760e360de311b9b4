import { StoreUnavailable, UnitRefused } from "#bus";

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** How a queue sends, and its limits. */
export interface CommitQueueOptions<Item, Result> {
  /** Commits a batch and says what became of each item; rejects when nothing was committed. */
  readonly send: (batch: readonly Item[]) => Promise<readonly Result[]>;
  /** Items that have a key in common never share a batch (one unit per station). */
  readonly keysOf: (item: Item) => string | readonly string[] | undefined;
  readonly batchMax: number;
  /** How much an item takes of `weightMax`; a heavier one goes alone. Default: nothing. */
  readonly weightOf?: (item: Item) => number;
  readonly weightMax?: number;
  readonly queueMax: number;
  /** How long after a batch of several items the next one begins at the earliest. Default: 0. */
  readonly spacingMs?: number;
}

/**
 * Group commit: what arrives while a batch is in flight goes into the next one. One batch is in
 * flight at a time, and items that have a key in common keep their order. A commit costs much the
 * same for one item as for ten, so a fast disk is not asked as often as it could be: batches of
 * several are spaced. Who adds one item after the other waits for nobody.
 */
export class CommitQueue<Item, Result> {
  readonly #options: CommitQueueOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #busy = false;
  #idle: Promise<void> = Promise.resolve();
  #nextAtMs = 0;

  constructor(options: CommitQueueOptions<Item, Result>) {
    this.#options = options;
  }

  /** What waits for a batch. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(item: Item): Promise<Result> {
    if (this.#waiting.length >= this.#options.queueMax) {
      const reason = `overload: ${this.#waiting.length} units wait for the disk`;
      return Promise.reject(new StoreUnavailable(reason));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#wake();
    });
  }

  /** Resolves when all that was added has been answered. */
  async drained(): Promise<void> {
    while (this.#busy) await this.#idle;
  }

  #wake(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#idle = this.#run();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#takeBatch();
      const { spacingMs = 0 } = this.#options;
      this.#nextAtMs = batch.length > 1 ? performance.now() + spacingMs : 0;
      await this.#commit(batch);
    }
    this.#busy = false;
  }

  /** At least a turn of the loop: one batch holds all that this turn's messages lead to. */
  #gather(): Promise<void> {
    const earlyMs = this.#nextAtMs - performance.now();
    return new Promise((resolve) => {
      if (earlyMs > 0) setTimeout(resolve, earlyMs);
      else setImmediate(resolve);
    });
  }

  async #commit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.send(batch.map((one) => one.item));
      for (const [at, one] of batch.entries()) one.resolve(results[at] as Result);
    } catch (error) {
      if (error instanceof UnitRefused && batch.length > 1) await this.#commitHalves(batch);
      else for (const one of batch) one.reject(error);
    }
  }

  /** Something in it cannot be written, and the others must not fail with it: found by halving. */
  async #commitHalves(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const half = Math.ceil(batch.length / 2);
    await this.#commit(batch.slice(0, half));
    await this.#commit(batch.slice(half));
  }

  #takeBatch(): Waiting<Item, Result>[] {
    const { batchMax, keysOf, weightOf = noWeight, weightMax = 0 } = this.#options;
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    const keys = new Set<string>();
    let weight = 0;
    let isFull = false;
    for (const one of this.#waiting) {
      isFull ||= batch.length >= batchMax;
      // What waits keeps its keys, too: nobody behind it may overtake it.
      const isLater = isFull || !addKeys(keys, keysOf(one.item));
      if (!isLater) {
        weight += weightOf(one.item);
        isFull = weight > weightMax && batch.length > 0;
      }
      (isLater || isFull ? later : batch).push(one);
    }
    this.#waiting = later;
    return batch;
  }
}

const noWeight = () => 0;

/** Adds an item's keys; false where one of them was there. */
function addKeys(keys: Set<string>, more: string | readonly string[] | undefined): boolean {
  if (more === undefined) return true;
  const before = keys.size;
  if (typeof more === "string") return keys.add(more).size > before;
  let areNew = true;
  for (const key of more) {
    areNew = !keys.has(key) && areNew;
  }
  for (const key of more) keys.add(key);
  return areNew;
}
