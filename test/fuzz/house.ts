// A whole Motown without sockets: every room in this process, in memory, on a clock that moves when
// nothing else does.
import { Buffer } from "node:buffer";
import { authorization } from "#add-ons/authorization";
import { authorizationList } from "#add-ons/authorization-list";
import { stationConfiguration } from "#add-ons/station-configuration";
import {
  cipherOf,
  createAddOnHost,
  createBus,
  createSweeper,
  type Environment,
  positionOf,
  systemClock,
} from "#bus";
import { createMemoryEventStore, createMemoryFrameLog } from "#event-store";
import { type Limits, limitsWith } from "#limits";
import { createRpc, type RpcSettings } from "#ocpp";
import { testClock, testDice, testIds } from "#support/environment";
import { viewReaderOf } from "#views";
import type { HouseStores } from "../../src/main/stores.ts";
import { openHouseViews } from "../../src/main/views/house-views.ts";
import { complaintLog } from "./complaints.ts";
import { patienceOf } from "./patience.ts";

/** What the house of a round may be given. */
export interface HouseOptions {
  readonly seed: number;
  readonly limits?: Partial<Limits>;
  readonly settings?: Partial<RpcSettings>;
  /** Stores on a disk, closed with the house; it then keeps the real time. */
  readonly stores?: HouseStores;
}

/** Small, so that a queue or a cache without an end shows in a short run. */
const smallLimits: Partial<Limits> = {
  stationCacheMax: 50,
  transactionCacheMax: 200,
  tokenCacheMax: 200,
  lateAnswersMax: 50,
  knockersMax: 50,
  frameQueueMax: 200,
  viewRowCacheMax: 500,
  principalCacheMax: 100,
  liveTailEventsMax: 500,
};

const rpcSettings: RpcSettings = {
  unknownStations: "reject",
  heartbeatInterval: 300,
  bootRetryInterval: 60,
  clockSkewSecondsMax: 300,
  strict: false,
  administrators: [],
  isTraced: () => false,
};

/** Opens a house. */
export async function openHouse(options: HouseOptions) {
  const limits = limitsWith({ ...smallLimits, ...options.limits });
  const log = complaintLog();
  const moved = options.stores === undefined ? testClock() : undefined;
  const clock = moved ?? systemClock;
  const environment = {
    ...{ clock, log, limits, ids: testIds(`s${options.seed}`), dice: testDice(options.seed) },
    cipher: cipherOf(Buffer.alloc(32, 7)),
  } satisfies Environment;
  const stores = options.stores ?? storesInMemory(limits);
  const store = stores.events;
  const bus = createBus({ ...environment, store });
  const views = await openHouseViews(stores, environment);
  const stopWaking = bus.events.subscribe((events) => {
    const position = positionOf(events.at(-1)?.cursor ?? "");
    if (position !== undefined) views.wake(position);
  });
  const settings = { ...rpcSettings, ...options.settings };
  const rpc = createRpc({ ...environment, bus, store, frames: stores.frames, settings });
  const reader = viewReaderOf(views);
  const addOns = createAddOnHost({
    ...{ bus, store, views: reader, environment, settings: {} },
    addOns: [stationConfiguration(), authorizationList(), authorization(undefined)],
  });
  await addOns.start();
  const sweeper = createSweeper({ bus, views: reader, environment });
  const advance = (milliseconds: number) => moved?.advance(milliseconds);
  const during = <T>(work: Promise<T>, each?: () => void) => withTime(advance, work, each);
  return {
    ...{
      environment,
      clock,
      advance,
      log,
      limits,
      store,
      stores,
      bus,
      views,
      reader,
      rpc,
      addOns,
      sweeper,
      during,
    },
    /** Views and add-ons have met everything that is committed. */
    idle: () =>
      during(
        (async () => {
          await views.passed(await store.head());
          await addOns.idle();
        })(),
      ),
    stop: async () => {
      await during(addOns.stop());
      rpc.stop();
      stopWaking();
      await during(views.stop());
      await stores.close();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

function storesInMemory(limits: Limits): HouseStores {
  const events = createMemoryEventStore({ limits });
  const frames = createMemoryFrameLog(limits);
  return {
    events,
    frames,
    close: async () => {
      await events.close();
      await frames.close();
    },
  };
}

const quietTurns = 4;
const stepMs = 250;
/** From then on something is awaited that takes no turns but time: a password's hash. */
const patientTurns = 400;
const patienceMs = 60_000;

/** Waits for work; the clock goes on as soon as nothing happens without it. */
async function withTime<T>(
  advance: (milliseconds: number) => void,
  work: Promise<T>,
  each: () => void = () => {},
): Promise<T> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  settled.catch(() => {});
  const patience = patienceOf(patienceMs);
  for (let turn = 1; !done; turn++) {
    if (patience.isOver()) throw new Error("it never came to an end");
    const isPatient = turn > patientTurns;
    await new Promise<void>((resolve) => {
      if (isPatient) setTimeout(resolve, 1);
      else setImmediate(resolve);
    });
    each();
    if (!done && turn % quietTurns === 0) advance(stepMs);
  }
  return settled;
}
