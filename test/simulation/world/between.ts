// What is between the nodes of a cluster: their messages, their tables, and the ways to the engines
// that they share; with all that can go wrong on it.
import type { Cluster, Log } from "#bus";
import { createMemoryNetwork, type MemoryNetwork } from "#cluster";
import type { Limits } from "#limits";
import type { TenureCheck } from "../checks/tenures.ts";
import { type Dice, instantText, productDice } from "./dice.ts";
import { EngineLine } from "./engine-line.ts";
import type { Life } from "./life.ts";
import type { Timeline } from "./timeline.ts";

/** What messages suffer in ordinary times. */
export interface Messages {
  readonly lostPerMille: number;
  readonly doubledPerMille: number;
  readonly delayMs: readonly [number, number];
}

/** A node's ways to the database: for log and views, and for the cluster's tables. */
export interface Lines {
  readonly database: EngineLine;
  readonly tables: EngineLine;
}

interface BetweenParts {
  readonly timeline: Timeline;
  /** Chance for one use. */
  readonly dice: (name: string) => Dice;
  readonly limits: Limits;
  readonly messages: Messages;
  readonly tenures: TenureCheck;
}

const calm: Messages = { lostPerMille: 0, doubledPerMille: 0, delayMs: [1, 5] };

export class Between {
  /** Nothing carries messages at the moment: NATS is away. */
  isDown = false;
  /** A change of what a node is given for its cluster: the plants of a test. */
  change: (cluster: Cluster) => Cluster = (cluster) => cluster;
  readonly #parts: BetweenParts;
  readonly #network: MemoryNetwork;
  readonly #lines = new Map<string, Lines>();
  /** Ends of the processes that are there. */
  readonly #ends = new Map<string, Cluster>();
  /** `{from} {to}` of nodes that do not hear each other. */
  readonly #parted = new Set<string>();

  constructor(parts: BetweenParts) {
    const { timeline, dice, limits, messages } = parts;
    this.#parts = parts;
    const clock = {
      now: () => instantText(timeline.now),
      monotonicMs: () => timeline.now,
      after: timeline.after.bind(timeline),
    };
    this.#network = createMemoryNetwork({ clock, dice: productDice(dice("messages")), limits });
    const { faults } = this.#network;
    Object.assign(faults, messages);
    faults.passes = (from, to) => !this.isDown && !this.#parted.has(`${from} ${to}`);
  }

  /** What messages suffer from now on. */
  set messages(messages: Messages) {
    Object.assign(this.#network.faults, messages);
  }

  /** What they suffer in this world when nothing strikes. */
  get ordinary(): Messages {
    return this.#parts.messages;
  }

  lines(node: string): Lines {
    const known = this.#lines.get(node);
    if (known !== undefined) return known;
    const { timeline, dice } = this.#parts;
    const lines = {
      database: new EngineLine({ timeline, dice: dice(`${node} database`) }),
      tables: new EngineLine({ timeline, dice: dice(`${node} tables`) }),
    };
    this.#lines.set(node, lines);
    return lines;
  }

  /** The cluster as one life of a node has it. */
  end(node: string, { life, log }: { readonly life: Life; readonly log: Log }): Cluster {
    const own = this.#network.node(node, { clock: life.clock, log });
    this.#ends.set(node, own);
    const { tables } = this.lines(node);
    const over = <T>(ask: () => Promise<T>): Promise<T> => life.outlived(tables.carry(ask));
    const cluster: Cluster = {
      ...own,
      announce: (card, forMs) => over(() => own.announce(card, forMs)),
      leave: () => over(() => own.leave()),
      nodes: () => life.outlived(tables.read(() => own.nodes())),
      claim: (names, forMs) => over(() => own.claim(names, forMs)),
      giveUp: (leases) => over(() => own.giveUp(leases)),
      leases: () => life.outlived(tables.read(() => own.leases())),
      ask: (other, name, question) => life.outlived(own.ask(other, name, question)),
      listen: (listener) => own.listen((told) => life.whenAwake(() => listener(told))),
    };
    return this.#parts.tenures.watched(node, this.change(cluster));
  }

  /** A node's process is dead: nobody takes what comes for it. */
  forget(node: string): void {
    void this.#ends.get(node)?.close();
    this.#ends.delete(node);
    this.#network.thaw(node);
  }

  /** What comes for a node waits, until it goes on. */
  freeze(node: string): void {
    this.#network.freeze(node);
  }

  thaw(node: string): void {
    this.#network.thaw(node);
  }

  /** One does not hear the other any more. */
  part({ from, to }: { readonly from: string; readonly to: string }): void {
    this.#parted.add(`${from} ${to}`);
  }

  /** All hear each other again. */
  join(): void {
    this.#parted.clear();
  }

  /** Nothing goes wrong any more. */
  calm(): void {
    this.join();
    this.isDown = false;
    this.messages = calm;
    for (const { database, tables } of this.#lines.values()) {
      database.heal();
      tables.heal();
    }
  }
}
