import type { Fact } from "./speaker.ts";

/** The facts that a station has yet to tell, in order; it outlives a power cut. */
export class Outbox {
  readonly #facts: Fact[] = [];
  readonly #told: Fact[] = [];
  readonly #toldMost = 12;

  get length(): number {
    return this.#facts.length;
  }

  get first(): Fact | undefined {
    return this.#facts[0];
  }

  push(fact: Fact): void {
    this.#facts.push(fact);
  }

  /** It was acknowledged. */
  done(fact: Fact): void {
    const at = this.#facts.indexOf(fact);
    if (at < 0) return;
    this.#facts.splice(at, 1);
    this.#told.push(fact);
    if (this.#told.length > this.#toldMost) this.#told.shift();
  }

  /** The memory of the last acknowledgements is lost: all of that is told again. */
  forget(count: number): number {
    const again = this.#told.splice(Math.max(0, this.#told.length - count));
    this.#facts.unshift(...again);
    return again.length;
  }
}
