import type { Clock, Cluster, ClusterMessage, Dice, Log } from "#bus";
import type { Limits } from "#limits";
import { Asking } from "../asking.ts";
import { Condition } from "../condition.ts";
import type { Packet } from "../packets.ts";
import { createTables, type Tables } from "./tables.ts";

/** What goes wrong between nodes. A simulation changes it as it runs. */
export interface NetworkFaults {
  /** Of a thousand messages. */
  lostPerMille: number;
  doubledPerMille: number;
  /** Each message takes a time between these two. */
  delayMs: readonly [least: number, most: number];
  /** Whether messages pass from one node to another. */
  passes: (from: string, to: string) => boolean;
  /** Whether a node reaches the tables. */
  reachesTables: (node: string) => boolean;
}

/** Several nodes in one process, for tests and simulations. */
export interface MemoryNetwork {
  readonly faults: NetworkFaults;
  /** A node's own end; `clock` is the node's, which may stand still when others' go on. */
  node(name: string, own: { readonly clock: Clock; readonly log: Log }): Cluster;
  /** What comes for a node waits until it is thawed. */
  freeze(node: string): void;
  thaw(node: string): void;
}

interface Parts {
  /** Of the network and the tables. */
  readonly clock: Clock;
  readonly dice: Dice;
  readonly limits: Limits;
}

/** A network without faults, until they are set. */
export function createMemoryNetwork(parts: Parts): MemoryNetwork {
  return new Network(parts);
}

class Network implements MemoryNetwork {
  readonly faults: NetworkFaults = {
    lostPerMille: 0,
    doubledPerMille: 0,
    delayMs: [0, 0],
    passes: () => true,
    reachesTables: () => true,
  };
  readonly #parts: Parts;
  readonly #tables: Tables;
  readonly #nodes = new Map<string, (packet: Packet) => void>();
  readonly #frozen = new Map<string, (() => void)[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#tables = createTables(parts.clock, parts.limits.deadNodeMs);
  }

  node(name: string, own: { readonly clock: Clock; readonly log: Log }): Cluster {
    const { limits } = this.#parts;
    const listeners = new Set<(message: ClusterMessage) => void>();
    const condition = new Condition("memory", own.log);
    const send = (to: string, packet: Packet) => {
      condition.sent(1);
      this.#send(name, to, packet);
    };
    const asking = new Asking({
      ...{ node: name, ...own, limits },
      send: (to, message) => send(to, { asking: message }),
    });
    this.#nodes.set(name, (packet) => {
      condition.received();
      if ("asking" in packet) asking.take(packet.asking);
      else for (const listener of listeners) listener(packet.told);
    });
    return {
      node: name,
      isAlone: false,
      ...this.#tablesOf(name),
      tell: (to, told) => {
        if (to !== undefined) return send(to, { told });
        for (const other of this.#nodes.keys()) if (other !== name) send(other, { told });
      },
      ask: (other, what, question) => asking.ask(other, what, question),
      answer: (answerer) => asking.answer(answerer),
      health: async () => ({ ...condition.health(), questions: asking.figures }),
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: async () => {
        this.#nodes.delete(name);
        asking.close();
      },
    };
  }

  freeze(node: string): void {
    if (!this.#frozen.has(node)) this.#frozen.set(node, []);
  }

  thaw(node: string): void {
    const held = this.#frozen.get(node) ?? [];
    this.#frozen.delete(node);
    for (const goOn of held) goOn();
  }

  #tablesOf(name: string) {
    const tables = this.#tables;
    const table = async <T>(look: () => T): Promise<T> => {
      await this.#untilThawed(name);
      if (!this.faults.reachesTables(name)) throw new Error("the tables cannot be reached");
      const seen = look();
      await this.#untilThawed(name);
      return seen;
    };
    return {
      announce: (card, forMs) => table(() => tables.announce(name, card, forMs)),
      leave: () => table(() => tables.leave(name)),
      nodes: () => table(() => tables.nodes()),
      claim: (names, forMs) => table(() => tables.claim(name, names, forMs)),
      giveUp: (leases) => table(() => tables.giveUp(name, leases)),
      leases: () => table(() => tables.leases()),
    } satisfies Partial<Cluster>;
  }

  #untilThawed(node: string): Promise<void> | undefined {
    const held = this.#frozen.get(node);
    return held && new Promise((resolve) => held.push(resolve));
  }

  /** As text: nodes share no objects. */
  #send(from: string, to: string, packet: Packet): void {
    const { dice } = this.#parts;
    const { lostPerMille, doubledPerMille } = this.faults;
    const text = JSON.stringify(packet);
    if (lostPerMille > 0 && dice.below(1000) < lostPerMille) return;
    this.#carry(from, to, text);
    if (doubledPerMille > 0 && dice.below(1000) < doubledPerMille) this.#carry(from, to, text);
  }

  #carry(from: string, to: string, text: string): void {
    const { clock, dice } = this.#parts;
    const [least, most] = this.faults.delayMs;
    const arrive = () => this.#arrive(from, to, text);
    if (most === 0) queueMicrotask(arrive);
    else clock.after(least + dice.below(most - least + 1), arrive);
  }

  #arrive(from: string, to: string, text: string): void {
    if (!this.faults.passes(from, to) || this.#frozen.has(from)) return;
    const held = this.#frozen.get(to);
    if (held === undefined) this.#nodes.get(to)?.(JSON.parse(text));
    else if (held.length < this.#parts.limits.nodeMessagesMax) {
      held.push(() => this.#nodes.get(to)?.(JSON.parse(text)));
    }
  }
}
