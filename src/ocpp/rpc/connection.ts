import { type Socket, StoreUnavailable } from "#bus";
import { noteDeviations, shownBy } from "./deviations.ts";
import { faults } from "./errors.ts";
import {
  type BadFrame,
  type CallFrame,
  type ErrorFrame,
  errorText,
  type MessageId,
  parseFrame,
  type ResultFrame,
} from "./frame.ts";
import { type InboundCall, type InboundParts, type Reply, replyTo } from "./inbound.ts";
import type { Peer } from "./parts.ts";
import { repairedFrame } from "./repairing.ts";
import { Repeats } from "./repeats.ts";
import type { Asking } from "./to-station/composing.ts";
import type { LateAnswers } from "./to-station/late-answers.ts";
import { Outbound, type OutboundParts } from "./to-station/outbound.ts";
import type { Turns } from "./turns.ts";

/** What a connection needs. */
export interface ConnectionParts extends InboundParts, OutboundParts {
  /** Whose turn it is among those who do not wait for their answers. */
  readonly turns: Turns;
  /** Takes answers that no call of their connection waits for. */
  readonly unexpected: LateAnswers;
}

/** A frame of the station that waits for its turn. */
interface Queued {
  readonly frame: CallFrame | BadFrame;
  readonly text: string;
  readonly at: string;
  readonly atMs: number;
}

export const normalClosure = 1000;
/** What a connection is told when a newer one takes its place. */
export const replacedReason = "replaced by a newer connection";
const tryAgainLater = 1013;
/** A peer that goes on sending although nothing is read any more. */
const overrunFactor = 16;
/** Of one station before others have their turn. */
const callsAtOnce = 8;
const noQueue: readonly Queued[] = [];

/** One station's socket: its calls are answered one after the other, ours go out one at a time. */
export class StationConnection implements Peer {
  readonly key: Peer["key"];
  readonly stationId: string;
  readonly epoch: number;
  readonly version: Peer["version"];
  readonly address: string;
  /** Instant of the connection. */
  readonly since: string;
  /** Monotonic milliseconds of the last sign of life. */
  lastSeenMs: number;
  /** Set when a newer connection of the station takes over. */
  replaced = false;
  readonly #parts: ConnectionParts;
  readonly #socket: Socket;
  #queue: Queued[] | typeof noQueue = noQueue;
  #queuedCharacters = 0;
  #serving: Promise<void> | undefined;
  #busy = false;
  #paused = false;
  #ended = false;
  #draining = false;
  #repeats: Repeats | undefined;
  #outbound: Outbound | undefined;

  constructor(parts: ConnectionParts, given: Peer & { address: string; socket: Socket }) {
    this.key = given.key;
    this.stationId = given.stationId;
    this.epoch = given.epoch;
    this.version = given.version;
    this.address = given.address;
    this.since = parts.clock.now();
    this.lastSeenMs = parts.clock.monotonicMs();
    this.#parts = parts;
    this.#socket = given.socket;
  }

  /** Any sign of life: a frame, a ping, a pong. */
  alive(): void {
    this.lastSeenMs = this.#parts.clock.monotonicMs();
  }

  /** Reading is paused, so that silence means nothing. */
  get paused(): boolean {
    return this.#paused;
  }

  /** What waits or is remembered here, each within its limit. */
  get held() {
    return {
      calls: this.#queue.length,
      characters: this.#queuedCharacters,
      requests: this.#outbound?.waiting ?? 0,
      answers: this.#repeats?.size ?? 0,
    };
  }

  /** Something is odd about the connection itself, beyond what a frame or its answer could tell. */
  isOdd(deviation: string): void {
    const { clock, frames, log, complaints } = this.#parts;
    const at = clock.now();
    const unsaid = complaints.due(`odd ${this.key}`);
    if (unsaid !== undefined) {
      log.info("A connection is odd", { station: this.stationId, deviation, unsaid });
    }
    frames.add({
      station: this.key,
      at,
      direction: "fromStation",
      protocol: this.version.protocol,
      call: "",
      deviations: [deviation],
      shownBy: shownBy(this.#parts, this.key),
    });
    noteDeviations(this.#parts, this, { codes: [deviation], at });
  }

  /** Takes a text frame from the socket. */
  receive(text: string): void {
    this.alive();
    if (this.#ended) return;
    const frame = parseFrame(text);
    switch (frame.kind) {
      case "empty":
        return;
      case "result":
      case "error":
        this.#settle(frame, text);
        return;
      case "bad":
      case "call":
        this.#enqueue(frame, text);
    }
  }

  #settle(frame: ResultFrame | ErrorFrame, text: string): void {
    if (this.#outbound?.settle(frame, text) === true) return;
    this.#parts.unexpected(frame, { peer: this, text });
  }

  /** Asks the station for something. */
  ask(asking: Asking): void {
    this.#out().add(asking);
  }

  /** A request has ended some other way. */
  forget(requestId: string): void {
    this.#outbound?.forget(requestId);
  }

  /** Takes up requests that waited for the station. */
  drainRequests(): Promise<void> {
    return this.#out().drain();
  }

  /** Ends the socket in order; its end comes back through `ended`. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** The socket is gone. Calls that wait are not served: the station sends them again. */
  ended(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#queue = noQueue;
    this.#queuedCharacters = 0;
    this.#outbound?.close({ replaced: this.replaced });
  }

  /** Takes no more calls; done when those that are here have their answer. */
  async finish(): Promise<void> {
    this.#draining = true;
    this.#socket.pause();
    await this.#serving;
  }

  #out(): Outbound {
    this.#outbound ??= new Outbound(this.#parts, this, {
      send: (text) => {
        this.#socket.send(text);
      },
      unread: () => this.#socket.buffered(),
      outrun: () => this.#outrun(),
    });
    return this.#outbound;
  }

  #enqueue(frame: Queued["frame"], text: string): void {
    if (this.#draining) return;
    const { limits, clock, log } = this.#parts;
    const queue = this.#queue.length === 0 ? [] : (this.#queue as Queued[]);
    this.#queue = queue;
    queue.push({ frame, text, at: clock.now(), atMs: clock.monotonicMs() });
    this.#queuedCharacters += text.length;
    if (queue.length > limits.inboundQueueMax * overrunFactor) {
      log.warn("A station sends without end and is disconnected", { station: this.stationId });
      this.isOdd("callsWithoutWaiting");
      this.#socket.close(tryAgainLater, "too many calls without waiting for answers", "unheard");
      this.ended();
      return;
    }
    const full =
      queue.length >= limits.inboundQueueMax ||
      this.#queuedCharacters >= limits.inboundCharactersMax;
    if (full && !this.#paused) {
      this.#paused = true;
      this.#socket.pause();
    }
    if (!this.#busy) this.#serving = this.#serve();
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    let served = 0;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      // A station that waits for its answers never comes to a second call here.
      if (served > 0 && served % callsAtOnce === 0) await this.#parts.turns.next();
      served += 1;
      // Who does not read its answers gets no more of them: what it says waits, with it.
      const unread = this.#socket.untilRead();
      if (unread !== undefined) await unread;
      if (this.#ended) break;
      try {
        if (next.frame.kind === "bad") await this.#answerBad(next, next.frame);
        else await this.#answer(next, next.frame);
      } catch (error) {
        this.#unserved(error);
      }
    }
    // In the same turn as the last look at the queue: what comes later starts anew.
    this.#busy = false;
    this.#serving = undefined;
  }

  /** Even what a frame means may need the store: without it, the station keeps what it said. */
  #unserved(error: unknown): void {
    const { log, counts } = this.#parts;
    const isStore = error instanceof StoreUnavailable;
    if (isStore) counts.callsUnanswered += 1;
    const why = isStore ? "since nothing could be read" : "a bug";
    log.error(`A frame was not served: ${why}`, { station: this.stationId, error });
  }

  #next(): Queued | undefined {
    const next = this.#queue === noQueue ? undefined : (this.#queue as Queued[]).shift();
    if (this.#queue.length === 0) this.#queue = noQueue;
    if (next !== undefined) this.#queuedCharacters -= next.text.length;
    if (this.#paused && this.#hasRoom()) {
      this.#paused = false;
      this.alive();
      if (!this.#draining) this.#socket.resume();
    }
    return next;
  }

  /** Half of it, so that reading does not start and stop with each call. */
  #hasRoom(): boolean {
    const { inboundQueueMax, inboundCharactersMax } = this.#parts.limits;
    const { length } = this.#queue;
    return length * 2 <= inboundQueueMax && this.#queuedCharacters * 2 <= inboundCharactersMax;
  }

  async #answer(queued: Queued, frame: CallFrame): Promise<void> {
    const { counts } = this.#parts;
    counts.callsFromStations += 1;
    const { text } = queued;
    const before = this.#repeats?.find(frame.id, text, queued.atMs);
    if (before !== undefined && before !== "reused") {
      counts.repeats += 1;
      this.#sent(queued, frame, { text: before.answer, deviations: ["repeatedCall"] });
      return;
    }
    const deviations =
      before === "reused" ? [...frame.deviations, "messageIdReused"] : frame.deviations;
    const call: InboundCall = { frame, text, at: queued.at, deviations };
    const reply = await replyTo(this.#parts, this, call);
    if (reply.refused) counts.callErrorsToStations += 1;
    if (reply.text === undefined) counts.callsUnanswered += 1;
    else if (reply.repeatable) this.#remember(frame.id, text, reply.text);
    this.#sent(queued, frame, reply);
    if (reply.fenced) this.#outrun();
  }

  /**
   * Some newer handshake of the station has the right to write, even one that came to nothing: the
   * station must come back, or it would never be answered again.
   */
  #outrun(): void {
    // It ended first: its station comes back by itself, and there is nothing left to close.
    if (this.#ended) return;
    this.isOdd("connectionReplaced");
    this.close(normalClosure, replacedReason);
  }

  #remember(id: MessageId, text: string, answer: string): void {
    this.#repeats ??= new Repeats(this.#parts.limits);
    this.#repeats.keep({ id, text, answer, atMs: this.#parts.clock.monotonicMs() });
  }

  /**
   * A frame that is none: repaired where the station's quirks say how, else told to its sender
   * where it can be told, and counted in any case.
   */
  async #answerBad(queued: Queued, frame: BadFrame): Promise<void> {
    const { counts } = this.#parts;
    const { deviation, description } = frame;
    const repaired = await repairedFrame(this.#parts, this, { frame, text: queued.text });
    if (repaired?.kind === "call") return this.#answer(queued, repaired);
    if (repaired !== undefined) return this.#settle(repaired, queued.text);
    this.#complain(frame);
    let answer: string | undefined;
    if (frame.id === undefined) counts.framesIgnored += 1;
    else {
      counts.callErrorsToStations += 1;
      const code = this.version.errorCodes[faults.badFrame];
      answer = errorText(frame.id, { code, description });
      if (!this.#ended) this.#socket.send(answer);
    }
    this.#keep(queued, { text: answer, deviations: [deviation] }, frame);
    noteDeviations(this.#parts, this, { codes: [deviation], at: queued.at });
  }

  #complain({ deviation, description }: BadFrame): void {
    const { log, complaints } = this.#parts;
    const unsaid = complaints.due(`frame ${this.key}`);
    if (unsaid === undefined) return;
    const fields = { station: this.stationId, deviation, description, unsaid };
    log.warn("A frame could not be read", fields);
  }

  #sent(queued: Queued, frame: CallFrame, reply: Reply): void {
    if (reply.text !== undefined && !this.#ended) this.#socket.send(reply.text);
    if (reply.quiet && !this.#parts.settings.isTraced(this.key)) return;
    this.#keep(queued, reply, frame);
  }

  #keep(queued: Queued, reply: Reply, frame: { id?: MessageId; action?: string }): void {
    const { clock, frames } = this.#parts;
    const { deviations } = reply;
    frames.add({
      station: this.key,
      at: queued.at,
      direction: "fromStation",
      protocol: this.version.protocol,
      action: frame.action,
      messageId: frame.id === undefined ? undefined : String(frame.id),
      call: queued.text,
      answer: reply.text,
      tookMs: Math.round(clock.monotonicMs() - queued.atMs),
      deviations: deviations.length === 0 ? undefined : deviations,
      shownBy: deviations.length === 0 ? undefined : shownBy(this.#parts, this.key),
    });
  }
}
