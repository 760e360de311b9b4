// A node among others, made of tables that all nodes share and a carrier of messages.
import type { CarrierKind, Clock, Cluster, ClusterMessage, Log } from "#bus";
import type { Limits } from "#limits";
import { Asking } from "./asking.ts";
import type { Carrier, CarrierParts } from "./carrier.ts";
import { Condition } from "./condition.ts";
import { Inbox } from "./inbox.ts";
import { type Packet, packetOf, textOf } from "./packets.ts";

/** One node's way to the tables of nodes and leases. */
export type NodeTables = Pick<
  Cluster,
  "announce" | "leave" | "nodes" | "claim" | "giveUp" | "leases" | "close"
>;

interface CarriedParts {
  readonly node: string;
  readonly cell: string;
  readonly kind: CarrierKind;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly tables: NodeTables;
  readonly openCarrier: (parts: CarrierParts) => Promise<Carrier>;
}

/** Joins; the tables are closed with it. */
export async function createCarried(parts: CarriedParts): Promise<Cluster> {
  const { node, cell, kind, clock, limits, log, tables } = parts;
  const condition = new Condition(kind, log);
  // What comes while the carrier is still being opened cannot be answered yet.
  let send: Carrier["send"] = () => {};
  const asking = new Asking({
    ...{ node, clock, limits, log },
    send: (to, message) => {
      const question = "ask" in message ? message.id : undefined;
      send({ to, text: textOf({ asking: message }), question });
    },
  });
  const listeners = createListeners(log);
  const take = (text: string) => {
    const packet: Packet | undefined = packetOf(text);
    if (packet === undefined) log.debug("A message of another node is not understood", { text });
    else if ("asking" in packet) asking.take(packet.asking);
    else listeners.tell(packet.told);
  };
  const inbox = new Inbox({ take, condition, clock, limits });
  const carrier = await parts.openCarrier({
    ...{ node, cell, clock, limits, log, condition },
    heard: (text) => inbox.push(text),
    unheard: (question, why) => asking.unheard(question, why),
  });
  send = carrier.send;
  let closing: Promise<void> | undefined;
  const close = async () => {
    asking.close();
    await carrier.close();
    await tables.close();
  };
  return {
    node,
    isAlone: false,
    growthChannel: carrier.growthChannel,
    ...tables,
    tell: (to, told) => send({ to, text: textOf({ told }) }),
    ask: (other, name, question) => asking.ask(other, name, question),
    answer: (answerer) => asking.answer(answerer),
    listen: listeners.add,
    health: async () => ({ ...condition.health(), questions: asking.figures }),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function createListeners(log: Log) {
  const listeners = new Set<(message: ClusterMessage) => void>();
  return {
    add: (listener: (message: ClusterMessage) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** One that fails keeps nothing from the others. */
    tell: (told: ClusterMessage) => {
      for (const listener of listeners) {
        try {
          listener(told);
        } catch (error) {
          log.error("A listener to other nodes failed", { error, message: told.message });
        }
      }
    },
  };
}
