// Goal: the checks of several nodes are awake. Method: as in mutants.test.ts, on three nodes.
import { describe, expect, it } from "vitest";
import type { CommitUnit, EventStore } from "#bus";
import type { Invariant } from "./checks/violations.ts";
import { runSeed } from "./run.ts";
import type { World } from "./world/world.ts";

interface Mutant {
  readonly breaks: Invariant;
  readonly plant: (world: World) => void;
}

/** The store as it is, but for how units are appended. */
const appending =
  (change: (append: EventStore["append"], world: World) => EventStore["append"]) =>
  (world: World) => {
    world.disk.change = (store) => ({ ...store, append: change(store.append, world) });
  };

/** Nodes hear of each other's connections late, and stations often leave one for another. */
function restless(world: World): void {
  const deaf = { lostPerMille: 1_000, doubledPerMille: 0, delayMs: [1, 5] } as const;
  Object.assign(world.profile, { deskMs: 4_000 });
  Object.assign(world.profile.rates, { socketTakenOver: 4_000, messagesBad: 1e9 });
  if (world.between === undefined) return;
  Object.assign(world.between.ordinary, deaf);
  world.between.messages = deaf;
}

/** What a stale owner was refused is called done. */
const refusedIsDone = (isMeant: (unit: CommitUnit) => boolean) =>
  appending((append, { disk }) => async (unit) => {
    const result = await append(unit);
    if (result.status !== "fenced" || !isMeant(unit)) return result;
    const end = disk.contents.events.length;
    return { status: "committed", firstPosition: end, lastPosition: end - 1 };
  });

const hasEvent = (unit: CommitUnit, isMeant: (type: string) => boolean) =>
  unit.appends.some(({ events }) => events.some(({ type }) => isMeant(type)));

let turn = 0;

const mutants: Readonly<Record<string, Mutant>> = {
  "lets old owners of a connection write": {
    breaks: "ownership",
    plant: (world) => {
      restless(world);
      appending(
        (append) =>
          ({ fence: _ignored, ...unit }) =>
            append(unit),
      )(world);
    },
  },
  "acknowledges what an old owner was refused": {
    breaks: "durableFirst",
    plant: (world) => {
      restless(world);
      refusedIsDone((unit) => unit.appends.some(({ stream }) => stream.startsWith("transaction/")))(
        world,
      );
    },
  },
  "sends a request from two nodes": {
    breaks: "onceAsked",
    plant: (world) => {
      restless(world);
      refusedIsDone((unit) => hasEvent(unit, (type) => type === "RequestSent"))(world);
    },
  },
  "gives one lease to two nodes": {
    breaks: "tenure",
    plant: ({ between }) => {
      if (between === undefined) return;
      between.change = (cluster) => ({
        ...cluster,
        claim: async (names, forMs) => {
          await cluster.claim(names, forMs);
          return (await cluster.leases()).filter(({ name }) => names.includes(name));
        },
        nodes: async () =>
          (await cluster.nodes()).map((row) => ({ ...row, live: row.node === cluster.node })),
      });
    },
  },
  "leads the views without its lease": {
    breaks: "tenure",
    plant: ({ disk }) => {
      disk.views.changeShared = (store) => ({
        ...store,
        commit: ({ epoch: _forgotten, ...batch }) => store.commit(batch),
      });
    },
  },
  "takes views that cannot be read for empty ones": {
    breaks: "knownToken",
    plant: ({ disk }) => {
      disk.views.changeShared = (store) => ({
        ...store,
        query: async (query) => {
          turn += 1;
          return turn % 10 < 5 ? [] : store.query(query);
        },
      });
    },
  },
  "skips events that another node has committed": {
    breaks: "eventOrder",
    plant: ({ disk }) => {
      disk.change = (store) => ({
        ...store,
        readAll: async (query) => {
          const page = await store.readAll(query);
          turn += 1;
          const skips = query.only === undefined && page.length > 1 && turn % 5 === 0;
          return skips ? page.slice(1) : page;
        },
      });
    },
  },
  "never looks at what others commit": {
    breaks: "settles",
    plant: ({ disk }) => {
      disk.change = (store) => ({
        ...store,
        readAll: async (query) => (query.only === undefined ? [] : store.readAll(query)),
      });
    },
  },
};

const seedsMax = 8;

describe("a Motown on several nodes that", () => {
  for (const [name, { plant, breaks }] of Object.entries(mutants)) {
    it(`${name} is found out`, { timeout: 60_000 }, async () => {
      const found = new Set<Invariant>();
      for (let seed = 9_103; seed < 9_103 + seedsMax && !found.has(breaks); seed++) {
        const { violations } = await runSeed({ seed, nodes: 3, plant, stepsMax: 60_000 });
        for (const { invariant } of violations) found.add(invariant);
      }
      expect([...found], `${breaks} was not named`).toContain(breaks);
    });
  }
});
