import type { ReplacedConnection, Socket } from "#bus";
import {
  categoryOf,
  type EventEnvelope,
  eventRowOf,
  isServed,
  keyOf,
  type StationKey,
  type StationState,
} from "#core";
import { goneByTable, goneSince, hasOthers } from "../elsewhere.ts";
import { createQuirkBook, type QuirkBook } from "../quirks/book.ts";
import {
  type ConnectionParts,
  normalClosure,
  replacedReason,
  StationConnection,
} from "./connection.ts";
import { createKnocking } from "./knocking.ts";
import { newCounts, type Peer, type RpcCounts, type RpcParts } from "./parts.ts";
import { createPrompting, type Prompting } from "./prompting.ts";
import { createRecall } from "./recall.ts";
import { createSeldom } from "./seldom.ts";
import { createStateWaits } from "./state-waits.ts";
import type { Asking } from "./to-station/composing.ts";
import { createKeptAnswers } from "./to-station/kept-answers.ts";
import { createLateAnswers } from "./to-station/late-answers.ts";
import { createPastCalls } from "./to-station/past-calls.ts";
import { endRequest, endUnserved, type RequestNames } from "./to-station/request-ends.ts";
import { createTurns } from "./turns.ts";

/** All connections of this node, and what goes over them. */
export interface Rpc {
  /**
   * Takes a new socket. The newest connection of a station wins: an older one is closed; a socket
   * that is older than the one that is there (its handshake took longer) gets nothing.
   */
  open(given: Peer & { address: string; socket: Socket }): StationConnection | undefined;
  /** A station's newest connection has this epoch: an older one that is here is over. */
  replaced(newest: ReplacedConnection): void;
  /** A connection's socket is gone. */
  ended(connection: StationConnection): void;
  current(key: StationKey): StationConnection | undefined;
  all(): IterableIterator<StationConnection>;
  readonly size: number;
  /** What is kept for all connections, each within its limit. */
  readonly held: { readonly lateAnswers: number; readonly keptAnswers: number };
  readonly counts: Readonly<RpcCounts>;
  readonly quirks: QuirkBook;
  /** Whether a station in this state is served without any tolerance. */
  isStrict(state: StationState): boolean;
  /** Records answers that the store could not take when they came. */
  catchUp(): Promise<void>;
  /** Stops listening to events. */
  stop(): void;
}

const policyViolation = 1008;
/** Events after which a station may have other quirks. */
const changesQuirks: ReadonlySet<string> = new Set([
  "ConfiguredChargingStationBooted",
  "UnconfiguredChargingStationBooted",
  "QuirksSet",
  "StrictnessSet",
]);

/** Events after which a station is not served any more. */
const endsService: ReadonlySet<string> = new Set([
  "ChargingStationUnaccepted",
  "ChargingStationDecommissioned",
]);

/** The RPC layer of one node. */
export function createRpc(
  parts: Omit<RpcParts, "quirks" | "complaints"> & { readonly quirks?: QuirkBook },
): Rpc {
  const { clock, limits, quirks = createQuirkBook() } = parts;
  const { complaintRepeatMs: repeatMs, complaintsMax: most } = limits;
  return new NodeRpc({ ...parts, quirks, complaints: createSeldom(clock, { repeatMs, most }) });
}

class NodeRpc implements Rpc {
  readonly counts = newCounts();
  readonly #parts: RpcParts;
  readonly #connectionParts: ConnectionParts;
  readonly #connections = new Map<StationKey, StationConnection>();
  readonly #pins = new WeakMap<StationConnection, () => void>();
  readonly #prompting: Prompting;
  readonly #unsubscribe: readonly ((() => void) | undefined)[];

  constructor(parts: RpcParts) {
    const { bus, clock, limits } = parts;
    const { counts } = this;
    const pastCalls = createPastCalls(limits.lateAnswersMax);
    this.#parts = parts;
    this.#prompting = createPrompting(parts);
    this.#connectionParts = {
      ...parts,
      counts,
      pastCalls,
      keptAnswers: createKeptAnswers(parts),
      waits: createStateWaits(bus.commands, clock),
      turns: createTurns(clock, limits),
      knocking: createKnocking(parts),
      recall: createRecall(parts),
      endOffline: (peer, names) => this.#endUnlessHeld(peer, names),
      unexpected: createLateAnswers(() => this.#connectionParts),
    };
    const ofStations =
      (hear: (event: EventEnvelope) => void) => (batch: readonly EventEnvelope[]) => {
        for (const event of batch) if (categoryOf(event.stream) === "charging-station") hear(event);
      };
    this.#unsubscribe = [
      bus.events.subscribe(ofStations((event) => this.#hear(event))),
      bus.events.subscribeOwn(ofStations((event) => this.#follow(event))),
      parts.cluster?.listen((told) => {
        if (told.message === "replaced") this.replaced(told);
      }),
    ];
  }

  get size(): number {
    return this.#connections.size;
  }

  get held() {
    const { pastCalls, keptAnswers } = this.#connectionParts;
    return { lateAnswers: pastCalls.size, keptAnswers: keptAnswers.size };
  }

  get quirks(): QuirkBook {
    return this.#parts.quirks;
  }

  isStrict(state: StationState): boolean {
    return this.#parts.settings.strict || state.strict;
  }

  open(given: Peer & { address: string; socket: Socket }): StationConnection | undefined {
    const { key, epoch, socket } = given;
    const previous = this.#connections.get(key);
    if (previous !== undefined && previous.epoch > epoch) {
      socket.close(normalClosure, replacedReason);
      return undefined;
    }
    const connection = new StationConnection(this.#connectionParts, given);
    this.#connections.set(key, connection);
    // Another node may have served it until now, and what it committed may not be known here yet.
    if (previous === undefined && hasOthers(this.#parts)) this.#parts.bus.commands.forget(key);
    this.#pins.set(connection, this.#parts.bus.commands.pin(key));
    if (previous !== undefined) {
      connection.isOdd("connectionReplaced");
      this.#push(previous);
    }
    void this.#takeUp(connection);
    return connection;
  }

  readonly replaced = ({ station, epoch }: ReplacedConnection): void => {
    const connection = this.#connections.get(station);
    if (connection === undefined || connection.epoch >= epoch) return;
    connection.isOdd("connectionReplaced");
    this.#push(connection);
  };

  /** A newer one takes its place, here or on another node. */
  #push(connection: StationConnection): void {
    connection.replaced = true;
    connection.close(normalClosure, replacedReason);
    this.ended(connection);
  }

  ended(connection: StationConnection): void {
    const { key } = connection;
    if (this.#connections.get(key) === connection) this.#connections.delete(key);
    connection.ended();
    this.#prompting.ended(connection);
    this.#pins.get(connection)?.();
  }

  current(key: StationKey): StationConnection | undefined {
    return this.#connections.get(key);
  }

  all(): IterableIterator<StationConnection> {
    return this.#connections.values();
  }

  catchUp(): Promise<void> {
    return this.#connectionParts.keptAnswers.retry();
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe?.();
    this.#connectionParts.keptAnswers.stop();
    for (const connection of this.all()) this.#prompting.ended(connection);
  }

  #hear(event: EventEnvelope): void {
    const key = keyOf(event.stream);
    const { waits } = this.#connectionParts;
    if (!waits.idle()) waits.changed(key);
    if (eventRowOf(event.type)?.request === true) {
      this.current(key)?.ask(event as unknown as Asking);
    } else if (event.type === "RequestCompleted") {
      const { requestId } = event.data as { readonly requestId: string };
      this.current(key)?.forget(requestId);
    } else if (event.type === "ChargingStationDecommissioned") {
      this.current(key)?.close(policyViolation, "the station was decommissioned");
    } else if (changesQuirks.has(event.type)) this.#plan(key, event.type);
  }

  /** What a station is has changed, or was told anew: so may what it must be asked for. */
  #plan(key: StationKey, type: string): void {
    const connection = this.current(key);
    const state = this.#parts.bus.commands.stationNow(key);
    if (connection === undefined || state === undefined) return;
    if (type.endsWith("Booted")) this.#prompting.booted(connection);
    this.#prompting.plan(connection, state);
  }

  /** What follows from an event, and is done by the node alone that has committed it. */
  #follow(event: EventEnvelope): void {
    const { stream, type } = event;
    if (endsService.has(type)) void this.#endUnserved(keyOf(stream));
    if (eventRowOf(type)?.request !== true) return;
    const key = keyOf(stream);
    const asking = event as unknown as Asking;
    if (this.current(key) !== undefined || asking.data.validUntil !== undefined) return;
    void this.#endUnlessHeld({ key }, asking.data);
  }

  /**
   * What was not sent is over where nobody holds the station's socket; `epoch` is that of one that
   * is over. The node that holds one hears of the request by itself, and with a station that comes
   * back in this moment, it is taken up.
   */
  async #endUnlessHeld(
    { key, epoch }: { readonly key: StationKey; readonly epoch?: number },
    { requestId, correlationId }: RequestNames,
  ): Promise<void> {
    try {
      const gone = await this.#goneSince(key, epoch);
      const here = this.current(key);
      const isHere = here !== undefined && here.epoch !== epoch;
      if (gone === undefined || isHere) return;
      const end = { outcome: "stationOffline", sent: false, ...gone } as const;
      await endRequest(this.#parts, key, { requestId, correlationId, ...end });
    } catch (error) {
      // Its deadline ends it.
      const { log } = this.#parts;
      log.error("Nobody knows where a request's station is", { station: key, requestId, error });
    }
  }

  #goneSince(key: StationKey, left: number | undefined) {
    if (left !== undefined) return goneByTable(this.#parts, key);
    return hasOthers(this.#parts) ? goneSince(this.#parts, key) : { epoch: undefined };
  }

  /** What waits for a station, here or in the store alone, ends with its being served. */
  async #endUnserved(key: StationKey): Promise<void> {
    const { bus, log } = this.#parts;
    try {
      const state = await bus.commands.station(key);
      if (!isServed(state)) await endUnserved(this.#parts, { key, state });
    } catch (error) {
      log.error("A station's requests could not be ended", { station: key, error });
    }
  }

  async #takeUp(connection: StationConnection): Promise<void> {
    const { bus, log } = this.#parts;
    try {
      const state = await bus.commands.station(connection.key);
      if (this.current(connection.key) === connection) this.#prompting.plan(connection, state);
      if (state.requests.length === 0) return;
      // An answer that came on an older connection may only wait for the store.
      await this.catchUp();
      await endStale(this.#parts, connection, state);
      await connection.drainRequests();
    } catch (error) {
      const { stationId } = connection;
      log.error("A station's requests could not be taken up", { station: stationId, error });
    }
  }
}

/** Requests that went out on an older connection and were not answered there are over. */
async function endStale(
  parts: RpcParts,
  { key, epoch }: Pick<Peer, "key" | "epoch">,
  state: StationState,
): Promise<void> {
  for (const request of state.requests) {
    const { requestId, correlationId } = request;
    if (request.epoch === undefined || request.epoch >= epoch) continue;
    await endRequest(parts, key, { requestId, correlationId, outcome: "timedOut", sent: true });
  }
}
