// Virtual time: what is due when, for the whole world. Nothing happens between two entries.

/** Something that will happen unless it is taken back. */
interface Entry {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

const isBefore = (one: Entry, other: Entry) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** The world's one agenda, a heap; entries of the same instant in the order of their arrival. */
export class Timeline {
  /** Milliseconds since 1970. */
  now: number;
  /** Entries that were carried out. */
  steps = 0;
  readonly #heap: Entry[] = [];
  #count = 0;

  constructor(startsAt: number) {
    this.now = startsAt;
  }

  /** Entries that wait, those taken back included until their turn comes. */
  get length(): number {
    return this.#heap.length;
  }

  /** Calls back once after a delay; the result takes it back. */
  after(delayMs: number, run: () => void): () => void {
    this.#count += 1;
    const entry: Entry = { at: this.now + Math.max(0, delayMs), order: this.#count, run };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return () => {
      entry.run = undefined;
    };
  }

  /** Instant of the next entry; undefined: nothing will ever happen. */
  nextAt(): number | undefined {
    while (this.#heap[0] !== undefined && this.#heap[0].run === undefined) this.#removeFirst();
    return this.#heap[0]?.at;
  }

  /** Carries out the next entry; false if there is none. */
  step(): boolean {
    if (this.nextAt() === undefined) return false;
    const entry = this.#heap[0] as Entry;
    this.#removeFirst();
    this.now = Math.max(this.now, entry.at);
    this.steps += 1;
    const { run } = entry;
    entry.run = undefined;
    run?.();
    return true;
  }

  #rise(from: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at] as Entry, heap[parent] as Entry)) return;
      [heap[at], heap[parent]] = [heap[parent] as Entry, heap[at] as Entry];
      at = parent;
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const entry = heap[child];
        if (entry !== undefined && isBefore(entry, heap[least] as Entry)) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least] as Entry, heap[at] as Entry];
      at = least;
    }
  }
}

/**
 * Lets everything run that needs no time to pass: all microtasks and the streams' ticks. Nothing
 * here waits for the operating system, so that the order is the same each time.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
