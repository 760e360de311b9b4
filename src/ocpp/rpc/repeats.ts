import { hash } from "node:crypto";
import type { MessageId } from "./frame.ts";

/** Longer calls are remembered by their hash. */
const wholeTextMax = 1024;

interface Answered {
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
  /** By message id, the oldest first. */
  readonly #answered = new Map<MessageId, Answered>();
  readonly #limits: { readonly repeatedCallsMax: number; readonly repeatedCallMs: number };

  constructor(limits: { readonly repeatedCallsMax: number; readonly repeatedCallMs: number }) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#answered.size;
  }

  /** The answer, if this very call was answered; `reused` if its id had another content. */
  find(id: MessageId, text: string, nowMs: number): { answer: string } | "reused" | undefined {
    const known = this.#answered.get(id);
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
    this.#answered.delete(id);
    this.#answered.set(id, { call: remembered(text), answer, atMs });
    if (this.#answered.size <= this.#limits.repeatedCallsMax) return;
    for (const oldest of this.#answered.keys()) {
      this.#answered.delete(oldest);
      return;
    }
  }
}

function remembered(text: string): string {
  return text.length > wholeTextMax ? hash("sha256", text) : text;
}
