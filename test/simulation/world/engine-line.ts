// A node's way to an engine that all nodes share: PostgreSQL, with the log, the views and the
// cluster's tables. What has been sent is carried out there, whatever becomes of whoever sent it.
import { StoreUnavailable } from "#bus";
import type { Dice } from "./dice.ts";
import type { Timeline } from "./timeline.ts";

const wayMs = 0.3;
/** Longest time until a broken connection is noticed. */
const noticedMs = 6_000;

export class EngineLine {
  /** Nothing gets through, either way. */
  cut = false;
  /** Chance that something is carried out, and that its sender is not told so. */
  deaf = 0;
  /** One way. */
  wayMs = wayMs;
  readonly #timeline: Timeline;
  readonly #dice: Dice;

  constructor({ timeline, dice }: { readonly timeline: Timeline; readonly dice: Dice }) {
    this.#timeline = timeline;
    this.#dice = dice;
  }

  /** There and back. Where it fails, it may have been carried out. */
  async carry<T>(ask: () => Promise<T>): Promise<T> {
    await this.#pause(this.wayMs);
    return this.#asked(ask);
  }

  /** The same for a question: when it is on its way there makes no difference to anybody. */
  async read<T>(ask: () => Promise<T>): Promise<T> {
    if (this.wayMs > wayMs) await this.#pause(this.wayMs);
    return this.#asked(ask);
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    if (this.cut) return this.#lost();
    const answer = await ask();
    await this.#pause(this.wayMs);
    if (this.cut || this.#dice.strikes(this.deaf)) return this.#lost();
    return answer;
  }

  /** All is well again. */
  heal(): void {
    this.cut = false;
    this.deaf = 0;
    this.wayMs = wayMs;
  }

  async #lost(): Promise<never> {
    await this.#pause(this.#dice.real(0, noticedMs));
    throw new StoreUnavailable("the connection to the database is lost");
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timeline.after(delayMs, resolve);
    });
  }
}
