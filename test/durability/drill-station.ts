import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { stationIdOf, uidOf } from "../../bench/fleet.ts";

/** Something that a station said and was answered: it must be in the log, once. */
export interface ToldFact {
  readonly kind: "start" | "meter" | "stop";
  readonly stationId: string;
  /** The transaction's number, as the CSMS gave it. */
  readonly transactionNumber: number;
  /** Milliseconds since 1970, by the station's clock; never twice the same for one station. */
  readonly at: number;
  readonly registerWh: number;
  /** How often it was said before it was answered. */
  readonly attempts: number;
}

interface Waiting {
  readonly ids: Set<string>;
  readonly answered: (payload: Answer) => void;
  readonly failed: (problem: "closed" | "late") => void;
}

interface Answer {
  readonly transactionId?: number;
  readonly status?: string;
  readonly idTagInfo?: { readonly status: string };
}

const reconnectMs = 25;
const metersPerSession = 3;

/**
 * A station that loses nothing: what was not answered is said again, on the next socket, until it
 * is. Every other fact is said again under its first message id, the others under a new one.
 */
export class DrillStation {
  readonly stationId: string;
  /** All that was acknowledged, in order. */
  readonly told: ToldFact[] = [];
  /** What must not happen: CALLERRORs, refused tokens, answers without a number. */
  readonly problems: string[] = [];
  readonly #options: {
    readonly stationUrl: string;
    readonly uid: string;
    readonly answerWithinMs: number;
  };
  #socket: WebSocket | undefined;
  #waiting: Waiting | undefined;
  #clock = 0;
  #registerWh = 1_000;
  #facts = 0;
  #stopping = false;
  #abandoned = false;

  constructor(options: {
    readonly stationId: string;
    readonly uid: string;
    readonly stationUrl: string;
    /** After so long, a call counts as not answered. */
    readonly answerWithinMs: number;
  }) {
    this.stationId = options.stationId;
    this.#options = options;
  }

  /** One session after the other, until `finish()`; the last one is brought to its end. */
  async run(): Promise<void> {
    await this.#say("BootNotification", { chargePointVendor: "Drill", chargePointModel: "Kill" });
    while (!this.#stopping) await this.#session();
    this.#socket?.terminate();
  }

  /** Ends with the session that runs. */
  finish(): void {
    this.#stopping = true;
  }

  /** Gives up, whatever is open: after a failure. */
  abandon(): void {
    this.#stopping = true;
    this.#abandoned = true;
    this.#socket?.terminate();
  }

  async #session(): Promise<void> {
    const { uid } = this.#options;
    const number = await this.#fact("start", undefined, (timestamp, meterStart) => [
      "StartTransaction",
      { connectorId: 1, idTag: uid, meterStart, timestamp },
    ]);
    for (let sample = 0; sample < metersPerSession; sample += 1) {
      this.#registerWh += 1 + Math.floor(Math.random() * 500);
      await this.#fact("meter", number, (timestamp, register) => [
        "MeterValues",
        {
          connectorId: 1,
          transactionId: number,
          meterValue: [{ timestamp, sampledValue: [{ value: String(register), unit: "Wh" }] }],
        },
      ]);
    }
    this.#registerWh += 7;
    await this.#fact("stop", number, (timestamp, meterStop) => [
      "StopTransaction",
      { transactionId: number, idTag: uid, meterStop, timestamp, reason: "Local" },
    ]);
  }

  async #fact(
    kind: ToldFact["kind"],
    number: number | undefined,
    call: (timestamp: string, registerWh: number) => readonly [action: string, payload: object],
  ): Promise<number> {
    this.#clock = Math.max(Date.now(), this.#clock + 1);
    const at = this.#clock;
    const registerWh = this.#registerWh;
    const { answer, attempts } = await this.#say(...call(new Date(at).toISOString(), registerWh));
    const transactionNumber = number ?? answer.transactionId;
    if (transactionNumber === undefined) throw new Error(`${this.stationId}: no number was given`);
    const { stationId } = this;
    this.told.push({ kind, stationId, transactionNumber, at, registerWh, attempts });
    return transactionNumber;
  }

  async #say(action: string, payload: object): Promise<{ answer: Answer; attempts: number }> {
    this.#facts += 1;
    const sameId = this.#facts % 2 === 0;
    const ids = new Set<string>();
    let id = randomUUID();
    for (let attempts = 1; ; attempts += 1) {
      const socket = await this.#connected();
      if (!sameId) id = randomUUID();
      ids.add(id);
      const answer = await this.#ask(socket, ids, JSON.stringify([2, id, action, payload]));
      if (answer === undefined) continue;
      const status = answer.idTagInfo?.status ?? answer.status ?? "Accepted";
      if (status !== "Accepted") this.problems.push(`${this.stationId}: ${action} ${status}`);
      return { answer, attempts };
    }
  }

  /** Undefined when the socket closed, or nothing came in time. */
  async #ask(socket: WebSocket, ids: Set<string>, text: string): Promise<Answer | undefined> {
    let late: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Answer>((answered, reject) => {
        const failed = (problem: string) => reject(new Unanswered(problem));
        this.#waiting = { ids, answered, failed };
        late = setTimeout(() => failed("late"), this.#options.answerWithinMs);
        if (socket.readyState !== WebSocket.OPEN) failed("closed");
        else socket.send(text);
      });
    } catch (error) {
      if (error instanceof Unanswered) return undefined;
      throw error;
    } finally {
      clearTimeout(late);
      this.#waiting = undefined;
    }
  }

  async #connected(): Promise<WebSocket> {
    while (this.#socket?.readyState !== WebSocket.OPEN) {
      if (this.#abandoned) throw new Error(`${this.stationId} was given up`);
      if (!(await this.#connect())) await wait(reconnectMs);
    }
    return this.#socket;
  }

  #connect(): Promise<boolean> {
    const socket = new WebSocket(`${this.#options.stationUrl}/${this.stationId}`, "ocpp1.6", {
      perMessageDeflate: false,
      handshakeTimeout: this.#options.answerWithinMs,
    });
    this.#socket = socket;
    socket.on("message", (frame) => this.#receive(String(frame)));
    socket.on("close", () => {
      if (this.#socket === socket) this.#waiting?.failed("closed");
    });
    return new Promise((resolve) => {
      socket.once("open", () => resolve(true));
      // The server is down as often as not: it is tried again.
      socket.on("error", () => resolve(false));
    });
  }

  #receive(text: string): void {
    const [type, id, first, second] = JSON.parse(text) as [number, string, unknown, unknown];
    if (type === 4) this.problems.push(`${this.stationId}: CALLERROR ${first} ${second}`);
    // An answer that comes after its deadline, to an earlier id, is an answer all the same.
    if (type === 3 && this.#waiting?.ids.has(id)) this.#waiting.answered(first as Answer);
  }
}

/** Stations of a prepared fleet, each with its token. */
export function stationsOf(options: {
  readonly count: number;
  readonly stationUrl: string;
  readonly answerWithinMs: number;
}): DrillStation[] {
  const { count, ...rest } = options;
  return Array.from(
    { length: count },
    (_none, at) => new DrillStation({ ...rest, stationId: stationIdOf(at), uid: uidOf(at) }),
  );
}

class Unanswered extends Error {
  override readonly name = "Unanswered";
}
