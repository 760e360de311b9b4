// Goal: what a node remembers of a stream is what the log says at that version, and in the end at
// its last one, however its own commits and those of others reach it. Method: seeded chance lets
// two nodes decide, and holds back what the store tells them; after each step memory is compared.
import { expect, it } from "vitest";
import {
  categoryOf,
  deciderOf,
  fold,
  type StreamName,
  streams,
  systemActor,
  toChargingStation,
  toToken,
} from "#core";
import { testDice, testEnvironment } from "#support/environment";
import { createMemoryEventStore } from "#support/stores";
import { positionOf } from "../cursor.ts";
import { createEventBus } from "../event-bus.ts";
import type { Execution } from "../execution.ts";
import type { Dice } from "../ports/environment.ts";
import type { EventStore, StoredEvent } from "../ports/event-store.ts";
import { decode } from "./codec.ts";
import { createCommandBus, TooManyConflicts } from "./command-bus.ts";
import { StreamStates } from "./stream-states.ts";

const actor = systemActor("test");
const stations = ["a", "b"];
const tokens = ["t"];
const all: readonly StreamName[] = [
  ...stations.map(streams.chargingStation),
  ...tokens.map(streams.token),
];
const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice.below(from.length)] as T;

async function turn(): Promise<void> {
  for (let count = 0; count < 3; count += 1) await new Promise((done) => setImmediate(done));
}

/** A store whose words are held back, coming and going, until each is let through. */
function slow(store: EventStore) {
  const held: (() => void)[] = [];
  const hold = () => new Promise<void>((resolve) => held.push(resolve));
  const wrapped = Object.fromEntries(
    Object.entries(store).map(([name, call]) => {
      const through = async (...given: unknown[]) => {
        await hold();
        const result = await (call as (...given: unknown[]) => Promise<unknown>)(...given);
        await hold();
        return result;
      };
      return [name, name === "health" ? call : through];
    }),
  ) as unknown as EventStore;
  const letThrough = (dice: Dice) => held.splice(dice.below(held.length), 1)[0]?.();
  return { store: wrapped, held, letThrough };
}

function nodeOn(shared: EventStore) {
  const environment = testEnvironment({
    ...{ stationCacheMax: 2, transactionCacheMax: 2, snapshotEveryEvents: 3 },
    ...{ tailPageEvents: 4, tailBehindMax: 2 },
  });
  const { store, held, letThrough } = slow(shared);
  const parts = { ...environment, store };
  const states = new StreamStates(parts);
  const events = createEventBus({ ...parts, states });
  const commands = createCommandBus({ ...parts, states, events });
  const heard = { position: 0 };
  events.subscribe((batch) => {
    heard.position = positionOf(batch.at(-1)?.cursor ?? "") ?? heard.position;
  });
  const pins: (() => void)[] = [];
  return { ...environment, states, events, commands, heard, held, letThrough, pins };
}

type Node = ReturnType<typeof nodeOn>;

/** Something that always changes a stream. */
function execution(dice: Dice, count: number): Execution {
  if (dice.below(3) === 0) {
    const concurrency = 1 + (count % 1_000);
    const command = toToken(pick(dice, tokens), "SetToken", { status: "accepted", concurrency });
    return { actor, commands: [command] };
  }
  const station = pick(dice, stations);
  const stationId = station.toUpperCase();
  const born = { stationId, administrators: [], transactionNumberBase: 2 ** 20 };
  return {
    actor,
    station,
    commands: ({ station: { exists, strict } }) => [
      exists
        ? toChargingStation(station, "SetStrictness", { strict: !strict })
        : toChargingStation(station, "CreateChargingStation", born),
    ],
  };
}

/** A stream's state at a version, by the log alone. */
function byLog(log: readonly StoredEvent[], stream: StreamName, version: number) {
  const decider = deciderOf(categoryOf(stream));
  const events = log.filter((event) => event.stream === stream).slice(0, version);
  return fold(
    decider,
    decider.initialState,
    events.map((event) => decode(event)),
  );
}

/** What is in memory is true, and no older than what the node has heard of. */
async function agrees(store: EventStore, { states, heard }: Node): Promise<void> {
  const log = await store.readAll({ after: 0, limit: 10_000 });
  for (const stream of all) {
    const known = states.now(stream);
    if (known === undefined) continue;
    const { version, state } = known;
    expect([stream, version, state]).toEqual([stream, version, byLog(log, stream, version)]);
    const told = log.slice(0, heard.position).filter((event) => event.stream === stream).length;
    expect([stream, version >= told]).toEqual([stream, true]);
  }
}

class Run {
  readonly store = createMemoryEventStore(testEnvironment());
  readonly nodes = [nodeOn(this.store), nodeOn(this.store)];
  readonly dice: Dice;
  readonly under = new Set<Promise<unknown>>();
  readonly strange: unknown[] = [];
  #count = 0;

  constructor(seed: number) {
    this.dice = testDice(seed);
  }

  /** Nodes listen before they begin to work. */
  async begin(): Promise<void> {
    for (const { events } of this.nodes) this.#underWay(events.follow());
    await this.#until(() => this.under.size === 0);
  }

  async step(): Promise<void> {
    const { dice } = this;
    const node = pick(dice, this.nodes);
    const chance = dice.below(100);
    if (node.held.length > 0 && chance < 55) node.letThrough(dice);
    else if (chance < 72) this.#decide(node);
    else if (chance < 75) this.#underWay(node.states.load(pick(dice, all)));
    else if (chance < 89) node.events.grown(await this.store.head());
    else if (chance < 92) node.pins.push(node.states.pin(pick(dice, all)));
    else if (chance < 95) node.pins.splice(dice.below(node.pins.length || 1), 1)[0]?.();
    else if (chance < 97) node.states.forget(pick(dice, all));
    else node.clock.advance(1_000);
    await turn();
    for (const one of this.nodes) await agrees(this.store, one);
  }

  #decide({ commands }: Node): void {
    this.#count += 1;
    const work = commands.execute(execution(this.dice, this.#count));
    this.#underWay(work.then(({ status }) => expect(status).toBe("committed")));
  }

  #underWay(work: Promise<unknown>): void {
    const done = work
      .catch((error: unknown) => {
        if (!(error instanceof TooManyConflicts)) this.strange.push(error);
      })
      .finally(() => this.under.delete(done));
    this.under.add(done);
  }

  /** All is said, and all nodes have heard of all. */
  async end(): Promise<void> {
    await this.#until(() => this.under.size === 0);
    const head = await this.store.head();
    let heard = 0;
    for (const { events } of this.nodes) {
      void events.passed(head).then(() => {
        heard += 1;
      });
    }
    await this.#until(() => heard === this.nodes.length);
  }

  async #until(isSo: () => boolean): Promise<void> {
    for (let rounds = 0; !isSo() && rounds < 10_000; rounds += 1) {
      for (const { held, letThrough } of this.nodes) if (held.length > 0) letThrough(this.dice);
      await turn();
    }
    expect(isSo()).toBe(true);
  }
}

it.each(Array.from({ length: 20 }, (_none, at) => at + 1))(
  "memory agrees with the log, whatever comes late: seed %i",
  async (seed) => {
    const run = new Run(seed);
    await run.begin();
    for (let step = 0; step < 250; step += 1) await run.step();
    await run.end();
    expect(run.strange).toEqual([]);
    expect(run.under.size).toBe(0);
    expect(await run.store.head()).toBeGreaterThan(20);
    for (const node of run.nodes) {
      expect(node.heard.position).toBe(await run.store.head());
      await agrees(run.store, node);
      node.events.stop();
    }
  },
);
