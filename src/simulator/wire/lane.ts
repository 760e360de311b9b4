import type { Dice } from "../dice.ts";
import { limits } from "../limits.ts";
import type { Faults } from "../station/faults.ts";
import type { Tally } from "../tally.ts";
import type { Time, Timer } from "../time.ts";
import { callText, type Frame, type Payload } from "./frames.ts";
import { schemaProblem } from "./schemas.ts";

/** How a call ended. `lost`: the socket went before the answer came. */
export type Answer =
  | { readonly kind: "result"; readonly payload: Payload }
  | { readonly kind: "error"; readonly code: string; readonly description: string }
  | { readonly kind: "timeout" }
  | { readonly kind: "lost" };

interface Call {
  readonly action: string;
  readonly payload: Payload;
  settle(answer: Answer): void;
  /** Set when this call repeats one that was answered so. */
  readonly repeats?: Payload;
}

interface Outstanding extends Call {
  readonly id: string;
  readonly sentAt: number;
  readonly timer: Timer;
}

/** What a lane needs. */
export interface LaneParts {
  readonly stationId: string;
  readonly time: Time;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly tally: Tally;
  /** False if there is no socket. */
  send(text: string): boolean;
  drop(): void;
}

/** A station's calls to the CSMS: one in flight, the others wait for their turn. */
export class Lane {
  readonly #parts: LaneParts;
  readonly #waiting: Call[] = [];
  readonly #forgiven: string[] = [];
  #outstanding: Outstanding | undefined;
  #count = 0;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  call(action: string, payload: Payload): Promise<Answer> {
    if (this.#waiting.length >= limits.callQueueMax) {
      return Promise.resolve({ kind: "lost" });
    }
    return new Promise((settle) => {
      this.#waiting.push({ action, payload, settle });
      this.#next();
    });
  }

  get idle(): boolean {
    return this.#outstanding === undefined && this.#waiting.length === 0;
  }

  /** An answer came. */
  receive(frame: Extract<Frame, { kind: "result" | "error" }>): void {
    const { time, tally, stationId } = this.#parts;
    const call = this.#outstanding;
    if (call === undefined || call.id !== frame.id) {
      if (this.#forgiven.includes(frame.id)) return;
      tally.problem("violations", `${stationId}: an answer to no call: ${frame.id}`);
      return;
    }
    this.#finish(call);
    tally.answeredAfter(time.now() - call.sentAt);
    if (frame.kind === "error") {
      const { code, description } = frame;
      tally.problem("callErrors", `${stationId}: ${call.action}: ${code} ${description}`);
      call.settle({ kind: "error", code, description });
    } else {
      this.#judge(call, frame.payload);
      call.settle({ kind: "result", payload: frame.payload });
    }
    this.#next();
  }

  /** The socket is gone, and with it all that was not answered. */
  clear(): void {
    const call = this.#outstanding;
    if (call !== undefined) {
      this.#finish(call);
      call.settle({ kind: "lost" });
    }
    for (const waiting of this.#waiting.splice(0)) waiting.settle({ kind: "lost" });
  }

  #finish(call: Outstanding): void {
    call.timer.cancel();
    this.#outstanding = undefined;
  }

  #judge(call: Call, payload: Payload): void {
    const { tally, stationId, faults } = this.#parts;
    const problem = schemaProblem(call.action, "conf", payload);
    if (problem) tally.problem("violations", `${stationId}: ${problem}`);
    if (call.repeats) {
      if (call.repeats.transactionId === payload.transactionId) return;
      const sentence = `${stationId}: a repeated ${call.action} got another transactionId`;
      tally.problem("violations", sentence);
    } else if (faults.strikes("repeatNewId")) {
      this.#waiting.unshift({ ...call, settle: () => {}, repeats: payload });
    }
  }

  #next(): void {
    if (this.#outstanding !== undefined) return;
    const overtaken = this.#waiting.length > 1 && this.#parts.faults.strikes("outOfOrder");
    const [call] = this.#waiting.splice(overtaken ? 1 : 0, 1);
    if (call !== undefined) this.#send(call);
  }

  #send(call: Call): void {
    const { time, dice, faults, tally, send, drop } = this.#parts;
    this.#count += 1;
    const id = `${dice.word()}-${this.#count}`;
    const text = callText(id, call.action, call.payload);
    const timer = time.after(limits.callTimeoutMs, () => this.#expire(id));
    this.#outstanding = { ...call, id, sentAt: time.now(), timer };
    if (!send(text)) {
      this.clear();
      return;
    }
    tally.add("calls");
    if (faults.strikes("repeat")) {
      this.#forgive(id);
      send(text);
    }
    if (faults.strikes("drop")) drop();
  }

  #expire(id: string): void {
    const call = this.#outstanding;
    if (call?.id !== id) return;
    const { tally, stationId } = this.#parts;
    this.#finish(call);
    this.#forgive(id);
    tally.problem("timeouts", `${stationId}: ${call.action} was not answered in time`);
    call.settle({ kind: "timeout" });
    this.#next();
  }

  #forgive(id: string): void {
    this.#forgiven.push(id);
    if (this.#forgiven.length > limits.forgivenIdsMax) this.#forgiven.shift();
  }
}
