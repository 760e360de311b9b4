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
import { createEventBus } from "../event-bus.ts";
import type { Execution } from "../execution.ts";
import type { Dice } from "../ports/environment.ts";
import type { EventStore } from "../ports/event-store.ts";
import { decode } from "./codec.ts";
import { createCommandBus, TooManyConflicts } from "./command-bus.ts";
import { StreamStates } from "./stream-states.ts";

const actor = systemActor("test");
const stations = ["a", "b", "c"];
const tokens = ["t", "u"];
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
    ...{ stationCacheMax: 4, transactionCacheMax: 4, snapshotEveryEvents: 3 },
    ...{ tailPageEvents: 4, tailBehindMax: 2 },
  });
  const { store, held, letThrough } = slow(shared);
  const parts = { ...environment, store };
  const states = new StreamStates(parts);
  const events = createEventBus({ ...parts, states });
  const commands = createCommandBus({ ...parts, states, events });
  return { ...environment, states, events, commands, held, letThrough, pins: [] as (() => void)[] };
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
async function byLog(store: EventStore, stream: StreamName, version?: number) {
  const decider = deciderOf(categoryOf(stream));
  const events = await store.readStream({ stream, afterVersion: 0, limit: 10_000 });
  const folded = events.slice(0, version).map((event) => decode(event));
  return { version: events.length, state: fold(decider, decider.initialState, folded) };
}

async function agrees(store: EventStore, { states }: Node): Promise<void> {
  for (const stream of all) {
    const known = states.now(stream);
    if (known === undefined) continue;
    const { version, state } = await byLog(store, stream, known.version);
    expect(known.version).toBeLessThanOrEqual(version);
    expect([stream, known.version, known.state]).toEqual([stream, known.version, state]);
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

  async step(): Promise<void> {
    const { dice } = this;
    const node = pick(dice, this.nodes);
    const chance = dice.below(100);
    if (node.held.length > 0 && chance < 65) node.letThrough(dice);
    else if (chance < 85) this.#decide(node);
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
    const work = commands
      .execute(execution(this.dice, this.#count))
      .then(({ status }) => expect(status).toBe("committed"))
      .catch((error: unknown) => {
        if (!(error instanceof TooManyConflicts)) this.strange.push(error);
      })
      .finally(() => this.under.delete(work));
    this.under.add(work);
  }

  /** All is said, and all nodes have heard of all. */
  async end(): Promise<void> {
    for (let rounds = 0; rounds < 5_000; rounds += 1) {
      for (const node of this.nodes) {
        if (node.held.length > 0) node.letThrough(this.dice);
        else if (this.under.size === 0) node.clock.advance(250);
      }
      await turn();
      const isQuiet = this.nodes.every(({ held }) => held.length === 0);
      if (this.under.size === 0 && isQuiet && rounds > 100) break;
    }
  }
}

it.each(Array.from({ length: 8 }, (_none, at) => at + 1))(
  "memory agrees with the log, whatever comes late: seed %i",
  async (seed) => {
    const run = new Run(seed);
    const following = Promise.all(run.nodes.map(({ events }) => events.follow()));
    for (let step = 0; step < 250; step += 1) await run.step();
    await run.end();
    await following;
    expect(run.strange).toEqual([]);
    expect(run.under.size).toBe(0);
    expect(await run.store.head()).toBeGreaterThan(20);
    for (const node of run.nodes) {
      await agrees(run.store, node);
      for (const stream of all) {
        const known = node.states.now(stream);
        if (known !== undefined) {
          expect([stream, known.version]).toEqual([
            stream,
            (await byLog(run.store, stream)).version,
          ]);
        }
      }
      node.events.stop();
    }
  },
);
