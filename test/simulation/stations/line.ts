// A station's side of its connection: one call of its own in flight, and the answers to Motown's.
import type { ClientEvents, Link } from "../world/link.ts";
import type { Call, Fact, Payload } from "./speaker.ts";
import type { VirtualStation } from "./station.ts";

/** What becomes of a call. */
export interface Waiter {
  /** The fact that it tells, if any. */
  readonly fact?: Fact | undefined;
  readonly result: (payload: Payload) => void;
  readonly error: (code: string) => void;
  /** No answer: in time, or ever. */
  readonly nothing: () => void;
}

interface Queued {
  readonly call: Call;
  readonly waiter: Waiter;
}

interface Flight extends Queued {
  readonly id: string;
}

interface LineParts {
  readonly answerMs: number;
  readonly opened: () => void;
  readonly closed: () => void;
  readonly called: (call: Call) => void;
  readonly telling: (messageId: string, fact: Fact) => void;
}

const queueMax = 100;
const rubbish = [
  "hello",
  "[]",
  "{}",
  "[2]",
  '[2,"x"]',
  '[9,"x",{}]',
  '[3,"nobody-asked",{}]',
  '[4,"nobody-asked","GenericError","",{}]',
  '[2,"cut","StatusNotifica',
  "",
  '[2,"null-payload","Heartbeat",null]',
  "\u0000\u0001",
] as const;

export class Line {
  link: Link | undefined;
  readonly #station: VirtualStation;
  readonly #parts: LineParts;
  readonly #waiting: Queued[] = [];
  #flight: Flight | undefined;
  /** Message ids by what they were last used for. */
  readonly #idOfFact = new WeakMap<Fact, string>();

  constructor(station: VirtualStation, parts: LineParts) {
    this.#station = station;
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.link?.isOpen === true;
  }

  /** It is open, or will be. */
  get isThere(): boolean {
    return this.link !== undefined;
  }

  open(connect: (events: ClientEvents) => Link): void {
    const own: { link?: Link } = {};
    const isMine = () => own.link !== undefined && own.link === this.link;
    const link = connect({
      opened: () => {
        if (isMine()) this.#parts.opened();
      },
      message: (text) => {
        if (isMine()) this.#take(link, text);
      },
      closed: () => {
        if (!isMine()) return;
        this.link = undefined;
        this.#clear();
        this.#parts.closed();
      },
    });
    own.link = link;
    this.link = link;
    // Nobody answers: some network in between has swallowed it.
    this.#station.later(20_000, () => {
      if (isMine() && !link.isOpen) link.reset("no answer to the handshake");
    });
  }

  /** Leaves the connection: the node is told, or is not, or the connection just stays. */
  drop(how: "quietly" | "loudly" | "besides"): void {
    const { link } = this;
    this.link = undefined;
    this.#clear();
    if (link === undefined || how === "besides") return;
    if (how === "quietly") link.abandon();
    else link.reset("dropped by the station");
  }

  call(call: Call, waiter: Waiter): void {
    if (this.#waiting.length >= queueMax) {
      waiter.nothing();
      return;
    }
    this.#waiting.push({ call, waiter });
    this.#next();
  }

  /** Sends a call without waiting for the one before, nor for its answer. */
  blurt({ action, payload }: Call): void {
    const { dice } = this.#station;
    this.link?.send(JSON.stringify([2, `b-${dice.word()}`, action, payload]));
  }

  /** Sends what is no call at all, or one that nobody understands. */
  babble(): void {
    const { dice, struck, speaker } = this.#station;
    if (!this.isOpen) return;
    struck("nonsense sent");
    if (dice.strikes(0.5)) this.blurt(speaker.nonsense(dice));
    else if (dice.strikes(0.05)) this.link?.sendBinary(Buffer.from("binary"));
    else this.link?.send(dice.pick(rubbish));
  }

  #next(): void {
    if (this.#flight !== undefined || !this.isOpen) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const { action, payload } = next.call;
    const { fact } = next.waiter;
    const id = this.#idFor(fact);
    if (fact !== undefined) this.#parts.telling(id, fact);
    const flight = { ...next, id };
    this.#flight = flight;
    this.link?.send(JSON.stringify([2, id, action, payload]));
    this.#station.later(this.#parts.answerMs, () => {
      if (this.#flight !== flight) return;
      this.#flight = undefined;
      next.waiter.nothing();
      this.#suspect();
      this.#next();
    });
  }

  /** A connection on which nothing is answered may be dead: a new one is the remedy. */
  #suspect(): void {
    if (this.#station.dice.strikes(0.5)) this.#station.reconnect("loudly");
  }

  #idFor(fact: Fact | undefined): string {
    const { dice, temper } = this.#station;
    const before = fact && this.#idOfFact.get(fact);
    if (before !== undefined && dice.strikes(temper.sameId)) return before;
    const id = `${dice.word()}-${dice.word()}`;
    if (fact !== undefined) this.#idOfFact.set(fact, id);
    return id;
  }

  #take(link: Link, text: string): void {
    const frame = JSON.parse(text) as readonly unknown[];
    const [type, id, third, fourth] = frame;
    if (type === 2) {
      const call = { action: String(third), payload: fourth as Payload };
      this.#station.later(this.#station.dice.around(300), () => {
        if (this.link === link) this.#answer(String(id), call);
      });
      return;
    }
    const flight = this.#flight;
    // An answer to something else: the checks at the node's end know whether it may be.
    if (flight === undefined || flight.id !== id) return;
    this.#flight = undefined;
    if (type === 3) flight.waiter.result(third as Payload);
    else flight.waiter.error(String(third));
    this.#next();
  }

  #answer(id: string, call: Call): void {
    const { dice, temper, speaker, struck } = this.#station;
    if (dice.strikes(temper.ignores)) {
      struck("call not answered");
      return;
    }
    const accepts = !dice.strikes(temper.refuses);
    const payload = speaker.answer(call, { accepts, dice });
    const isError = payload === undefined || dice.strikes(temper.errs);
    const amiss = dice.strikes(temper.answersAmiss);
    const text = isError
      ? JSON.stringify([4, id, payload === undefined ? "NotImplemented" : "GenericError", "", {}])
      : JSON.stringify([3, id, amiss ? { status: 17 } : payload]);
    if (amiss) struck("wrong answer");
    const { link } = this;
    if (dice.strikes(temper.answersLate)) {
      struck("late answer");
      this.#station.later(dice.real(20_000, 90_000), () => this.link?.send(text));
    } else link?.send(text);
    if (dice.strikes(temper.answersTwice)) {
      struck("answered twice");
      link?.send(text);
    }
    if (accepts && !isError && !amiss) this.#parts.called(call);
  }

  #clear(): void {
    const flight = this.#flight;
    this.#flight = undefined;
    flight?.waiter.nothing();
    for (const { waiter } of this.#waiting.splice(0)) waiter.nothing();
  }
}
