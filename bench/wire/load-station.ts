import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { WebSocket } from "ws";
import { type CallKind, callOf } from "../calls.ts";
import type { Outcome } from "../tally.ts";

/** One finished call. */
export interface FinishedCall {
  readonly station: LoadStation;
  readonly kind: CallKind;
  readonly outcome: Outcome;
  readonly ms: number;
  readonly detail: string;
}

interface PendingCall {
  readonly id: string;
  readonly kind: CallKind;
  /** When it was due: a call that had to wait for the one before it counts from then. */
  readonly since: number;
  /** When it was written: late is late, but who was asked late has its whole time to answer. */
  readonly sentAt: number;
  readonly done: (outcome: Outcome) => void;
}

/** A station of the load: a socket, a meter, one outstanding call. */
export class LoadStation {
  readonly stationId: string;
  readonly uid: string;
  energyWh = 1000;
  transactionId: number | undefined;
  readonly #finished: (call: FinishedCall) => void;
  #socket: WebSocket | undefined;
  #pending: PendingCall | undefined;

  constructor(options: {
    readonly stationId: string;
    readonly uid: string;
    readonly finished: (call: FinishedCall) => void;
  }) {
    this.stationId = options.stationId;
    this.uid = options.uid;
    this.#finished = options.finished;
  }

  get open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  connect(url: string, timeoutMs: number): Promise<void> {
    const socket = new WebSocket(`${url}/${this.stationId}`, "ocpp1.6", {
      perMessageDeflate: false,
      handshakeTimeout: timeoutMs,
    });
    this.#socket = socket;
    socket.on("message", (frame) => this.#receive(String(frame)));
    socket.on("close", (code, reason) => this.#settle("closed", `${code} ${reason}`));
    return new Promise((resolve, reject) => {
      socket.once("open", resolve);
      // After the opening, the close that follows an error tells all.
      socket.on("error", reject);
    });
  }

  /** Sends a call; resolves with what became of it. */
  call(kind: CallKind, dueAt?: number): Promise<Outcome> {
    const id = randomUUID();
    const sentAt = performance.now();
    const since = dueAt ?? sentAt;
    return new Promise((done) => {
      this.#pending = { id, kind, since, sentAt, done };
      if (!this.open) return this.#settle("closed", "not connected");
      const [action, payload] = callOf(kind, this);
      this.#socket?.send(JSON.stringify([2, id, action, payload]));
    });
  }

  /** Gives up a call that was sent too long ago. */
  expire(now: number, timeoutMs: number): void {
    if (this.#pending && now - this.#pending.sentAt > timeoutMs) this.#settle("timeout", "");
  }

  terminate(): void {
    this.#socket?.terminate();
  }

  #receive(text: string): void {
    const [type, id, first, second] = JSON.parse(text) as [number, string, unknown, unknown];
    if (type === 2) {
      this.#socket?.send(JSON.stringify([4, id, "NotImplemented", "", {}]));
      return;
    }
    if (this.#pending?.id !== id) return;
    if (type === 4) {
      this.#settle("callError", `${first} ${second}`);
      return;
    }
    const answer = first as {
      status?: string;
      idTagInfo?: { status: string };
      transactionId?: number;
    };
    if (answer.transactionId !== undefined) this.transactionId = answer.transactionId;
    const status = answer.idTagInfo?.status ?? answer.status ?? "Accepted";
    this.#settle(status === "Accepted" ? "ok" : "rejected", status);
  }

  #settle(outcome: Outcome, detail: string): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    const ms = performance.now() - pending.since;
    this.#finished({ station: this, kind: pending.kind, outcome, ms, detail });
    pending.done(outcome);
  }
}
