// Virtual time: what is due when, for the whole world. Nothing happens between two entries.

import { Agenda } from "#simulator";

/** The world's one agenda; entries of the same instant in the order of their arrival. */
export class Timeline {
  /** Milliseconds since 1970. */
  now: number;
  /** Entries that were carried out. */
  steps = 0;
  readonly #agenda = new Agenda();

  constructor(startsAt: number) {
    this.now = startsAt;
  }

  /** Entries that wait, those taken back included until their turn comes. */
  get length(): number {
    return this.#agenda.length;
  }

  /** Calls back once after a delay; the result takes it back. */
  after(delayMs: number, run: () => void): () => void {
    const entry = this.#agenda.add(this.now + Math.max(0, delayMs), run);
    return () => entry.cancel();
  }

  /** Instant of the next entry; undefined: nothing will ever happen. */
  nextAt(): number | undefined {
    return this.#agenda.nextAt();
  }

  /** Carries out the next entry; false if there is none. */
  step(): boolean {
    return this.#agenda.runNext((at) => {
      this.now = Math.max(this.now, at);
      this.steps += 1;
    });
  }
}

/**
 * Lets everything run that needs no time to pass: all microtasks and the streams' ticks. Nothing
 * here waits for the operating system, so that the order is the same each time.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
