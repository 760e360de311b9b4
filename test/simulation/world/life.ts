import type { Clock } from "#bus";
import { instantText } from "./dice.ts";
import type { Timeline } from "./timeline.ts";

/** What a process that stands still has not met yet. */
interface Held {
  readonly timers: (() => void)[];
  /** From outside: bytes of sockets, answers of stores, messages of other nodes. */
  readonly news: (() => void)[];
}

/**
 * One life of a node's process, from its start to its end. When it ends, nothing that it began goes
 * on: its timers do not ring, and what it waits for never comes. It may stand still for a while:
 * what rings or comes in the meantime is met when it goes on.
 */
export class Life {
  readonly clock: Clock;
  /** Timers that are set. */
  timers = 0;
  readonly #timeline: Timeline;
  #alive = true;
  #held: Held | undefined;

  constructor(timeline: Timeline, skewMs: () => number) {
    const bornAt = timeline.now;
    this.#timeline = timeline;
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
        const ring = () => {
          // It may have been taken back by what was met before it.
          if (!waits) return;
          over();
          callback();
        };
        const cancel = timeline.after(delayMs, () => this.#meet("timers", ring));
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

  get isFrozen(): boolean {
    return this.#held !== undefined;
  }

  end(): void {
    this.#alive = false;
    this.#held = undefined;
  }

  /** The process stands still; nobody outside is told. */
  freeze(): void {
    if (this.#alive) this.#held ??= { timers: [], news: [] };
  }

  /** It goes on, with the timers that are overdue or with what has come, as the system likes. */
  thaw({ timersFirst }: { readonly timersFirst: boolean }): void {
    if (this.#held === undefined) return;
    const { timers, news } = this.#held;
    this.#held = undefined;
    const due = timersFirst ? [...timers, ...news] : [...news, ...timers];
    for (const goOn of due) this.#timeline.after(0, () => this.whenAwake(goOn));
  }

  /** Something has come from outside: at once, or when the process goes on; not if it is dead. */
  whenAwake(run: () => void): void {
    this.#meet("news", run);
  }

  /** Waits for what is outside of the process; for ever, if the process is dead by then. */
  outlived<T>(outside: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      outside.then(
        (result) => this.whenAwake(() => resolve(result)),
        (error: unknown) => this.whenAwake(() => reject(error)),
      );
    });
  }

  #meet(kind: keyof Held, run: () => void): void {
    if (!this.#alive) return;
    if (this.#held === undefined) run();
    else this.#held[kind].push(run);
  }
}
