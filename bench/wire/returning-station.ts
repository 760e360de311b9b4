// A station that comes back after its socket was cut, as real ones do: it knocks until it is let
// in, boots, and tells three statuses, one after the other.
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { callOf } from "../calls.ts";
import { stationIdOf } from "../fleet.ts";

/** Milliseconds and counts of everything that stations met. */
export interface ReturnRecord {
  readonly handshakes: number[];
  readonly answers: number[];
  /** From the moment when it first knocked to its last answer. */
  readonly served: number[];
  /** Refusals and breaks by what they were: `503`, `ECONNREFUSED`, `closed 1006`. */
  readonly setbacks: Map<string, number>;
  /** Seconds that refusals named in `Retry-After`. */
  readonly retryAfter: Map<number, number>;
  /** Seconds of `interval` in the answers to boots. */
  readonly intervals: Map<number, number>;
  /** Moments, by `performance.now()`, at which stations had been served. */
  readonly servedAt: number[];
}

/** An empty record. */
export const newRecord = (): ReturnRecord => ({
  handshakes: [],
  answers: [],
  served: [],
  setbacks: new Map(),
  retryAfter: new Map(),
  intervals: new Map(),
  servedAt: [],
});

const handshakeTimeoutMs = 30_000;
const answerTimeoutMs = 60_000;
/** Firmware waits so before it knocks again, unless it is told a time. */
const retryMs = { least: 1_000, most: 5_000 };
/** One address has some 28,000 ports; the kernel gives back used ones late. */
const addresses = 16;

/** One more of something. */
export function count<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

export class ReturningStation {
  readonly #at: number;
  #socket: WebSocket | undefined;
  #waiting: ((text: string | undefined) => void) | undefined;
  #calls = 0;

  constructor(at: number) {
    this.#at = at;
  }

  get open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  terminate(): void {
    this.#socket?.terminate();
  }

  /** Comes back and is served; false if that did not happen before the deadline. */
  async comeBack(url: string, record: ReturnRecord, deadlineMs: number): Promise<boolean> {
    const start = performance.now();
    while (performance.now() < deadlineMs) {
      const retryAfterSeconds = await this.#attempt(url, record);
      if (retryAfterSeconds === "served") {
        record.served.push(performance.now() - start);
        record.servedAt.push(performance.now());
        return true;
      }
      this.terminate();
      const { least, most } = retryMs;
      const ownMs = least + Math.random() * (most - least);
      await wait(retryAfterSeconds === undefined ? ownMs : retryAfterSeconds * 1000);
    }
    return false;
  }

  async #attempt(url: string, record: ReturnRecord): Promise<"served" | number | undefined> {
    const start = performance.now();
    const refused = await this.#connect(url);
    if (refused !== undefined) {
      count(record.setbacks, refused.what);
      if (refused.retryAfter !== undefined) count(record.retryAfter, refused.retryAfter);
      return refused.retryAfter;
    }
    record.handshakes.push(performance.now() - start);
    const speaker = { stationId: stationIdOf(this.#at), uid: "", energyWh: 0, transactionId: 0 };
    for (const kind of ["boot", "status", "status", "status"] as const) {
      const sent = performance.now();
      const answer = await this.#call(callOf(kind, speaker));
      if (answer === undefined) {
        count(record.setbacks, `no answer to ${kind}`);
        return undefined;
      }
      record.answers.push(performance.now() - sent);
      const [type, , payload] = JSON.parse(answer) as [number, string, { interval?: number }];
      if (type !== 3) {
        count(record.setbacks, `${kind}: ${answer.slice(0, 80)}`);
        return undefined;
      }
      if (kind === "boot") count(record.intervals, payload.interval ?? Number.NaN);
    }
    return "served";
  }

  #connect(url: string): Promise<{ what: string; retryAfter?: number | undefined } | undefined> {
    const socket = new WebSocket(`${url}/${stationIdOf(this.#at)}`, "ocpp1.6", {
      perMessageDeflate: false,
      handshakeTimeout: handshakeTimeoutMs,
      localAddress: `127.0.0.${2 + (this.#at % addresses)}`,
    });
    this.#socket = socket;
    socket.on("message", (data) => this.#settle(String(data)));
    socket.on("close", () => this.#settle(undefined));
    return new Promise((resolve) => {
      socket.once("open", () => resolve(undefined));
      socket.once("unexpected-response", (_request, response) => {
        const after = Number(response.headers["retry-after"]);
        response.destroy();
        const retryAfter = Number.isFinite(after) ? after : undefined;
        resolve({ what: String(response.statusCode), retryAfter });
      });
      socket.on("error", (error: NodeJS.ErrnoException) => {
        resolve({ what: error.code ?? error.message });
      });
    });
  }

  #settle(text: string | undefined): void {
    // A request of the server's own needs no answer here.
    if (text?.startsWith("[2")) return;
    this.#waiting?.(text);
    this.#waiting = undefined;
  }

  #call([action, payload]: readonly [string, object]): Promise<string | undefined> {
    return new Promise((resolve) => {
      if (!this.open) return resolve(undefined);
      const late = setTimeout(() => this.#settle(undefined), answerTimeoutMs);
      this.#waiting = (text) => {
        clearTimeout(late);
        resolve(text);
      };
      this.#calls += 1;
      this.#socket?.send(JSON.stringify([2, String(this.#calls), action, payload]));
    });
  }
}
