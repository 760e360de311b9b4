import type { Clock } from "#bus";
import type { Limits } from "#limits";
import type { Condition } from "./condition.ts";

interface InboxParts {
  readonly take: (text: string) => void;
  readonly condition: Condition;
  readonly clock: Clock;
  readonly limits: Limits;
}

/**
 * Takes what other nodes send: at once, and of a flood a part per turn, so that it holds up nothing
 * else. What comes faster than it can be taken is dropped and counted.
 */
export class Inbox {
  readonly #parts: InboxParts;
  #waiting: string[] = [];
  #characters = 0;
  /** In this turn. */
  #taken = 0;
  #isResting = false;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  push(text: string): void {
    const { condition, limits } = this.#parts;
    const { nodeMessagesMax, nodeMessagesCharactersMax } = limits;
    const characters = this.#characters + text.length;
    if (this.#waiting.length >= nodeMessagesMax || characters > nodeMessagesCharactersMax) {
      condition.lost(1);
      condition.ill("inbox", "other nodes send faster than this one can take it");
      return;
    }
    this.#waiting.push(text);
    this.#characters = characters;
    if (!this.#isResting) this.#turn();
  }

  #turn(): void {
    const { take, condition, clock, limits } = this.#parts;
    const most = limits.nodeMessagesPerTurn;
    for (const text of this.#waiting.splice(0, most - this.#taken)) {
      this.#taken += 1;
      this.#characters -= text.length;
      condition.received();
      take(text);
    }
    this.#isResting = this.#taken >= most;
    if (!this.#isResting) condition.well("inbox");
    else {
      clock.after(0, () => {
        this.#taken = 0;
        this.#turn();
      });
    }
  }
}
