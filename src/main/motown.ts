// Starts and stops a node: house.ts makes its rooms, serving.ts lets the outside in.
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Bus,
  type Environment,
  type EventStore,
  type Log,
  systemClock,
  systemDice,
  systemIds,
} from "#bus";
import { createMembership, joinEvents, type Membership } from "#cluster";
import { ensureFirstAccess, type FirstAccess } from "#operator-api";
import type { Queries } from "#views";
import { buildHouse, type Closing, type House } from "./house.ts";
import { createServing, type Serving } from "./serving.ts";
import type { Settings } from "./settings.ts";
import { skipGivenNumbers } from "./skip-given-numbers.ts";
import { createEnding, EndedShort, type Ending } from "./stopping.ts";
import { houseCipher, openHouseStores } from "./stores.ts";

/** A Motown that runs in this process. */
export interface Motown {
  readonly port: number;
  /** Name of this node among others. */
  readonly node: string;
  readonly firstAccess: FirstAccess;
  readonly bus: Bus;
  readonly store: EventStore;
  readonly queries: Queries;
  /** Names of the leased work that this node does now. */
  held(): readonly string[];
  /** Resolves when views and add-ons have caught up with everything that is committed. */
  idle(): Promise<void>;
  /** One round of the sweeper, without waiting for its turn. */
  sweep(): Promise<number>;
  /**
   * Drains: stops accepting, finishes what is in flight, closes sockets and stores. What does not
   * end in time is left behind; an `EndedShort` names it.
   */
  stop(): Promise<void>;
}

/** What a test may replace. */
export type Overrides = Partial<Omit<Environment, "cipher" | "limits">>;

/** Starts Motown; what was opened before a failure is closed again. */
export async function startMotown(
  settings: Settings,
  given: Overrides & {
    readonly log: Log;
    /** The store's thread has died: only a new process can go on. */
    readonly lost?: (why: Error) => void;
  },
): Promise<Motown> {
  const { limits } = settings;
  const outside = { clock: systemClock, ids: systemIds, dice: systemDice, ...given, limits };
  const environment: Environment = { ...outside, cipher: houseCipher(settings) };
  const stores = await openHouseStores(settings, outside);
  const ending = createEnding(environment);
  const opened: (() => Promise<void>)[] = [];
  const closing: Closing = (what, close) => opened.push(() => ending.step(what, close));
  closing("its stores", () => stores.close());
  const closeAll = async () => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  };
  try {
    const house = await buildHouse(settings, { environment, stores, closing });
    return await open(house, { closing, closeAll, ending });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function open(
  house: House,
  given: {
    readonly closing: Closing;
    readonly closeAll: () => Promise<void>;
    readonly ending: Ending;
  },
): Promise<Motown> {
  const { closing, closeAll, ending } = given;
  const { settings, environment, stores, bus, views, cluster, card, addOns, work, life } = house;
  const { events: store } = stores;
  await skipGivenNumbers({ ...environment, bus, store });
  const serving = await createServing(house);
  closing("what it hears of other nodes", await joinEvents({ ...environment, bus, cluster }));
  const membership = createMembership({ ...environment, cluster, card, work });
  closing("its work", () => membership.stop());
  life.held = () => membership.held();
  await membership.start();
  const firstAccess = await firstAccessOf(house);
  await serving.listen();
  // The others were told of the port that was wished for.
  if (settings.port !== life.port) await membership.renew();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await drain(house, { membership, serving, ending });
    await closeAll();
    await dropKeyFile(settings, firstAccess);
    if (ending.unfinished.length > 0) throw new EndedShort(ending.unfinished);
  };
  return {
    port: life.port,
    node: cluster.node,
    firstAccess,
    ...{ bus, store, queries: views },
    held: () => membership.held(),
    idle: async () => {
      await views.passed(await store.head());
      await addOns.idle();
      await views.passed(await store.head());
    },
    sweep: () => house.sweeper.sweep(),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** From here on whoever asks is sent elsewhere; what is in flight is finished. */
async function drain(
  house: House,
  parts: { readonly membership: Membership; readonly serving: Serving; readonly ending: Ending },
): Promise<void> {
  const { life, stores, views, environment } = house;
  const { membership, serving, ending } = parts;
  const { drainMs, viewWaitMs } = environment.limits;
  const emptied = async () => {
    await ending.step("its stations' connections", () => serving.drain(), drainMs);
    await ending.step("its API", () => serving.close(), drainMs);
  };
  life.isDraining = true;
  await Promise.all([ending.step("its leased work", () => membership.drain()), emptied()]);
  if (stores.database !== undefined) return;
  // Views that are complete need not catch up before the next start can show anything.
  const passed = async () => views.passed(await stores.events.head());
  await ending.step("its views' last events", passed, viewWaitMs);
}

/** A node that serves no API need not let anybody in. */
async function firstAccessOf({ settings, environment, stores, bus }: House): Promise<FirstAccess> {
  if (!settings.roles.includes("api")) return {};
  return ensureFirstAccess({
    ...environment,
    ...{ bus, store: stores.events, presetKey: settings.apiKey, keyFile: keyFileOf(settings) },
  });
}

/** A key to what was in memory alone opens nothing any more. */
async function dropKeyFile(settings: Settings, { keyFile }: FirstAccess): Promise<void> {
  if (settings.database === "memory" && keyFile !== undefined) await rm(keyFile, { force: true });
}

/** Where the command line on this machine finds its key. */
export function keyFileOf(settings: Settings): string {
  return join(resolve(settings.dataDir), "api-key");
}
