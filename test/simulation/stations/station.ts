// A virtual station: real enough to be believed, and as nasty as the dice want it to be. What its
// meters gave is the truth.
import type { Violate } from "../checks/violations.ts";
import { type Dice, instantText } from "../world/dice.ts";
import type { Door, Network } from "../world/network.ts";
import type { Timeline } from "../world/timeline.ts";
import { Line } from "./line.ts";
import { Outbox } from "./outbox.ts";
import { Outlet } from "./outlet.ts";
import type { Call, Fact, Payload, Session, Speaker } from "./speaker.ts";
import { rest, type Temper } from "./temper.ts";

/** What a station is made of. */
export interface StationParts {
  readonly stationId: string;
  readonly speaker: Speaker;
  readonly evses: number;
  readonly plate: { readonly vendor: string; readonly model: string; readonly firmware: string };
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly network: Network;
  /** A node to connect to. */
  readonly door: () => Door;
  readonly temper: Temper;
  /** The end of a time in which everything is off. */
  readonly asleepUntil: () => number;
  /** It tells a fact with this message. */
  readonly telling: (stationId: string, messageId: string, fact: Fact) => void;
  readonly struck: (fault: string) => void;
  /** Something that no station should ever see. */
  readonly wrong: Violate;
}

/** Accepted from the beginning to the end: see `Operator.prepare`. */
const goodTokens = ["TOKEN-1", "TOKEN-2"];

const reconnectMs = 8_000;
const answerMs = 30_000;

export class VirtualStation {
  readonly stationId: string;
  readonly speaker: Speaker;
  readonly outlets: readonly Outlet[];
  readonly outbox = new Outbox();
  /** All sessions that ever began here. */
  readonly sessions: Session[] = [];
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly struck: (fault: string) => void;
  /** Changes for good weather: see `rest`. */
  temper: Temper;
  /** Accepted at some time: it may charge, even offline. */
  everAccepted = false;
  /** Said to be accepted since the power came on. */
  accepted = false;
  readonly #parts: StationParts;
  readonly #line: Line;
  #powered = false;
  /** Counts the times that power came on: what was planned before is forgotten. */
  #power = 0;
  #poweredAt = 0;
  #telling = false;
  #failures = 0;

  constructor(parts: StationParts) {
    this.#parts = parts;
    const { stationId, speaker, timeline, dice, temper, evses } = parts;
    this.stationId = stationId;
    this.speaker = speaker;
    this.timeline = timeline;
    this.dice = dice;
    this.struck = parts.struck;
    this.temper = temper;
    this.outlets = Array.from({ length: evses }, (_none, at) => new Outlet(this, at + 1));
    this.#line = new Line(this, {
      answerMs,
      telling: (messageId, fact) => parts.telling(stationId, messageId, fact),
      opened: () => this.#opened(),
      closed: () => this.#closed(),
      called: (call) => this.#obey(call),
    });
  }

  get powered(): boolean {
    return this.#powered;
  }

  get isOnline(): boolean {
    return this.#line.isOpen;
  }

  get line(): Line {
    return this.#line;
  }

  /** What its clock shows, as text. Without a clock it counts from 1970 since the power came on. */
  clockText(at = this.timeline.now): string {
    if (this.temper.clock === "none") return instantText(at - this.#poweredAt);
    return instantText(at + this.temper.skewMs);
  }

  /** Calls back after a while, unless the power goes off before. */
  later(delayMs: number, run: () => void): void {
    const power = this.#power;
    this.timeline.after(delayMs, () => {
      if (this.#power === power && this.#powered) run();
    });
  }

  powerOn(): void {
    if (this.#powered) return;
    const sleepMs = this.#parts.asleepUntil() - this.timeline.now;
    if (sleepMs > 0) {
      this.timeline.after(sleepMs + this.dice.around(120_000), () => this.powerOn());
      return;
    }
    this.#powered = true;
    this.#power += 1;
    this.#poweredAt = this.timeline.now;
    this.accepted = false;
    for (const outlet of this.outlets) outlet.powerOn();
    this.#connect();
    this.#muse();
  }

  /** Everything that is not in its flash is gone. */
  powerOff({ quietly }: { readonly quietly: boolean }): void {
    if (!this.#powered) return;
    for (const outlet of this.outlets) outlet.powerOff();
    this.#powered = false;
    this.#telling = false;
    this.#line.drop(quietly ? "quietly" : "loudly");
  }

  /** Opens a new connection, whatever became of the old one. */
  reconnect(how: "quietly" | "loudly" | "besides"): void {
    if (!this.#powered) return;
    this.#telling = false;
    this.#line.drop(how);
    this.#connect();
  }

  begin(session: Session): void {
    this.sessions.push(session);
    this.remember({ kind: "start", session });
  }

  remember(fact: Fact): void {
    this.outbox.push(fact);
    this.#tell();
  }

  /** A message that is lost when it cannot be sent. */
  say(call: Call, answered: (payload: Payload) => void = () => {}): void {
    if (!this.#line.isOpen) return;
    this.#line.call(call, {
      result: answered,
      error: () => {},
      nothing: () => {},
    });
  }

  authorize(token: string, then: () => void): void {
    if (!this.#line.isOpen) then();
    else {
      this.say(this.speaker.authorize(token), (payload) => {
        this.#judged(token, payload, "asked for");
        then();
      });
    }
  }

  #judged(token: string, payload: Payload, when: string): void {
    if (!goodTokens.includes(token) || !this.speaker.disowns(payload)) return;
    this.#parts.wrong("knownToken", `${this.stationId}: ${token}, ${when}`);
  }

  #connect(): void {
    const { network, door, stationId } = this.#parts;
    const { protocol } = this.speaker;
    this.#line.open((events) => network.connect({ stationId, protocol }, door(), events));
  }

  #opened(): void {
    this.#failures = 0;
    if (this.accepted && !this.dice.strikes(0.2)) this.#served();
    else {
      // It begins anew: until it is accepted it goes on asking, and says nothing else.
      this.accepted = false;
      this.#boot();
    }
  }

  #closed(): void {
    this.#telling = false;
    if (!this.#powered) return;
    this.#failures = Math.min(6, this.#failures + 1);
    const waitMs = this.dice.around(Math.min(120_000, reconnectMs * this.#failures)) + 500;
    this.later(waitMs, () => {
      if (!this.#line.isThere) this.#connect();
    });
  }

  #boot(): void {
    const { plate } = this.#parts;
    this.#line.call(this.speaker.boot(plate), {
      result: (payload) => {
        const { accepted, intervalSeconds } = this.speaker.readBoot(payload);
        this.accepted = accepted;
        if (accepted) {
          this.everAccepted = true;
          this.#served();
          this.#beat(intervalSeconds * 1000);
        } else this.#bootAgain(Math.max(5, intervalSeconds) * 1000);
        // Some do not wait to be accepted.
        if (!accepted && this.dice.strikes(this.temper.pushy)) this.#tell();
      },
      error: () => this.#bootAgain(30_000),
      nothing: () => this.#bootAgain(10_000),
    });
  }

  #bootAgain(delayMs: number): void {
    const { link } = this.#line;
    this.later(delayMs, () => {
      if (this.#line.isOpen && this.#line.link === link && !this.accepted) this.#boot();
    });
  }

  #beat(everyMs: number): void {
    const { link } = this.#line;
    this.later(everyMs, () => {
      if (this.#line.link !== link || !this.#line.isOpen) return;
      this.say(this.speaker.heartbeat());
      this.#beat(everyMs);
    });
  }

  #served(): void {
    for (const outlet of this.outlets) outlet.report();
    this.#tell();
  }

  /** Tells the next fact; the same one again until it is acknowledged. */
  #tell(): void {
    const fact = this.outbox.first;
    const mayTell = this.everAccepted || this.temper.pushy > 0;
    if (fact === undefined || this.#telling || !this.#line.isOpen || !mayTell) return;
    this.#telling = true;
    const again = (delayMs: number) => {
      this.#telling = false;
      const { link } = this.#line;
      this.later(delayMs, () => {
        if (this.#line.link === link) this.#tell();
      });
    };
    this.#line.call(this.speaker.tell(fact), {
      fact,
      result: (payload) => {
        this.#telling = false;
        this.#acknowledged(fact, payload);
        this.outbox.done(fact);
        this.#tell();
      },
      error: () => again(60_000),
      nothing: () => again(this.dice.around(5_000)),
    });
  }

  #acknowledged(fact: Fact, payload: Payload): void {
    const { session } = fact;
    this.#judged(session.token, payload, `the ${fact.kind} of the session of ${session.start.at}`);
    if (fact.kind === "stop") session.stopTold = true;
    if (fact.kind !== "start") return;
    session.startTold = true;
    const { number } = this.speaker.readStart(payload);
    if (session.number !== undefined && session.number !== number) {
      const name = `${this.stationId}: the session of ${session.start.at}`;
      const what = `${name} had the number ${session.number} and has ${number} now`;
      this.#parts.wrong("sameNumber", what);
    }
    session.number = number;
  }

  #obey(call: Call): void {
    const wanted = this.speaker.wanted(call);
    switch (wanted.kind) {
      case "start": {
        const outlet = this.outlets.find(
          ({ evseId, isFree }) => isFree && (wanted.evseId ?? evseId) === evseId,
        );
        this.later(this.dice.around(5_000), () => outlet?.charge(wanted.token));
        return;
      }
      case "stop": {
        const outlet = this.outlets.find(({ session }) => session?.number === wanted.number);
        this.later(this.dice.around(3_000), () => outlet?.finish("Remote"));
        return;
      }
      case "reset":
        this.later(this.dice.around(4_000), () => this.powerCycle(this.dice.around(20_000)));
        return;
      case "trigger":
        this.later(this.dice.around(1_000), () => this.#triggered(wanted.message, wanted.evseId));
        return;
      case "nothing":
    }
  }

  powerCycle(offMs: number): void {
    this.powerOff({ quietly: this.dice.strikes(0.5) });
    this.timeline.after(offMs, () => this.powerOn());
  }

  #triggered(message: string, evseId: number | undefined): void {
    if (message === "BootNotification") this.#boot();
    else if (message === "Heartbeat") this.say(this.speaker.heartbeat());
    else if (message === "StatusNotification") {
      for (const outlet of this.outlets) {
        if (evseId === undefined || evseId === outlet.evseId) outlet.report();
      }
    }
  }

  /** What comes to its mind now and then. */
  #muse(): void {
    this.later(this.dice.around(this.temper.museMs), () => {
      const { chatty, foolish, impatient } = this.temper;
      const at = this.clockText();
      if (this.dice.strikes(chatty)) this.say(this.speaker.chat(this.dice, at));
      if (this.dice.strikes(foolish)) this.#line.babble();
      if (this.dice.strikes(impatient)) {
        this.struck("calls without waiting");
        for (let count = this.dice.between(2, 12); count > 0; count--) {
          this.#line.blurt(this.speaker.chat(this.dice, at));
        }
      }
      this.#muse();
    });
  }

  /** From now on it does nothing but tell what it has. */
  calmDown(): void {
    this.temper = rest(this.temper);
    for (const outlet of this.outlets) outlet.close();
  }
}
