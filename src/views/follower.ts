import type { Clock, Log } from "#bus";
import { advance, type Lane, type LaneDeps } from "./lane.ts";
import type { Waiting } from "./waiting.ts";

/** What following the log needs. */
export interface FollowerDeps extends LaneDeps {
  readonly limits: LaneDeps["limits"] & {
    readonly projectorRetryMs: number;
    readonly projectorRetryMaxMs: number;
    readonly viewRestMs: number;
  };
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly log: Log;
}

/**
 * After a batch the views rest this many times as long as it took, at most `viewRestMs`: they take
 * a fifth of a core, until batches are as large as they may be. What one costs depends on how many
 * rows there are as much as on how many events come.
 */
const restPerBatch = 4;

/** Leads one lane after the log, one batch at a time, until it has met the log's end. */
export class Follower {
  readonly #deps: FollowerDeps;
  readonly #waiting: Pick<Waiting, "reached" | "giveUp">;
  #lane: Lane | undefined;
  #running: Promise<void> | undefined;
  /** The log has grown while a batch was under way. */
  #again = false;
  #halted = true;
  #ended = false;
  #trouble: string | undefined;
  /** In a row. */
  #failures = 0;
  #retry: (() => void) | undefined;
  #restUntilMs = 0;
  /** Ends the rest before its time. */
  #rest: (() => void) | undefined;

  constructor(deps: FollowerDeps, waiting: Pick<Waiting, "reached" | "giveUp">) {
    this.#deps = deps;
    this.#waiting = waiting;
  }

  /** The lane that it follows in; undefined until it was given one. */
  get lane(): Lane | undefined {
    return this.#lane;
  }

  /** Why the store could not be read or written when it was last tried. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Goes on, in this lane from now on. */
  follow(lane: Lane): void {
    this.#lane = lane;
    this.#isWell();
    this.#halted = this.#ended;
    this.run();
  }

  /** The log has grown: reads on when the rest after the last batch is over. */
  wake(): void {
    const { clock } = this.#deps;
    const restMs = this.#restUntilMs - clock.monotonicMs();
    if (restMs > 0) this.#rest ??= clock.after(restMs, () => this.run());
    else this.run();
  }

  /** Reads what there is, unless it does so already: then once more. In trouble, in its time. */
  run(): void {
    const lane = this.#lane;
    this.#rest?.();
    this.#rest = undefined;
    this.#again = this.#running !== undefined;
    if (lane === undefined || this.#again || this.#halted || lane.fault !== undefined) return;
    if (this.#retry !== undefined) return;
    this.#running = this.#lead(lane).finally(() => {
      this.#running = undefined;
      if (this.#again && this.#trouble === undefined) this.run();
    });
  }

  /** Finishes the batch in flight and begins no other. */
  async halt(): Promise<void> {
    this.#halted = true;
    this.#rest?.();
    this.#rest = undefined;
    await this.#running;
    this.#retry?.();
    this.#retry = undefined;
  }

  /** The same, for good. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.halt();
  }

  async #lead(lane: Lane): Promise<void> {
    const { clock, limits, log } = this.#deps;
    const startedMs = clock.monotonicMs();
    try {
      // A batch that is not full has met the log's end. What has come since has its own wake-up: to
      // run after it at once would make small batches, which write the same rows again and again.
      let isBehind = true;
      while (!this.#halted && isBehind && lane.fault === undefined) {
        isBehind = (await advance(lane, this.#deps)) >= limits.projectorBatchMax;
        this.#isWell();
        this.#waiting.reached(lane.position);
      }
    } catch (error) {
      this.#isIll(error);
    }
    const endedMs = clock.monotonicMs();
    const restMs = Math.min((endedMs - startedMs) * restPerBatch, limits.viewRestMs);
    this.#restUntilMs = endedMs + restMs;
    if (lane.fault === undefined) return;
    log.error("the views stand still", { ...lane.fault });
    this.#waiting.giveUp();
  }

  #isWell(): void {
    this.#trouble = undefined;
    this.#failures = 0;
    this.#retry?.();
    this.#retry = undefined;
  }

  /** Each failure in a row doubles the wait for the next attempt, up to its limit. */
  #isIll(error: unknown): void {
    const { clock, limits, log } = this.#deps;
    const trouble = error instanceof Error ? error.message : String(error);
    this.#trouble = trouble;
    log.error("the views could not be brought up to date; trying again", { trouble });
    const waitMs = limits.projectorRetryMs * 2 ** this.#failures;
    if (waitMs < limits.projectorRetryMaxMs) this.#failures += 1;
    this.#retry = clock.after(Math.min(waitMs, limits.projectorRetryMaxMs), () => {
      this.#retry = undefined;
      this.run();
    });
  }
}
