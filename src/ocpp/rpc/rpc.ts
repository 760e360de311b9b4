import type { Socket } from "#bus";
import {
  categoryOf,
  type EventEnvelope,
  eventRowOf,
  keyOf,
  type StationKey,
  type StationState,
} from "#core";
import { answerOf, type PastCall } from "./answers.ts";
import { type ConnectionParts, StationConnection } from "./connection.ts";
import { noteDeviations } from "./deviations.ts";
import type { Frame } from "./frame.ts";
import { createKnocking } from "./knocking.ts";
import type { Asking, PastCalls } from "./outbound.ts";
import { newCounts, type Peer, type RpcCounts, type RpcParts } from "./parts.ts";
import { endRequest, recordAnswer } from "./request-ends.ts";
import { createStateWaits } from "./state-waits.ts";

/** All connections of this node, and what goes over them. */
export interface Rpc {
  /**
   * Takes a new socket. The newest connection of a station wins: an older one is closed; a socket that
   * is older than the one that is there (its handshake took longer) gets nothing.
   */
  open(given: Peer & { address: string; socket: Socket }): StationConnection | undefined;
  /** A connection's socket is gone. */
  ended(connection: StationConnection): void;
  current(key: StationKey): StationConnection | undefined;
  all(): IterableIterator<StationConnection>;
  readonly size: number;
  readonly counts: Readonly<RpcCounts>;
  /** Stops listening to events. */
  stop(): void;
}

const normalClosure = 1000;
const policyViolation = 1008;

export function createRpc(parts: RpcParts): Rpc {
  const connections = new Map<StationKey, StationConnection>();
  const pins = new WeakMap<StationConnection, () => void>();
  const counts = newCounts();
  const { commands, events } = parts.bus;
  const waits = createStateWaits(commands, parts.clock);
  const pastCalls = createPastCalls(parts.limits.lateAnswersMax);
  const knocking = createKnocking(parts);
  const connectionParts: ConnectionParts = {
    ...parts,
    ...{ waits, pastCalls, knocking, counts },
    unexpected: (frame, given) => {
      void lateAnswer(parts, { ...given, frame, pastCalls, counts });
    },
  };

  const stop = events.subscribe((batch) => {
    for (const event of batch) {
      if (categoryOf(event.stream) === "charging-station") heard(event);
    }
  });

  function heard(event: EventEnvelope): void {
    const key = keyOf(event.stream);
    if (!waits.idle()) waits.changed(key);
    if (eventRowOf(event.type)?.request === true) requested(key, event as unknown as Asking);
    else if (event.type === "RequestCompleted") {
      const { requestId } = event.data as { readonly requestId: string };
      connections.get(key)?.forget(requestId);
    } else if (event.type === "ChargingStationDecommissioned") {
      connections.get(key)?.close(policyViolation, "the station was decommissioned");
    }
  }

  function requested(key: StationKey, asking: Asking): void {
    const connection = connections.get(key);
    if (connection !== undefined) connection.ask(asking);
    else if (asking.data.validUntil === undefined) {
      void endRequest(parts, key, { ...asking.data, outcome: "stationOffline", sent: false });
    }
  }

  async function takeUp(connection: StationConnection): Promise<void> {
    try {
      const state = await commands.station(connection.key);
      if (state.requests.length === 0) return;
      await endStale(parts, connection, state);
      await connection.drainRequests();
    } catch (error) {
      const { stationId } = connection;
      parts.log.error("A station's requests could not be taken up", { station: stationId, error });
    }
  }

  return {
    open: (given) => {
      const previous = connections.get(given.key);
      if (previous !== undefined && previous.epoch > given.epoch) {
        given.socket.close(normalClosure, "replaced by a newer connection");
        return undefined;
      }
      const connection = new StationConnection(connectionParts, given);
      connections.set(given.key, connection);
      pins.set(connection, commands.pin(given.key));
      if (previous !== undefined) {
        previous.replaced = true;
        previous.close(normalClosure, "replaced by a newer connection");
        previous.ended();
        pins.get(previous)?.();
      }
      void takeUp(connection);
      return connection;
    },
    ended: (connection) => {
      if (connections.get(connection.key) === connection) connections.delete(connection.key);
      connection.ended();
      pins.get(connection)?.();
    },
    current: (key) => connections.get(key),
    all: () => connections.values(),
    get size() {
      return connections.size;
    },
    counts,
    stop,
  };
}

/** Requests that went out on an older connection and were not answered there are over. */
async function endStale(
  parts: RpcParts,
  { key, epoch }: Pick<Peer, "key" | "epoch">,
  state: StationState,
): Promise<void> {
  for (const request of state.requests) {
    if (request.epoch === undefined || request.epoch >= epoch) continue;
    await endRequest(parts, key, { ...request, outcome: "timedOut", sent: true });
  }
}

/** An answer after its time becomes an event of its own; an answer to nothing is only counted. */
async function lateAnswer(
  parts: RpcParts,
  given: {
    readonly peer: Peer;
    readonly text: string;
    readonly frame: Extract<Frame, { readonly kind: "result" | "error" }>;
    readonly pastCalls: PastCalls;
    readonly counts: RpcCounts;
  },
): Promise<void> {
  const { peer, text, frame, pastCalls, counts } = given;
  const at = parts.clock.now();
  const messageId = String(frame.id);
  const call = pastCalls.take(messageId);
  const known = call?.key === peer.key ? call : undefined;
  const code = known === undefined ? "answerToNothing" : "lateAnswer";
  parts.frames.add({
    station: peer.key,
    at,
    direction: "toStation",
    protocol: peer.version.protocol,
    ...{ action: known?.action, messageId, correlationId: known?.correlationId },
    call: known?.text ?? "",
    answer: text,
    deviations: [code],
  });
  try {
    if (known === undefined) {
      counts.framesIgnored += 1;
      return noteDeviations(parts, peer, { codes: [code], at });
    }
    counts.lateAnswers += 1;
    const read = await answerOf(parts, known, frame);
    await recordAnswer(parts, { ...read, key: peer.key, closing: (end) => end });
  } catch (error) {
    const fields = { station: peer.stationId, messageId, error };
    parts.log.error("A late answer could not be recorded", fields);
  }
}

function createPastCalls(most: number): PastCalls {
  const calls = new Map<string, PastCall>();
  return {
    keep: (call) => {
      calls.set(call.messageId, call);
      const oldest = calls.size > most ? calls.keys().next() : undefined;
      if (oldest?.value !== undefined) calls.delete(oldest.value);
    },
    take: (messageId) => {
      const call = calls.get(messageId);
      calls.delete(messageId);
      return call;
    },
  };
}
