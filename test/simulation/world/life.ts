import type { Clock } from "#bus";
import { instantText } from "./dice.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One life of a node's process, from its start to its end. When it ends, nothing that it began goes
 * on: its timers do not ring, and what it waits for never comes.
 */
export class Life {
  readonly clock: Clock;
  /** Timers that are set. */
  timers = 0;
  #alive = true;

  constructor(timeline: Timeline, skewMs: () => number) {
    const bornAt = timeline.now;
    this.clock = {
      now: () => instantText(timeline.now + skewMs()),
      monotonicMs: () => timeline.now - bornAt,
      after: (delayMs, callback) => {
        this.timers += 1;
        let waits = true;
        const over = () => {
          if (waits) this.timers -= 1;
          waits = false;
        };
        const cancel = timeline.after(delayMs, () => {
          over();
          if (this.#alive) callback();
        });
        return () => {
          over();
          cancel();
        };
      },
    };
  }

  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    this.#alive = false;
  }

  /** Waits for what is outside of the process; for ever, if the process is dead by then. */
  outlived<T>(outside: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      outside.then(
        (result) => {
          if (this.#alive) resolve(result);
        },
        (error: unknown) => {
          if (this.#alive) reject(error);
        },
      );
    });
  }
}
