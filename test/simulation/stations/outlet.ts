import type { Session } from "./speaker.ts";
import type { VirtualStation } from "./station.ts";

const powersW = [3_700, 7_400, 11_000, 22_000, 50_000] as const;
/** A session that is shorter gives not even one Wh, and nothing tells it from another. */
const sessionMsMin = 60_000;
const sampleMsMin = 20_000;

/** One EVSE with its meter, and the cars that come to it. */
export class Outlet {
  readonly evseId: number;
  session: Session | undefined;
  readonly #station: VirtualStation;
  #wh: number;
  #powerW = 0;
  #since = 0;
  #lastTold = -1;
  #closed = false;
  #turn = 0;

  constructor(station: VirtualStation, evseId: number) {
    this.#station = station;
    this.evseId = evseId;
    this.#wh = station.dice.between(0, 5_000_000);
  }

  get isFree(): boolean {
    return this.session === undefined && !this.#closed;
  }

  powerOn(): void {
    const { session } = this;
    // What was cut off by the power ends where the meter stands.
    if (session !== undefined) this.#end(session, "PowerLoss");
    this.#nextCar();
  }

  powerOff(): void {
    this.#settle();
    this.#powerW = 0;
  }

  /** No car comes any more; the one that is here goes. */
  close(): void {
    this.#closed = true;
    if (this.session !== undefined && this.#station.powered) this.finish("Local");
  }

  report(): void {
    const { clockText, speaker } = this.#station;
    const status = this.session === undefined ? "available" : "charging";
    const at = clockText.call(this.#station);
    this.#station.say(speaker.status({ evseId: this.evseId, status, at }));
  }

  charge(token: string): void {
    const { dice, temper } = this.#station;
    if (!this.isFree) return;
    // What the station itself has taken: by its meter alone, no two sessions begin alike.
    this.#wh += 1;
    const session: Session = {
      stationId: this.#station.stationId,
      evseId: this.evseId,
      token,
      withoutClock: temper.clock === "none",
      start: { at: this.#station.clockText(), wh: this.#read() },
      readings: [],
      startTold: false,
      stopTold: false,
    };
    this.session = session;
    this.#turn += 1;
    this.#powerW = dice.pick(powersW);
    this.#station.begin(session);
    this.report();
    this.#sampleNext(session);
    this.#station.later(sessionMsMin + dice.around(temper.sessionMs), () => {
      if (this.session === session) this.finish("Local");
    });
  }

  finish(reason: "Local" | "Remote"): void {
    if (this.session === undefined) return;
    this.#end(this.session, reason);
    this.report();
    if (!this.#closed) this.#nextCar();
  }

  /** Sessions of long ago that nobody was ever told of. */
  remembers(count: number, agoMs: number): void {
    const { dice, timeline } = this.#station;
    let at = timeline.now - agoMs;
    for (let turn = 0; turn < count; turn++) {
      const start = { at: this.#station.clockText(at), wh: this.#wh };
      const session: Session = {
        stationId: this.#station.stationId,
        evseId: this.evseId,
        token: "TOKEN-1",
        withoutClock: false,
        ...{ start, readings: [], startTold: false, stopTold: false },
      };
      at += dice.between(10, 50) * 60_000;
      this.#wh += dice.between(100, 20_000);
      session.stop = { at: this.#station.clockText(at), wh: this.#wh, reason: "Local" };
      at += dice.between(10, 300) * 60_000;
      this.#station.begin(session);
      this.#station.remember({ kind: "stop", session, withReadings: false });
    }
  }

  /** One chain of cars per start of the station; the next comes once this one has gone. */
  #nextCar(): void {
    const { dice, temper } = this.#station;
    const turn = ++this.#turn;
    this.#station.later(dice.around(temper.idleMs) + 1_000, () => {
      if (turn !== this.#turn || this.#closed) return;
      const token = dice.pick(["TOKEN-1", "TOKEN-2", "token-3", "STRANGER"]);
      const mayCharge = this.#station.everAccepted || temper.pushy > 0;
      if (mayCharge && dice.strikes(0.4)) this.#station.authorize(token, () => this.charge(token));
      else if (mayCharge) this.charge(token);
      // Unless it charges, the next one tries.
      this.#nextCar();
    });
  }

  #sampleNext(session: Session): void {
    const { dice, temper } = this.#station;
    this.#station.later(sampleMsMin + dice.around(temper.sampleMs), () => {
      if (this.session !== session) return;
      const reading = { at: this.#station.clockText(), wh: this.#read() };
      // A reading that says nothing new cannot be told from the one before.
      if (reading.wh > this.#lastTold) {
        this.#lastTold = reading.wh;
        session.readings.push(reading);
        this.#station.remember({ kind: "sample", session, reading });
      }
      this.#sampleNext(session);
    });
  }

  #end(session: Session, reason: "Local" | "Remote" | "PowerLoss"): void {
    session.stop = { at: this.#station.clockText(), wh: this.#read(), reason };
    this.session = undefined;
    this.#powerW = 0;
    const withReadings = this.#station.dice.strikes(0.3);
    this.#station.remember({ kind: "stop", session, withReadings });
  }

  #read(): number {
    this.#settle();
    return Math.floor(this.#wh);
  }

  #settle(): void {
    const { now } = this.#station.timeline;
    this.#wh += (this.#powerW * Math.max(0, now - this.#since)) / 3_600_000;
    this.#since = now;
  }
}
