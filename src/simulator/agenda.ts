/** Something that will happen unless it is cancelled. */
export interface Timer {
  cancel(): void;
}

interface Entry extends Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

const isBefore = (one: Entry, other: Entry) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A heap of what is due when; entries of the same instant in the order of their arrival. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #count = 0;

  /** Calls back once at an instant, or later, unless it is cancelled. */
  add(at: number, run: () => void): Entry {
    this.#count += 1;
    const entry: Entry = {
      at,
      order: this.#count,
      run,
      cancel() {
        this.run = undefined;
      },
    };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry;
  }

  /** Entries that wait, the cancelled ones included until their turn comes. */
  get length(): number {
    return this.#heap.length;
  }

  /** Instant of the next entry; undefined: nothing will ever happen. */
  nextAt(): number | undefined {
    while (this.#heap[0] && this.#heap[0].run === undefined) this.#removeFirst();
    return this.#heap[0]?.at;
  }

  /** Carries out the next entry, after its instant was told; false if there is none. */
  runNext(before: (at: number) => void = () => {}): boolean {
    const at = this.nextAt();
    if (at === undefined) return false;
    const run = this.#heap[0]?.run;
    this.#removeFirst();
    before(at);
    run?.();
    return true;
  }

  /** Carries out all that is due by an instant. */
  runDue(now: number): void {
    for (let next = this.nextAt(); next !== undefined && next <= now; next = this.nextAt()) {
      this.runNext();
    }
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
        if (entry && isBefore(entry, heap[least] as Entry)) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least] as Entry, heap[at] as Entry];
      at = least;
    }
  }
}
