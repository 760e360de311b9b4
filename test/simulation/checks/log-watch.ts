// Reads the log as it grows, and knows what is in it: the facts that were told, the stations'
// admission, the requests and their ends.
import { instantAfter } from "#bus";
import { type EventEnvelope, eventRowOf, keyOf, type StationKey } from "#core";
import type { LogContents } from "#event-store";
import { limitTable } from "#limits";
import type { Violate } from "./violations.ts";

/** A transaction as the log has it. */
export interface LoggedTransaction {
  readonly transactionId: string;
  readonly station: StationKey;
  readonly evseId: number;
  readonly number: number | undefined;
  readonly meterStartMilliWh: number | undefined;
  /** Its stops that count, by the Wh that they made of it; and the position of the last. */
  readonly energies: (number | undefined)[];
  stopPosition: number;
  /** How often a reading was sampled within the life of its receipt, and when last; by value. */
  readonly samples: Map<string, { readonly times: number; readonly at: string }>;
}

/** A station as the log has it. */
export interface LoggedStation {
  accepted: boolean;
  configured: boolean;
  decommissioned: boolean;
  /** Accepted at some time. */
  admitted: boolean;
  /** Counts the changes of the above. */
  changes: number;
}

/** What a station was from a position of the log on. */
interface Past {
  readonly position: number;
  readonly served: boolean;
  readonly admitted: boolean;
}

/** The members of events that are looked at, whichever event it is. */
interface Data {
  readonly requestId: string;
  readonly station: StationKey;
  readonly evseId: number;
  readonly transactionNumber?: number;
  readonly meterStartMilliWh?: number;
  readonly energyMilliWh?: number;
  readonly samples: readonly LoggedSample[];
  readonly at: string;
  readonly outcome: string;
}

interface LoggedSample {
  readonly measurand: string;
  readonly milli: number;
  readonly context?: string;
}

interface LoggedRequest {
  readonly station: StationKey;
  readonly type: string;
  sent: number;
  ended: number;
}

const strange: LoggedStation = {
  accepted: false,
  configured: false,
  decommissioned: false,
  admitted: false,
  changes: 0,
};

/** After that nobody remembers that a sample was told before; its session is exact all the same. */
const receiptMs = limitTable.receiptDays.default * 86_400_000;

/** All ends that a request may have. */
const outcomes: ReadonlySet<string> = new Set([
  ...["accepted", "rejected", "notSupported", "failed"],
  ...["timedOut", "stationOffline", "superseded"],
]);

/** All that a station may cause before anybody has let it in. */
const fromStrangers: ReadonlySet<string> = new Set([
  "ChargingStationCreated",
  "ConfiguredChargingStationBooted",
  "UnconfiguredChargingStationBooted",
  "ChargingStationAccepted",
  "ChargingStationConfigured",
  "DeviationSeen",
]);

export class LogWatch {
  readonly transactions = new Map<string, LoggedTransaction>();
  readonly requests = new Map<string, LoggedRequest>();
  readonly stations = new Map<StationKey, LoggedStation>();
  readonly counts = new Map<string, number>();
  readonly #byStart = new Map<string, LoggedTransaction[]>();
  readonly #past = new Map<StationKey, Past[]>();
  /** Requests that went out, by station and type. */
  readonly #sent = new Map<string, number>();
  readonly #contents: LogContents;
  readonly #violate: Violate;
  readonly #heard: (line: string) => void;
  #read = 0;

  constructor(
    contents: LogContents,
    parts: { readonly violate: Violate; readonly heard: (line: string) => void },
  ) {
    this.#contents = contents;
    this.#violate = parts.violate;
    this.#heard = parts.heard;
  }

  get position(): number {
    return this.#read;
  }

  station(key: StationKey): Readonly<LoggedStation> {
    return this.stations.get(key) ?? strange;
  }

  isServed(key: StationKey): boolean {
    const { accepted, configured, decommissioned } = this.station(key);
    return accepted && configured && !decommissioned;
  }

  /** Whether a station was served when the log ended there, or at any time since. */
  wasServed(key: StationKey, since: number): boolean {
    const past = this.#past.get(key) ?? [];
    const from = past.findLastIndex(({ position }) => position <= since);
    return past.slice(Math.max(0, from)).some(({ served }) => served);
  }

  /** Whether a station had been let in when the log ended there. */
  wasAdmitted(key: StationKey, position: number): boolean {
    const past = this.#past.get(key) ?? [];
    return past.findLast((one) => one.position <= position)?.admitted === true;
  }

  /** How many requests of a type were sent to a station. */
  sentTo(station: StationKey, type: string): number {
    return this.#sent.get(`${station} ${type}`) ?? 0;
  }

  /** Transactions that began at an EVSE with this reading. */
  startedAt(station: StationKey, evseId: number, wh: number): readonly LoggedTransaction[] {
    return this.#byStart.get(`${station} ${evseId} ${wh * 1000}`) ?? [];
  }

  /** Forgets all that it has read. */
  putAway(): void {
    const { transactions, requests, stations } = this;
    const books = [transactions, requests, stations, this.#byStart, this.#past, this.#sent];
    for (const book of books) book.clear();
  }

  /** Takes in what was committed since the last time. */
  readOn(): void {
    const { events } = this.#contents;
    while (this.#read < events.length) {
      const stored = events[this.#read];
      this.#read += 1;
      if (stored === undefined) return;
      if (stored.position !== this.#read) {
        this.#violate("exactlyOnce", `event ${this.#read} has the position ${stored.position}`);
      }
      const event = {
        ...stored,
        data: JSON.parse(stored.data),
        meta: JSON.parse(stored.meta),
      } as unknown as EventEnvelope;
      this.#heard(`${stored.position} ${stored.stream} ${stored.type} ${stored.data}`);
      this.counts.set(stored.type, (this.counts.get(stored.type) ?? 0) + 1);
      this.#judge(event);
      this.#take(event, stored.position);
    }
  }

  #judge({ stream, type, meta }: EventEnvelope): void {
    const { actor } = meta as { readonly actor: { readonly kind: string; readonly id: string } };
    if (actor.kind !== "station") return;
    if (this.station(actor.id).admitted || fromStrangers.has(type)) return;
    this.#violate("admission", `${actor.id} was never let in and caused ${type} in ${stream}`);
  }

  #take({ stream, type, data: given }: EventEnvelope, position: number): void {
    const data = given as Data;
    const key = keyOf(stream);
    if (eventRowOf(type)?.request === true) this.#asked(key, type, data);
    switch (type) {
      case "ChargingStationCreated":
        this.stations.set(key, { ...strange });
        return;
      case "ChargingStationAccepted":
        this.#change(key, { accepted: true, admitted: true }, position);
        return;
      case "ChargingStationUnaccepted":
        this.#change(key, { accepted: false }, position);
        return;
      case "ChargingStationConfigured":
        this.#change(key, { configured: true }, position);
        return;
      case "ChargingStationDecommissioned":
        this.#change(key, { decommissioned: true }, position);
        return;
      case "ChargingStationRecommissioned":
        this.#change(key, { decommissioned: false }, position);
        return;
      case "TransactionStarted":
        this.#started(key, data);
        return;
      case "MeterValuesSampled":
        this.#sampled(key, data);
        return;
      case "TransactionStopped":
      case "TransactionEndCorrected": {
        const ended = this.transactions.get(key);
        ended?.energies.push(data.energyMilliWh);
        if (ended !== undefined) ended.stopPosition = position;
        return;
      }
      case "RequestSent":
        this.#count(data.requestId, "sent");
        return;
      case "RequestCompleted":
        this.#count(data.requestId, "ended");
        if (outcomes.has(data.outcome)) return;
        this.#violate("onceAsked", `${data.requestId} ended as ${data.outcome}`);
        return;
    }
  }

  #change(key: StationKey, change: Partial<LoggedStation>, position: number): void {
    const before = this.station(key);
    const after = { ...before, ...change, changes: before.changes + 1 };
    this.stations.set(key, after);
    const past = this.#past.get(key) ?? [];
    this.#past.set(key, past);
    past.push({ position, served: this.isServed(key), admitted: after.admitted });
  }

  #started(transactionId: string, data: Data): void {
    const transaction: LoggedTransaction = {
      transactionId,
      station: data.station,
      evseId: data.evseId,
      number: data.transactionNumber,
      meterStartMilliWh: data.meterStartMilliWh,
      energies: [],
      stopPosition: 0,
      samples: new Map(),
    };
    this.transactions.set(transactionId, transaction);
    const { station, evseId, meterStartMilliWh } = transaction;
    const place = `${station} ${evseId} ${meterStartMilliWh}`;
    this.#byStart.set(place, [...(this.#byStart.get(place) ?? []), transaction]);
  }

  #sampled(transactionId: string, data: Data): void {
    const { samples } = this.transactions.get(transactionId) ?? { samples: undefined };
    for (const { measurand, milli, context } of data.samples) {
      if (measurand !== "Energy.Active.Import.Register" || context !== "Sample.Periodic") continue;
      const value = String(milli);
      const before = samples?.get(value);
      const isForgotten = before === undefined || instantAfter(before.at, receiptMs) < data.at;
      samples?.set(value, { times: isForgotten ? 1 : before.times + 1, at: data.at });
    }
  }

  #asked(station: StationKey, type: string, data: Data): void {
    const { requestId } = data;
    if (this.requests.has(requestId)) this.#violate("onceAsked", `${requestId} was asked twice`);
    this.requests.set(requestId, { station, type, sent: 0, ended: 0 });
  }

  #count(requestId: string, what: "sent" | "ended"): void {
    const request = this.requests.get(requestId);
    if (request === undefined) return;
    request[what] += 1;
    const { station, type } = request;
    const place = `${station} ${type}`;
    if (what === "sent") this.#sent.set(place, (this.#sent.get(place) ?? 0) + 1);
    if (request[what] > 1) this.#violate("onceAsked", `${requestId} was ${what} twice`);
  }
}
