// Watches every frame at the node's end: what has arrived, and what leaves.

import { stationKey } from "#core";
import { type OcppVersion, versions } from "#ocpp";
import type { Fact } from "../stations/speaker.ts";
import type { Link, WireWatch } from "../world/link.ts";
import type { Timeline } from "../world/timeline.ts";
import type { FactCheck } from "./fact-check.ts";
import type { LogWatch } from "./log-watch.ts";
import type { Violate } from "./violations.ts";

interface ArrivedCall {
  readonly action: string | undefined;
  readonly fact: Fact | undefined;
  readonly served: boolean;
  readonly admitted: boolean;
  readonly changes: number;
  /** As far as its node knew the log. */
  readonly since: number;
  /** How often it has arrived and was not answered. */
  left: number;
}

interface LinkBook {
  readonly version: OcppVersion;
  readonly calls: Map<string, ArrivedCall>;
  /** The call of the node that waits for its answer. */
  asked?: { readonly id: string; readonly until: number } | undefined;
  over: boolean;
}

interface WireParts {
  readonly timeline: Timeline;
  readonly log: LogWatch;
  readonly facts: FactCheck;
  readonly callTimeoutMs: number;
  readonly protocolOf: (stationId: string) => string;
  /** The fact that a station tells with this message. */
  readonly factOf: (stationId: string, messageId: string) => Fact | undefined;
  /** How far a node knows the log; undefined: to its end. */
  readonly heardTo: (node: string) => number | undefined;
  readonly violate: Violate;
  readonly heard: (line: string) => void;
}

export class WireCheck implements WireWatch {
  readonly counts = { callsFromStations: 0, answers: 0, refusals: 0, callsToStations: 0 };
  readonly #parts: WireParts;
  readonly #books = new WeakMap<Link, LinkBook>();
  /** Calls to stations that were written, by station and type of request. */
  readonly #written = new Map<string, number>();

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  arrived(link: Link, text: string): void {
    this.#parts.heard(`> ${link.id} ${link.stationId} ${text}`);
    const book = this.#bookOf(link);
    const { type, id, action } = read(text);
    if (type === 2 && id !== undefined) this.#calls(link, book, { id, action });
    else if (book.asked?.id === id) book.asked = undefined;
  }

  said(link: Link, text: string): void {
    this.#parts.heard(`< ${link.id} ${link.stationId} ${text}`);
    const { violate, timeline, callTimeoutMs } = this.#parts;
    const book = this.#bookOf(link);
    if (book.over) violate("oneAnswer", `${nameOf(link)}: said after its end: ${text}`);
    const frame = JSON.parse(text) as readonly unknown[];
    const [type, givenId, third, fourth] = frame;
    const id = String(givenId);
    if (type !== 2) {
      this.#answered(link, book, { id, type, content: third });
      return;
    }
    this.counts.callsToStations += 1;
    this.#wrote(link, book, String(third));
    const { asked, version } = book;
    if (asked !== undefined && timeline.now < asked.until) {
      violate("oneInFlight", `${nameOf(link)}: ${asked.id} waits, and ${text} is sent`);
    }
    const fault = version.check(String(third), "request", fourth);
    if (fault !== undefined) violate("rightAnswer", `${text}: ${fault.description}`);
    const timeoutMs = timeoutOf(version, String(third)) ?? callTimeoutMs;
    // It may have waited for a station that did not read; its time runs from when it was written.
    book.asked = { id, until: link.writtenSince + timeoutMs - 1 };
  }

  over(link: Link): void {
    this.#bookOf(link).over = true;
  }

  #bookOf(link: Link): LinkBook {
    let book = this.#books.get(link);
    if (book === undefined) {
      const protocol = this.#parts.protocolOf(link.stationId);
      const version = versions.find((one) => one.protocol === protocol) as OcppVersion;
      book = { version, calls: new Map(), over: false };
      this.#books.set(link, book);
    }
    return book;
  }

  /** Whichever node it is: each sending that is in the log is written once. */
  #wrote(link: Link, { version }: LinkBook, action: string): void {
    const { log, heardTo, violate } = this.#parts;
    const row = rowOf(version, action, "toStation");
    // A request may consist of several calls; and one node alone knows what it has written.
    if (row === undefined || !("on" in row) || row.on === undefined) return;
    if (row.chunks !== undefined) return;
    if (heardTo(link.node) === undefined) return;
    const key = stationKey(link.stationId);
    const place = `${key} ${row.on}`;
    const written = (this.#written.get(place) ?? 0) + 1;
    this.#written.set(place, written);
    log.readOn();
    const sent = log.sentTo(key, row.on);
    if (written <= sent) return;
    violate("onceAsked", `${nameOf(link)}: ${row.on} was sent ${sent} times, written ${written}`);
  }

  #calls(link: Link, book: LinkBook, given: { id: string; action: string | undefined }): void {
    const { log, factOf, heardTo } = this.#parts;
    const { id, action } = given;
    const known = book.calls.get(id);
    this.counts.callsFromStations += 1;
    if (known !== undefined && known.action === action) {
      known.left += 1;
      return;
    }
    log.readOn();
    const key = stationKey(link.stationId);
    const { changes } = log.station(key);
    const served = log.isServed(key);
    const since = heardTo(link.node) ?? log.position;
    const admitted = log.wasAdmitted(key, since);
    const fact = factOf(link.stationId, id);
    book.calls.set(id, { action, fact, served, admitted, changes, since, left: 1 });
  }

  #answered(
    link: Link,
    book: LinkBook,
    given: { readonly id: string; readonly type: unknown; readonly content: unknown },
  ): void {
    const { violate, log, facts } = this.#parts;
    const { id, type, content } = given;
    const call = book.calls.get(id);
    const name = `${nameOf(link)}: ${call?.action ?? "?"} ${id}`;
    if (call === undefined || call.left === 0) {
      violate("oneAnswer", `${name} was answered ${call ? "twice" : "and never asked"}`);
      return;
    }
    call.left -= 1;
    log.readOn();
    const key = stationKey(link.stationId);
    this.counts[type === 3 ? "answers" : "refusals"] += 1;
    if (type === 3) {
      const fault = book.version.check(String(call.action), "response", content);
      if (fault !== undefined) violate("rightAnswer", `${name}: ${fault.description}`);
      this.#mayBeHeard(name, key, { call, version: book.version });
      if (call.fact !== undefined) facts.acknowledged(call.fact, content);
    } else if (call.fact !== undefined && call.admitted) {
      violate("admission", `${name}: a fact of an admitted station was refused: ${content}`);
    }
  }

  /** An answer that is no refusal: the station must have the right to be heard. */
  #mayBeHeard(
    name: string,
    key: string,
    { call, version }: { readonly call: ArrivedCall; readonly version: OcppVersion },
  ): void {
    const { log, violate } = this.#parts;
    const station = log.station(key);
    if (call.served || log.isServed(key) || station.changes !== call.changes) return;
    // What another node has decided in the meantime comes to its ears a moment later.
    if (log.wasServed(key, call.since)) return;
    const admission = admissionOf(version, call.action);
    if (admission === "anybody" || (admission === "onceAdmitted" && station.admitted)) return;
    violate("admission", `${name} was heard, and the station is not served`);
  }
}

function nameOf(link: Link): string {
  return `${link.stationId} on connection ${link.id} of ${link.node}`;
}

function read(text: string): { type?: unknown; id?: string | undefined; action?: string } {
  try {
    const [type, id, action] = JSON.parse(text) as readonly unknown[];
    return { type, id: id === undefined ? undefined : String(id), action: String(action) };
  } catch {
    // Even a frame that is cut off has an answer where its beginning can be read.
    const id = /^\s*\[\s*2\s*,\s*"([^"\\]{1,36})"/.exec(text)?.[1];
    return id === undefined ? {} : { type: 2, id };
  }
}

function rowOf(version: OcppVersion, action: string | undefined, way: "fromStation" | "toStation") {
  const entry = action === undefined ? undefined : version.messages[action];
  if (entry === undefined || entry === "notSupported") return undefined;
  if (entry.direction === "both") return entry[way];
  return entry.direction === way ? entry : undefined;
}

function timeoutOf(version: OcppVersion, action: string): number | undefined {
  const row = rowOf(version, action, "toStation");
  return row !== undefined && "timeoutMs" in row ? row.timeoutMs : undefined;
}

function admissionOf(version: OcppVersion, action: string | undefined) {
  const row = rowOf(version, action, "fromStation");
  return row !== undefined && "admission" in row ? row.admission : undefined;
}
