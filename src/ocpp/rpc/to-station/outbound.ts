// The runner for CALLs to a station: one in flight, the others wait by priority. What waits here
// waits in the store, too; this is only the order in which it goes out.
import type { Frame } from "#bus";
import { isServed } from "#core";
import { noteDeviations, shownBy } from "../deviations.ts";
import { callText, type ErrorFrame, type ResultFrame } from "../frame.ts";
import type { Peer, RpcCounts, RpcParts } from "../parts.ts";
import { type Speech, speechOf } from "../rows.ts";
import { answerOf, joinedEnd, type PastCall } from "./answers.ts";
import { type Asking, callsOf } from "./composing.ts";
import type { KeptAnswers } from "./kept-answers.ts";
import type { OutboundSocket } from "./outbound-socket.ts";
import {
  type End,
  endRequest,
  outstanding,
  type ReadAnswer,
  type RequestNames,
  recordAnswer,
  recordEnd,
  recordSent,
  unserved,
} from "./request-ends.ts";

interface Waiting {
  readonly asking: Asking;
  readonly priority: number;
}

/** A request on its way: what it consists of yet, and how its first calls ended. */
interface Spoken {
  readonly names: RequestNames;
  readonly speech: Speech;
  readonly calls: readonly unknown[];
  readonly ends: readonly End[];
  /** Data of the row's own event. */
  readonly asked: unknown;
  /** By a quirk. */
  readonly timeoutMs: number | undefined;
}

interface Flight extends PastCall {
  readonly spoken: Spoken;
  readonly sentAtMs: number;
  readonly cancelTimer: () => void;
}

/** What came back, if anything did. */
interface Answered {
  readonly text: string | undefined;
  readonly tookMs: number;
  readonly deviations?: readonly string[] | undefined;
  readonly shownBy?: Frame["shownBy"];
}

/** Calls that were given up and may be answered yet, by message id; shared by all connections. */
export interface PastCalls {
  keep(call: PastCall): void;
  take(messageId: string): PastCall | undefined;
  readonly size: number;
}

export interface OutboundParts extends RpcParts {
  readonly pastCalls: PastCalls;
  readonly keptAnswers: KeptAnswers;
  readonly counts: RpcCounts;
  /** Ends what was not sent on a connection that is over, if the station is on no other either. */
  readonly endOffline: (peer: Pick<Peer, "key" | "epoch">, names: RequestNames) => Promise<void>;
}

const declaredPriority = 2;
/** OCPP-J 1.6 §4.1.4, 2.0.1 Part 4 §4.1.4. */
const messageIdCharactersMax = 36;

/** CALLs of one connection. */
export class Outbound {
  readonly #parts: OutboundParts;
  readonly #peer: Peer;
  readonly #socket: OutboundSocket;
  readonly #waiting: Waiting[] = [];
  #flight: Flight | undefined;
  #pumping = false;
  /** An answer is being recorded; the next call goes out when that is done. */
  #settling = false;
  /** The last call was given up. */
  #isSilent = false;
  #closed = false;
  #replaced = false;
  /** There may be more in the store than was taken up. */
  #moreInStore = false;

  constructor(parts: OutboundParts, peer: Peer, socket: OutboundSocket) {
    this.#parts = parts;
    this.#peer = peer;
    this.#socket = socket;
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes up what the store says is waiting; called at the start and when a failure is over. */
  async drain(): Promise<void> {
    const { store, log } = this.#parts;
    this.#moreInStore = false;
    try {
      for (const { position } of await store.pendingRequests(this.#peer.key)) {
        const event = await store.readAt(position);
        if (this.#closed) return;
        if (event !== undefined) this.add({ type: event.type, data: JSON.parse(event.data) });
      }
      // What waits here since a failure is known already and would wake nobody.
      void this.#pump();
    } catch (error) {
      log.error("Waiting requests could not be read", { station: this.#peer.stationId, error });
      this.#drainLater();
    }
  }

  /** Queues a request; one that is here already stays one. */
  add(asking: Asking): void {
    const { requestId } = asking.data;
    const known = this.#waiting.some((one) => one.asking.data.requestId === requestId);
    if (this.#closed || known || this.#flight?.requestId === requestId) return;
    if (this.#waiting.length >= this.#parts.limits.outboundQueueMax) {
      this.#moreInStore = true;
      return;
    }
    const speech = speechOf(this.#peer.version, asking);
    const priority = speech?.row?.priority ?? declaredPriority;
    const after = this.#waiting.findIndex((one) => one.priority > priority);
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, { asking, priority });
    void this.#pump();
  }

  /** A request has ended some other way (superseded, withdrawn, overdue). */
  forget(requestId: string): void {
    const at = this.#waiting.findIndex((one) => one.asking.data.requestId === requestId);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /** An answer from the station; false if nothing of this connection waits for it. */
  settle(frame: ResultFrame | ErrorFrame, text: string): boolean {
    const flight = this.#flight;
    if (flight === undefined || flight.messageId !== String(frame.id)) return false;
    flight.cancelTimer();
    this.#flight = undefined;
    this.#isSilent = false;
    this.#settling = true;
    void this.#record(flight, frame, this.#answered(text, flight)).finally(() => {
      this.#settling = false;
      void this.#pump();
    });
    return true;
  }

  /** The socket is gone: what was sent may have been executed; what was not, never will be. */
  close(given: { readonly replaced: boolean }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#replaced = given.replaced;
    if (this.#flight !== undefined) this.#giveUp(this.#flight);
    const waiting = this.#waiting.splice(0);
    for (const { asking } of waiting) this.#takeBack(asking.data);
  }

  /** Never sent: the next connection takes it up, or it waits for one if it may, or it is over. */
  #takeBack(data: Asking["data"]): void {
    if (this.#replaced || data.validUntil !== undefined) return;
    void this.#endOffline(data);
  }

  /** Only whose connection is the station's newest may say that it is gone. */
  async #endOffline({ requestId, correlationId }: RequestNames): Promise<void> {
    const { key, epoch } = this.#peer;
    const names = { requestId, correlationId };
    const end = { ...names, outcome: "stationOffline", sent: false, epoch } as const;
    const ended = await endRequest(this.#parts, key, end);
    if (ended === "fenced") await this.#parts.endOffline(this.#peer, names);
  }

  async #pump(): Promise<void> {
    if (this.#pumping || this.#settling) return;
    this.#pumping = true;
    try {
      while (this.#flight === undefined && !this.#settling && !this.#closed) {
        // What it has not read, it would find beside the next: one call at a time, for it, too.
        const isUnread = this.#isSilent && this.#socket.unread() > 0;
        this.#moreInStore ||= isUnread;
        const next = isUnread ? undefined : this.#waiting.shift();
        if (next === undefined) break;
        await this.#sendOne(next);
      }
    } catch (error) {
      this.#moreInStore = true;
      const fields = { station: this.#peer.stationId, error };
      this.#parts.log.error("A request could not be sent and goes on waiting", fields);
    } finally {
      this.#pumping = false;
    }
    const isStuck = this.#waiting.length === 0 || (this.#flight === undefined && !this.#settling);
    if (this.#moreInStore && isStuck && !this.#closed) this.#drainLater();
  }

  #drainLater(): void {
    this.#moreInStore = false;
    this.#parts.clock.after(this.#parts.limits.sweepIntervalMs, () => {
      if (!this.#closed) void this.drain();
    });
  }

  async #sendOne({ asking }: Waiting): Promise<void> {
    const { bus, clock } = this.#parts;
    const { data } = asking;
    const state = await bus.commands.station(this.#peer.key);
    const open = outstanding(state, data.requestId);
    if (open === undefined || open.epoch !== undefined) return;
    // Overdue: the sweeper ends it.
    if ((data.validUntil ?? data.deadline) <= clock.now()) return;
    if (!isServed(state)) return this.#endUnsent(data, unserved);
    const speech = speechOf(this.#peer.version, asking);
    if (speech === undefined) return this.#endUnsent(data, { outcome: "notSupported" });
    const quirks = this.#parts.quirks.of(state);
    if (quirks.neverSend?.includes(speech.action) === true) {
      const description = `a quirk of this model: ${speech.action} is never sent to it`;
      return this.#endUnsent(data, { outcome: "notSupported", result: { description } });
    }
    const composed = await callsOf(this.#parts, this.#peer, { asking, speech, state });
    if ("refused" in composed) {
      const { refused } = composed;
      const { requestId } = data;
      const { action } = speech;
      const fields = { station: this.#peer.stationId, action, requestId, refused };
      this.#parts.log.error("A request was not sent, since it would be wrong", fields);
      return this.#endUnsent(data, { outcome: "failed", result: { description: refused } });
    }
    // The socket went while the request was composed: as if it had waited here.
    if (this.#closed) {
      this.#takeBack(data);
      return;
    }
    const recorded = await recordSent(this.#parts, this.#peer, data);
    if (recorded === "fenced") return this.#outrun(data);
    if (recorded !== "sent") return;
    const { calls } = composed;
    const own = asking.type === "OcppCallRequested" ? undefined : data;
    const seconds = quirks.callTimeoutSeconds?.[speech.action];
    const timeoutMs = seconds === undefined ? undefined : seconds * 1000;
    this.#write({ names: data, speech, calls, ends: [], asked: own, timeoutMs });
  }

  #write(spoken: Spoken): void {
    const { names, speech, calls, asked, timeoutMs } = spoken;
    const { action, row } = speech;
    const { clock, ids, limits, counts } = this.#parts;
    const { requestId, correlationId } = names;
    // Whichever node hears the answer, however late, knows the request by it.
    const isNamed = spoken.ends.length === 0 && requestId.length <= messageIdCharactersMax;
    const messageId = isNamed ? requestId : ids.next();
    const [request] = calls;
    const text = callText(messageId, action, JSON.stringify(request));
    const { key, stationId, version } = this.#peer;
    const flight: Flight = {
      ...{ key, stationId, version, requestId, correlationId, messageId, action, row },
      ...{ request, asked, text, spoken },
      at: clock.now(),
      sentAtMs: clock.monotonicMs(),
      cancelTimer: clock.after(timeoutMs ?? row?.timeoutMs ?? limits.callTimeoutMs, () => {
        if (this.#flight !== flight) return;
        this.#flight = undefined;
        this.#isSilent = true;
        this.#giveUp(flight);
        void this.#pump();
      }),
    };
    // The socket went while the sending was recorded.
    if (this.#closed) {
      this.#giveUp(flight);
      return;
    }
    this.#flight = flight;
    counts.callsToStations += 1;
    this.#socket.send(text);
  }

  /** Not answered: it may have been executed, and a late answer may still come. */
  #giveUp(flight: Flight): void {
    flight.cancelTimer();
    this.#parts.counts.callsTimedOut += 1;
    // Without its timer, which would keep connection and socket in memory for as long.
    const { spoken: _spoken, sentAtMs: _sentAtMs, cancelTimer: _cancelTimer, ...past } = flight;
    this.#parts.pastCalls.keep(past);
    this.#keepFrame(flight, this.#answered(undefined, flight));
    const { requestId, correlationId } = flight;
    const end = { requestId, correlationId, outcome: "timedOut", sent: true } as const;
    void endRequest(this.#parts, this.#peer.key, end);
  }

  #answered(text: string | undefined, { sentAtMs }: Flight): Answered {
    return { text, tookMs: Math.round(this.#parts.clock.monotonicMs() - sentAtMs) };
  }

  /** Until that is done, nothing else goes out: a store that is away records no sending either. */
  #record(flight: Flight, frame: ResultFrame | ErrorFrame, answered: Answered): Promise<void> {
    const { keptAnswers, clock } = this.#parts;
    const { requestId } = flight;
    const at = clock.now();
    let read: ReadAnswer | undefined;
    const write = async () => {
      read ??= await this.#read(flight, frame, answered);
      await this.#recordRead(flight, { ...read, at });
    };
    return keptAnswers.record({ station: this.#peer.stationId, requestId, write });
  }

  async #read(
    flight: Flight,
    frame: ResultFrame | ErrorFrame,
    answered: Answered,
  ): Promise<ReadAnswer> {
    const { action } = flight;
    const read = await answerOf(this.#parts, flight, frame);
    if (read.deviations.length === 0) {
      this.#keepFrame(flight, answered);
      return read;
    }
    const { deviations } = read;
    const shown = shownBy(this.#parts, this.#peer.key);
    this.#keepFrame(flight, { ...answered, deviations, shownBy: shown });
    noteDeviations(this.#parts, this.#peer, { codes: deviations, at: flight.at, action });
    return read;
  }

  async #recordRead(
    { spoken, messageId }: Flight,
    read: ReadAnswer & { readonly at: string },
  ): Promise<void> {
    const rest = spoken.calls.slice(1);
    const { key } = this.#peer;
    const goesOn = (end: End) => rest.length > 0 && end.outcome === "accepted";
    const closing = (end: End) =>
      goesOn(end) ? undefined : joinedEnd(spoken.speech.row, spoken.ends, end);
    const end = await recordAnswer(this.#parts, { ...read, key, messageId, closing });
    if (end === undefined || !goesOn(end)) return;
    this.#write({ ...spoken, calls: rest, ends: [...spoken.ends, end] });
  }

  /** Ends what will not be sent. Where that fails, the request goes on waiting. */
  async #endUnsent(data: Asking["data"], end: End): Promise<void> {
    const { key, epoch } = this.#peer;
    const { requestId, correlationId } = data;
    const verdict = { requestId, correlationId, ...end, sent: false, epoch };
    const ended = await recordEnd(this.#parts, key, verdict);
    if (ended === "fenced") await this.#outrun(data);
  }

  /** The station is elsewhere, or was: there it is decided what becomes of the request. */
  async #outrun(data: Asking["data"]): Promise<void> {
    this.#socket.outrun();
    if (data.validUntil === undefined) await this.#parts.endOffline(this.#peer, data);
  }

  #keepFrame(flight: Flight, { text: answer, ...more }: Answered): void {
    const { frames } = this.#parts;
    const { key, version, at, action, messageId, correlationId, text } = flight;
    frames.add({
      station: key,
      at,
      direction: "toStation",
      protocol: version.protocol,
      ...{ action, messageId, correlationId },
      call: text,
      answer,
      ...more,
    });
  }
}
