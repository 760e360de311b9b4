import type { Clock } from "#bus";
import type { Limits } from "#limits";

/** Waits longer after each try that has failed, up to a limit, until it is closed. */
export class Backoff {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #closing = Promise.withResolvers<undefined>();
  #waitMs: number;
  #isClosed = false;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#waitMs = limits.nodeLinkRetryMs;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves when it is closed. */
  get closing(): Promise<undefined> {
    return this.#closing.promise;
  }

  async wait(): Promise<void> {
    await this.pause(this.#waitMs);
    this.#waitMs = Math.min(2 * this.#waitMs, this.#limits.nodeLinkRetryMsMax);
  }

  /** A try has worked. */
  reset(): void {
    this.#waitMs = this.#limits.nodeLinkRetryMs;
  }

  close(): void {
    this.#isClosed = true;
    this.#closing.resolve(undefined);
  }

  async pause(milliseconds: number): Promise<void> {
    const over = Promise.withResolvers<void>();
    const cancel = this.#clock.after(milliseconds, over.resolve);
    await Promise.race([over.promise, this.#closing.promise]);
    cancel();
  }
}
