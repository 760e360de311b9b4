import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";

interface Waiting {
  readonly ids: Set<string>;
  readonly answered: (payload: Answer) => void;
  readonly failed: (problem: "closed" | "late") => void;
}

/** What stations are answered, as far as a drill looks at it. */
export interface Answer {
  readonly transactionId?: number;
  readonly status?: string;
  readonly idTagInfo?: { readonly status: string };
}

export interface LineOptions {
  readonly stationId: string;
  /** Where it may connect: one of them at a time. They may be others later. */
  readonly stationUrls: readonly string[];
  /** Which of them is the first. */
  readonly turn?: number;
  /** After so long, a call counts as not answered. */
  readonly answerWithinMs: number;
  /** Who is not answered in time hangs up, and connects again. */
  readonly hangUpWhenLate?: boolean;
  /** How long it waits on the average before it knocks again. */
  readonly reconnectMs?: number;
}

const listenMs = 25;

/**
 * A station's wire that loses nothing: what was not answered is said again, on the next socket,
 * until it is. Every other call is said again under its first message id, the others under a new
 * one. What it is asked it answers once.
 */
export class DrillLine {
  /** What must not happen: CALLERRORs, refused tokens. */
  readonly problems: string[] = [];
  /** How often each data transfer came in, by its data. */
  readonly heard = new Map<string, number>();
  /** How often each action was said, answered or not. */
  readonly said = new Map<string, number>();
  /** How many calls had to be said more than once. */
  resent = 0;
  /** The moment of each connection, by `performance.now()`. */
  readonly opened: number[] = [];
  /** The moment of the end of each. */
  readonly closed: number[] = [];
  /** How each ended: its code, with the reason. */
  readonly ends: string[] = [];
  readonly #options: LineOptions;
  #socket: WebSocket | undefined;
  #url: string | undefined;
  #waiting: Waiting | undefined;
  #calls = 0;
  #closed = false;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Where it is connected now. */
  get url(): string | undefined {
    return this.#socket?.readyState === WebSocket.OPEN ? this.#url : undefined;
  }

  close(): void {
    this.#closed = true;
    this.#socket?.terminate();
  }

  /** Says it until it is answered. */
  async say(action: string, payload: object): Promise<{ answer: Answer; attempts: number }> {
    this.#calls += 1;
    const sameId = this.#calls % 2 === 0;
    const ids = new Set<string>();
    let id = randomUUID();
    for (let attempts = 1; ; attempts += 1) {
      const socket = await this.#connected();
      if (!sameId) id = randomUUID();
      if (attempts === 2) this.resent += 1;
      ids.add(id);
      this.said.set(action, (this.said.get(action) ?? 0) + 1);
      const answer = await this.#ask(socket, ids, JSON.stringify([2, id, action, payload]));
      if (answer === undefined) {
        if (this.#options.hangUpWhenLate) socket.terminate();
        continue;
      }
      const status = answer.idTagInfo?.status ?? answer.status ?? "Accepted";
      if (status !== "Accepted") this.problems.push(`${this.#name}: ${action} ${status}`);
      return { answer, attempts };
    }
  }

  /** Comes back by itself while it has nothing to say: it may be asked something. */
  async listen(until: () => boolean): Promise<void> {
    while (!until()) {
      await this.#connected();
      await wait(listenMs);
    }
  }

  get #name(): string {
    return this.#options.stationId;
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
      if (this.#closed) throw new Error(`${this.#name} was given up`);
      if (!(await this.#connect())) await wait(this.#pauseMs());
    }
    return this.#socket;
  }

  /** Between half and one and a half of what was said, or all would knock in step. */
  #pauseMs(): number {
    return (this.#options.reconnectMs ?? listenMs) * (0.5 + Math.random());
  }

  /** The first address by its turn, later ones by chance: another one, where there is one. */
  #nextUrl(): string {
    const { stationUrls, turn = 0 } = this.#options;
    const others = stationUrls.filter((url) => url !== this.#url);
    const choice = others.length === 0 ? stationUrls : others;
    const at = this.#url === undefined ? turn : Math.floor(Math.random() * choice.length);
    const url = choice[at % choice.length];
    if (url === undefined) throw new Error(`${this.#name} has nowhere to connect`);
    return url;
  }

  #connect(): Promise<boolean> {
    this.#url = this.#nextUrl();
    const socket = new WebSocket(`${this.#url}/${this.#name}`, "ocpp1.6", {
      perMessageDeflate: false,
      handshakeTimeout: this.#options.answerWithinMs,
    });
    this.#socket = socket;
    socket.on("message", (frame) => this.#receive(socket, String(frame)));
    socket.on("close", (code, reason) => {
      if (this.opened.length > this.closed.length) {
        this.closed.push(performance.now());
        this.ends.push(`${code} ${reason}`.trim());
      }
      if (this.#socket === socket) this.#waiting?.failed("closed");
    });
    return new Promise((resolve) => {
      socket.once("open", () => {
        this.opened.push(performance.now());
        resolve(true);
      });
      // The server is down as often as not: it is tried again.
      socket.on("error", () => resolve(false));
    });
  }

  #receive(socket: WebSocket, text: string): void {
    const [type, id, first, second] = JSON.parse(text) as [number, string, unknown, unknown];
    if (type === 2) socket.send(this.#answerTo(id, String(first), second));
    if (type === 4) this.problems.push(`${this.#name}: CALLERROR ${first} ${second}`);
    // An answer that comes after its deadline, to an earlier id, is an answer all the same.
    if (type === 3 && this.#waiting?.ids.has(id)) this.#waiting.answered(first as Answer);
  }

  #answerTo(id: string, action: string, payload: unknown): string {
    const { data } = payload as { readonly data?: string };
    if (action !== "DataTransfer" || data === undefined) {
      return JSON.stringify([4, id, "NotImplemented", "", {}]);
    }
    this.heard.set(data, (this.heard.get(data) ?? 0) + 1);
    return JSON.stringify([3, id, { status: "Accepted" }]);
  }
}

class Unanswered extends Error {
  override readonly name = "Unanswered";
}
