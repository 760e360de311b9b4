import { setTimeout as wait } from "node:timers/promises";
import { stationIdOf, uidOf } from "../../bench/fleet.ts";
import { DrillLine, type LineOptions } from "./drill-line.ts";

/** Something that a station said and was answered: it must be in the log, once. */
export interface ToldFact {
  readonly kind: "status" | "start" | "meter" | "stop";
  readonly stationId: string;
  /** The transaction's number, as the CSMS gave it; 0: of none. */
  readonly transactionNumber: number;
  /** Milliseconds since 1970, by the station's clock; never twice the same for one station. */
  readonly at: number;
  readonly registerWh: number;
  /** How often it was said before it was answered. */
  readonly attempts: number;
  /** The moment of the answer, by `performance.now()`. */
  readonly answeredAt: number;
}

/** What a station of a drill needs beside its line. */
export interface StationOptions extends LineOptions {
  readonly uid: string;
  /** How long it waits on the average before it has something to say again; default: not at all. */
  readonly pauseMs?: number;
}

type Call = readonly [action: string, payload: object];

const metersPerSession = 3;

/** A station that charges, one session after the other, and keeps what it was told. */
export class DrillStation {
  readonly stationId: string;
  /** All that was acknowledged, in order. */
  readonly told: ToldFact[] = [];
  /** How many authorizations were answered. */
  authorized = 0;
  readonly line: DrillLine;
  readonly #uid: string;
  readonly #pauseMs: number;
  #clock = 0;
  #registerWh = 1_000;
  #stopping = false;
  #hungUp = false;

  constructor(options: StationOptions) {
    this.stationId = options.stationId;
    this.line = new DrillLine(options);
    this.#uid = options.uid;
    this.#pauseMs = options.pauseMs ?? 0;
  }

  /** One session after the other, until `finish()`; the last one is brought to its end. */
  async run(): Promise<void> {
    await this.line.say("BootNotification", { chargePointVendor: "Drill", chargePointModel: "K" });
    while (!this.#stopping) await this.#session();
  }

  /** Stays on the line for what it is asked, until `hangUp()`. */
  async stay(): Promise<void> {
    await this.line.listen(() => this.#hungUp);
    this.line.close();
  }

  /** Ends with the session that runs. */
  finish(): void {
    this.#stopping = true;
  }

  hangUp(): void {
    this.#hungUp = true;
  }

  /** Gives up, whatever is open: after a failure. */
  abandon(): void {
    this.#stopping = true;
    this.#hungUp = true;
    this.line.close();
  }

  async #session(): Promise<void> {
    const idTag = this.#uid;
    await this.#status("Preparing");
    await this.line.say("Authorize", { idTag });
    this.authorized += 1;
    const number = await this.#fact("start", undefined, (timestamp, meterStart) => [
      "StartTransaction",
      { connectorId: 1, idTag, meterStart, timestamp },
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
      { transactionId: number, idTag, meterStop, timestamp, reason: "Local" },
    ]);
    await this.#status("Available");
  }

  async #status(status: string): Promise<void> {
    await this.#fact("status", 0, (timestamp) => [
      "StatusNotification",
      { connectorId: 1, status, errorCode: "NoError", timestamp },
    ]);
  }

  async #fact(
    kind: ToldFact["kind"],
    number: number | undefined,
    call: (timestamp: string, registerWh: number) => Call,
  ): Promise<number> {
    this.#clock = Math.max(Date.now(), this.#clock + 1);
    const at = this.#clock;
    const registerWh = this.#registerWh;
    const said = await this.line.say(...call(new Date(at).toISOString(), registerWh));
    const { answer, attempts } = said;
    const transactionNumber = number ?? answer.transactionId;
    if (transactionNumber === undefined) throw new Error(`${this.stationId}: no number was given`);
    const { stationId } = this;
    const answeredAt = performance.now();
    this.told.push({ kind, stationId, transactionNumber, at, registerWh, attempts, answeredAt });
    if (this.#pauseMs > 0 && !this.#stopping) await wait(2 * Math.random() * this.#pauseMs);
    return transactionNumber;
  }
}

/** Stations of a prepared fleet, each with its token. */
export function stationsOf(
  options: Omit<StationOptions, "stationId" | "uid" | "turn"> & { readonly count: number },
): DrillStation[] {
  const { count, ...rest } = options;
  return Array.from({ length: count }, (_none, at) => {
    const own = { stationId: stationIdOf(at), uid: uidOf(at), turn: at };
    return new DrillStation({ ...rest, ...own });
  });
}
