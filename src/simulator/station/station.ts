import type { Dice } from "../dice.ts";
import { handlers } from "../profiles/index.ts";
import { Jobs } from "../profiles/jobs.ts";
import type { Tally } from "../tally.ts";
import type { Time, Timer } from "../time.ts";
import { errorText, type Frame, type Payload, parseFrame, resultText } from "../wire/frames.ts";
import { type Answer, Lane } from "../wire/lane.ts";
import { Link } from "../wire/link.ts";
import { isAction, schemaProblem } from "../wire/schemas.ts";
import type { SocketFactory } from "../wire/socket.ts";
import { AuthorizationCache, LocalList } from "./authorization.ts";
import { adjustPower, measure, sendSample } from "./charging.ts";
import { ChargingProfiles } from "./charging-profiles.ts";
import { Configuration, type KeyName } from "./configuration.ts";
import { Evse } from "./evse.ts";
import { createFaults, type FaultRates, type Faults } from "./faults.ts";
import { type StationModel, twoOutlets } from "./model.ts";
import { OfflineQueue } from "./offline-queue.ts";
import { Registration } from "./registration.ts";
import { type Bearer, Reservations } from "./reservations.ts";
import type { StopReason, Transaction } from "./transaction.ts";

/** All that a station is made of; clock, dice and sockets are brought by who makes it. */
export interface StationOptions {
  readonly stationId: string;
  /** Up to, and without, the slash before the station's id. */
  readonly url: string;
  readonly password?: string;
  readonly model?: StationModel;
  readonly time: Time;
  readonly dice: Dice;
  readonly tally: Tally;
  readonly socketTo: SocketFactory;
  readonly faults?: FaultRates;
  /** How much faster than in life the meter runs and things get done. */
  readonly speed?: number;
  readonly configuration?: Partial<Record<KeyName, string>>;
}

const rebootMs = 3_000;
const softResetMsMax = 5_000;
const hardResetMs = 100;
const lateMs = 60_000;
const hourMs = 3_600_000;

/** A simulated charging station: its state, and how its parts hang together. */
export class Station {
  readonly id: string;
  readonly model: StationModel;
  readonly time: Time;
  readonly dice: Dice;
  readonly tally: Tally;
  readonly faults: Faults;
  readonly speed: number;
  readonly configuration: Configuration;
  readonly localList = new LocalList();
  readonly cache = new AuthorizationCache();
  readonly reservations = new Reservations();
  readonly chargingProfiles = new ChargingProfiles();
  readonly jobs = new Jobs();
  readonly transactions: Transaction[] = [];
  readonly evses: readonly Evse[];
  readonly link: Link;
  readonly queue: OfflineQueue;
  readonly registration: Registration;
  readonly #lane: Lane;
  firmwareVersion: string;
  clockOffsetMs = 0;
  /** A clock that does not listen to the CSMS. */
  clockIsStuck = false;
  isInstalling = false;
  #reportedAsWhole = "";
  #restart: Timer | undefined;
  #ping: Timer | undefined;
  #aligned: Timer | undefined;

  constructor(options: StationOptions) {
    const { stationId, time, dice, tally } = options;
    this.id = stationId;
    this.time = time;
    this.dice = dice;
    this.tally = tally;
    this.model = options.model ?? twoOutlets;
    this.speed = options.speed ?? 1;
    this.firmwareVersion = this.model.firmwareVersion;
    this.faults = createFaults(options.faults ?? {}, dice);
    const numberOfConnectors = String(this.model.evses);
    this.configuration = new Configuration(
      { NumberOfConnectors: numberOfConnectors, ...options.configuration },
      (name) => this.#reconfigured(name),
    );
    this.evses = Array.from({ length: this.model.evses }, (_none, at) => new Evse(this, at + 1));
    this.link = this.#linkTo(options);
    this.#lane = new Lane({
      ...{ stationId, time, dice, tally, faults: this.faults },
      send: (text) => this.link.send(text),
      drop: () => this.link.drop(),
    });
    this.queue = new OfflineQueue({
      ...{ stationId, time, tally, faults: this.faults, lateMs: lateMs / this.speed },
      online: () => this.online,
      call: (action, payload) => this.call(action, payload),
      retries: () => ({
        attempts: this.configuration.int("TransactionMessageAttempts"),
        intervalMs: this.configuration.int("TransactionMessageRetryInterval") * 1000,
      }),
    });
    this.registration = new Registration(this);
    if (this.faults.strikes("badClock")) this.breakClock();
  }

  /** Connected, and the CSMS has accepted it. */
  get online(): boolean {
    return this.link.isOpen && this.registration.status === "Accepted";
  }

  /** The station's own clock. */
  now(): number {
    return this.time.now() + this.clockOffsetMs;
  }

  timestamp(): string {
    return new Date(this.now()).toISOString();
  }

  /** The connector of a number; undefined if there is none. */
  evse(connectorId: number): Evse | undefined {
    return this.evses[connectorId - 1];
  }

  powerOn(): void {
    this.link.open();
  }

  /** Ends for good; sessions are to be stopped before. */
  powerOff(): void {
    this.#restart?.cancel();
    this.#stopTimers();
    this.link.close();
    this.registration.forget();
  }

  /** Loses its power without a word: open transactions end when it is back. */
  losePower(milliseconds = rebootMs / this.speed): void {
    this.link.cut();
    for (const evse of this.evses) evse.stop("PowerLoss");
    this.#rebootIn(milliseconds);
  }

  /** Ends all transactions, says so if it is a soft reset, and boots. */
  async reset(kind: "Hard" | "Soft"): Promise<void> {
    const reason: StopReason = kind === "Hard" ? "HardReset" : "SoftReset";
    for (const evse of this.evses) evse.stop(reason);
    if (kind === "Soft") await this.delivered(softResetMsMax);
    // The answer to the reset itself must get out.
    else await this.pause(hardResetMs);
    await this.reboot();
  }

  /** Goes offline and comes back with a BootNotification; resolves when that has been accepted. */
  reboot(): Promise<void> {
    this.link.cut();
    this.#rebootIn(rebootMs / this.speed);
    return this.whenServed();
  }

  /** Resolves when the CSMS serves this station. */
  whenServed(): Promise<void> {
    if (this.online) return Promise.resolve();
    return new Promise((resolve) => this.#whenServed.push(resolve));
  }

  /** Resolves when all was said; false if the time was over and transaction messages are left. */
  async delivered(milliseconds: number): Promise<boolean> {
    const end = this.time.now() + milliseconds;
    const isDone = () => this.queue.length === 0 && this.#lane.idle;
    while (!isDone() && this.time.now() < end) await this.pause(100);
    return this.queue.length === 0;
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.time.after(milliseconds, resolve));
  }

  /** A pause of something that takes its time in life. */
  take(seconds: number): Promise<void> {
    return this.pause((seconds * 1000) / this.speed);
  }

  call(action: string, payload: Payload): Promise<Answer> {
    const problem = schemaProblem(action, "req", payload);
    if (problem) throw new Error(`${this.id} was about to send an invalid call: ${problem}`);
    return this.#lane.call(action, payload);
  }

  /** A call whose answer says nothing; offline it is not made. */
  tell(action: string, payload: Payload): void {
    if (this.online) void this.call(action, payload);
  }

  nameplate(): Payload {
    return {
      chargePointVendor: this.model.vendor,
      chargePointModel: this.model.model,
      chargePointSerialNumber: this.id.slice(0, 25),
      firmwareVersion: this.firmwareVersion,
    };
  }

  /** The CSMS serves this station, after a boot or on a new socket. */
  served(): void {
    this.reportAsWhole();
    for (const evse of this.evses) evse.update();
    this.queue.pump();
    this.registration.beat();
    for (const resolve of this.#whenServed.splice(0)) resolve();
  }

  /** The status of connector 0. */
  reportAsWhole(always = false): void {
    const isClosed = this.isInstalling || this.evses.every((evse) => !evse.operative);
    const status = isClosed ? "Unavailable" : "Available";
    if (!this.online || (!always && status === this.#reportedAsWhole)) return;
    this.#reportedAsWhole = status;
    const timestamp = this.timestamp();
    const whole = { connectorId: 0, errorCode: "NoError", status, timestamp };
    this.tell("StatusNotification", whole);
  }

  /** Tells of every status that changed, after something that concerns several connectors. */
  updateAll(): void {
    this.reportAsWhole();
    for (const evse of this.evses) adjustPower(evse);
  }

  transactionEnded(): void {
    this.reportAsWhole();
    if (this.evses.some(({ transaction }) => transaction)) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Resolves when no transaction runs. */
  whenIdle(): Promise<void> {
    if (this.evses.every(({ transaction }) => !transaction)) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Whether reservations leave this connector to who comes. */
  mayUse(evse: Evse, bearer: Bearer): boolean {
    if (this.reservations.usedBy(bearer, evse.id)) return true;
    if (this.reservations.at(evse.id).length > 0) return false;
    const free = this.evses.filter((one) => one === evse || one.isFree).length;
    return free > this.reservations.at(0).length;
  }

  /** The clock is wrong: by 1970 until the CSMS tells the time, or by hours for good. */
  breakClock(): void {
    this.clockIsStuck = this.dice.strikes(0.5);
    const hours = this.dice.pick([-12, -2, 2, 12]);
    this.clockOffsetMs = this.clockIsStuck ? hours * hourMs : -this.time.now();
  }

  readonly #whenServed: (() => void)[] = [];
  readonly #whenIdle: (() => void)[] = [];

  #linkTo({ stationId, url, password, socketTo, time, dice, tally }: StationOptions): Link {
    return new Link({
      destination: { url, stationId, ...(password === undefined ? {} : { password }) },
      ...{ socketTo, time, dice, tally },
      opened: () => {
        this.#startTimers();
        this.registration.connected();
      },
      message: (text) => this.#receive(text),
      closed: () => {
        this.#stopTimers();
        this.#lane.clear();
      },
    });
  }

  #rebootIn(milliseconds: number): void {
    this.registration.forget();
    this.configuration.reboot();
    this.#reportedAsWhole = "";
    for (const evse of this.evses) evse.forgetReports();
    this.#restart?.cancel();
    this.#restart = this.time.after(milliseconds, () => this.powerOn());
  }

  #receive(text: string): void {
    const frame = parseFrame(text);
    if (frame.kind === "malformed") {
      this.tally.problem("violations", `${this.id}: ${frame.problem}: ${text.slice(0, 100)}`);
    } else if (frame.kind === "call") this.#answer(frame);
    else this.#lane.receive(frame);
  }

  #answer({ id, action, payload }: Extract<Frame, { kind: "call" }>): void {
    this.tally.add("stationsCalled");
    const problem = schemaProblem(action, "req", payload);
    if (problem) this.tally.problem("violations", `${this.id}: ${problem}`);
    const handle = handlers[action];
    if (this.faults.strikes("neverAnswer")) return;
    if (problem || handle === undefined) {
      const code = isAction(action) && problem ? "FormationViolation" : "NotImplemented";
      this.link.send(errorText(id, code, problem ?? action));
      return;
    }
    const reply = handle(this, payload);
    if ("code" in reply) {
      this.link.send(errorText(id, reply.code, reply.description));
      return;
    }
    const own = schemaProblem(action, "conf", reply.response);
    if (own) throw new Error(`${this.id} was about to send an invalid answer: ${own}`);
    this.link.send(resultText(id, reply.response));
    reply.afterwards?.();
  }

  #reconfigured(name: KeyName): void {
    if (name === "HeartbeatInterval") this.registration?.beat();
    if (name === "WebSocketPingInterval" || name === "ClockAlignedDataInterval") {
      this.#stopTimers();
      this.#startTimers();
    }
  }

  #startTimers(): void {
    const pingMs = this.configuration.int("WebSocketPingInterval") * 1000;
    if (pingMs > 0) this.#pingEvery(pingMs);
    const alignedMs = this.configuration.int("ClockAlignedDataInterval") * 1000;
    if (alignedMs > 0) this.#sampleEvery(alignedMs);
  }

  #stopTimers(): void {
    this.#ping?.cancel();
    this.#aligned?.cancel();
  }

  #pingEvery(milliseconds: number): void {
    this.#ping = this.time.after(milliseconds, () => {
      this.link.ping();
      this.#pingEvery(milliseconds);
    });
  }

  #sampleEvery(milliseconds: number): void {
    // Aligned to the clock, counted from midnight (OCPP 1.6 §9.1.6).
    const wait = milliseconds - (this.now() % milliseconds);
    this.#aligned = this.time.after(wait, () => {
      for (const evse of this.evses) {
        sendSample(evse, measure(evse, "MeterValuesAlignedData", "Sample.Clock"));
      }
      this.#sampleEvery(milliseconds);
    });
  }
}
