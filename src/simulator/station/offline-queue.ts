import { limits } from "../limits.ts";
import type { Tally } from "../tally.ts";
import type { Time, Timer } from "../time.ts";
import type { Payload } from "../wire/frames.ts";
import type { Answer } from "../wire/lane.ts";
import type { Faults } from "./faults.ts";

/** A message about a transaction. It survives the loss of the socket and is sent in its turn. */
export interface TransactionMessage {
  readonly action: "StartTransaction" | "MeterValues" | "StopTransaction";
  /** Written when it is sent: only then is the transaction's number known. */
  payload(): Payload;
  answered?(payload: Payload): void;
  /** It was given up. */
  failed?(): void;
}

/** What the queue needs of its station. */
export interface OfflineQueueParts {
  readonly stationId: string;
  readonly time: Time;
  readonly faults: Faults;
  readonly tally: Tally;
  online(): boolean;
  call(action: string, payload: Payload): Promise<Answer>;
  retries(): { readonly attempts: number; readonly intervalMs: number };
  readonly lateMs: number;
}

/** The transaction messages of a station, delivered one by one and in order (OCPP 1.6 §3.7). */
export class OfflineQueue {
  readonly #parts: OfflineQueueParts;
  readonly #messages: TransactionMessage[] = [];
  #attempts = 0;
  #sending = false;
  #pause: Timer | undefined;

  constructor(parts: OfflineQueueParts) {
    this.#parts = parts;
  }

  get length(): number {
    return this.#messages.length;
  }

  push(message: TransactionMessage): void {
    if (this.#messages.length >= limits.offlineQueueMax) this.#makeRoom();
    this.#messages.push(message);
    if (this.#parts.faults.strikes("late")) this.#rest(this.#parts.lateMs);
    this.pump();
  }

  /** Sends what can be sent now. */
  pump(): void {
    if (this.#sending || this.#pause !== undefined || !this.#parts.online()) return;
    this.#swapByFault();
    const message = this.#messages[0];
    if (message === undefined) return;
    this.#sending = true;
    void this.#deliver(message);
  }

  async #deliver(message: TransactionMessage): Promise<void> {
    const answer = await this.#parts.call(message.action, message.payload());
    this.#sending = false;
    // Room may have been made meanwhile.
    const isStillFirst = this.#messages[0] === message;
    if (answer.kind === "result") {
      if (isStillFirst) this.#removeFirst();
      message.answered?.(answer.payload);
    } else if (answer.kind !== "lost" && isStillFirst) {
      this.#retryLater(message);
    }
    this.pump();
  }

  #retryLater(message: TransactionMessage): void {
    this.#attempts += 1;
    const { attempts, intervalMs } = this.#parts.retries();
    if (this.#attempts < attempts) {
      this.#rest(intervalMs * this.#attempts);
      return;
    }
    this.#removeFirst();
    const { tally, stationId } = this.#parts;
    const sentence = `${stationId}: gave up ${message.action} after ${attempts} attempts`;
    tally.problem("dropped", sentence);
    message.failed?.();
  }

  #removeFirst(): void {
    this.#messages.shift();
    this.#attempts = 0;
  }

  #rest(milliseconds: number): void {
    this.#pause?.cancel();
    this.#pause = this.#parts.time.after(milliseconds, () => {
      this.#pause = undefined;
      this.pump();
    });
  }

  /** Meter values may be given up when memory is full; a start or a stop may not (§3.7.1). */
  #makeRoom(): void {
    const at = this.#messages.findIndex(({ action }) => action === "MeterValues");
    const [given] = this.#messages.splice(Math.max(0, at), 1);
    given?.failed?.();
    this.#parts.tally.problem("dropped", `${this.#parts.stationId}: the offline queue is full`);
  }

  #swapByFault(): void {
    const [first, second] = this.#messages;
    if (!first || !second || this.#attempts > 0) return;
    // Without the start's answer nobody could say which transaction the next message is about.
    if (first.action === "StartTransaction" || second.action === "StartTransaction") return;
    if (this.#parts.faults.strikes("outOfOrder")) this.#messages.splice(0, 2, second, first);
  }
}
