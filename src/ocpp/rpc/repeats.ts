import { hash } from "node:crypto";
import type { MessageId } from "./frame.ts";

/** Longer calls are remembered by their hash. */
const wholeTextMax = 1024;

interface Answered {
  readonly id: MessageId;
  /** Its text, or the hash of it. */
  readonly call: string;
  readonly answer: string;
  readonly atMs: number;
}

/**
 * The last calls of one connection and their answers: a call that comes again, frame for frame,
 * gets the same answer and has no second effect. Some stations use one message id for ever, so an
 * answer counts only against the newest call of its id, and not for long.
 */
export class Repeats {
  /** A ring: the next place is that of the oldest. */
  readonly #answered: (Answered | undefined)[] = [];
  readonly #limits: { readonly repeatedCallsMax: number; readonly repeatedCallMs: number };
  #next = 0;

  constructor(limits: { readonly repeatedCallsMax: number; readonly repeatedCallMs: number }) {
    this.#limits = limits;
  }

  /** The answer, if this very call was answered; `reused` if its id had another content. */
  find(id: MessageId, text: string, nowMs: number): { answer: string } | "reused" | undefined {
    const known = this.#answered[this.#placeOf(id)];
    if (known === undefined) return undefined;
    if (known.call !== remembered(text)) return "reused";
    return nowMs - known.atMs <= this.#limits.repeatedCallMs ? known : undefined;
  }

  keep(given: {
    readonly id: MessageId;
    readonly text: string;
    readonly answer: string;
    readonly atMs: number;
  }): void {
    const { id, text, answer, atMs } = given;
    const before = this.#placeOf(id);
    if (before >= 0) this.#answered[before] = undefined;
    this.#answered[this.#next] = { id, call: remembered(text), answer, atMs };
    this.#next = (this.#next + 1) % Math.max(1, this.#limits.repeatedCallsMax);
  }

  /** A plain loop: every call of a station comes through here. */
  #placeOf(id: MessageId): number {
    for (let at = 0; at < this.#answered.length; at += 1) {
      if (this.#answered[at]?.id === id) return at;
    }
    return -1;
  }
}

function remembered(text: string): string {
  return text.length > wholeTextMax ? hash("sha256", text) : text;
}
