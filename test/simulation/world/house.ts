// What runs in a node's process: the rooms of Motown plugged together as `src/main/motown.ts` does,
// on a virtual clock, network and disk. What is left out is what has no port to put something
// virtual behind: the HTTP server of the operators' API (operators speak to the bus, as the API
// does) and the views' thread (they run in this one, as they do with a log in memory).
import { EventEmitter } from "node:events";
import { authorization } from "#add-ons/authorization";
import { authorizationList } from "#add-ons/authorization-list";
import { stationConfiguration } from "#add-ons/station-configuration";
import {
  type AddOn,
  type Bus,
  type Cipher,
  type Cluster,
  cipherOf,
  createAddOnHost,
  createBus,
  createHousekeeping,
  createSweeper,
  type Environment,
  type EventStore,
  type FrameLog,
  type Log,
  type NodeCard,
  positionOf,
} from "#bus";
import { createAlone, createMembership, joinEvents, type Membership } from "#cluster";
import type { Limits } from "#limits";
import { createGateway, createRpc, type Gateway, type Rpc, versions } from "#ocpp";
import { viewReaderOf } from "#views";
import type { EventOrder } from "../checks/event-order.ts";
import type { TenureCheck } from "../checks/tenures.ts";
import type { Between } from "./between.ts";
import { type Dice, productDice, productIds } from "./dice.ts";
import type { Disk } from "./disk.ts";
import { type HouseViews, ownViews, sharedViews } from "./house-views.ts";
import type { Life } from "./life.ts";
import type { Timeline } from "./timeline.ts";

/** What a house is made with. */
export interface HouseParts {
  /** Name of its node. */
  readonly name: string;
  readonly timeline: Timeline;
  readonly disk: Disk;
  readonly dice: Dice;
  readonly limits: Limits;
  readonly settings: {
    readonly unknownStations: "reject" | "pending" | "accept";
    readonly strict: boolean;
  };
  readonly addOns: () => readonly AddOn[];
  readonly said: (level: keyof Log, message: string, fields: Fields | undefined) => void;
  /** What is between it and other nodes; undefined: it is alone, with a disk of its own. */
  readonly between: Between | undefined;
  readonly order: EventOrder;
  readonly tenures: TenureCheck;
  /** It does work under leases, where others could do it, too. */
  readonly isWorker: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** A Motown that runs: what the checks may look at. */
export interface House {
  readonly life: Life;
  readonly bus: Bus;
  readonly store: EventStore;
  readonly frames: FrameLog;
  readonly rpc: Rpc;
  readonly gateway: Gateway;
  readonly server: EventEmitter;
  readonly membership: Membership;
  /** Names of the work of which one node does a part at a time. */
  readonly work: readonly string[];
  idle(): Promise<void>;
  /** Undefined where its node alone cannot build the views again. */
  readonly rebuild: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

/** What is plugged together. */
interface Rooms extends Environment {
  readonly life: Life;
  readonly store: EventStore;
  readonly frames: FrameLog;
  readonly cluster: Cluster;
  readonly bus: Bus;
  readonly views: HouseViews;
}

/** Builds a house; it is open for stations when this resolves. */
export async function openHouse(parts: HouseParts, life: Life): Promise<House> {
  const { disk, order, name } = parts;
  const rooms = await plug(parts, life);
  const { bus, cluster, store, frames } = rooms;
  order.listen(name, bus.events);
  wakeOnEvents(rooms);
  const rpc = rpcOf(parts, rooms);
  const reader = viewReaderOf(rooms.views.queries);
  const addOns = addOnsOf(parts, rooms);
  const catchUp = () => rpc.catchUp();
  const sweeper = createSweeper({ bus, views: reader, environment: rooms, catchUp });
  const housekeeping = createHousekeeping({ store, frames, environment: rooms });
  const server = Object.assign(new EventEmitter(), { headersTimeout: 0 });
  const gateway = createGateway({
    ...rooms,
    ...{ rpc, versions, cluster },
    // All that the gateway takes of it is its event `upgrade`.
    server: server as unknown as Parameters<typeof createGateway>[0]["server"],
    settings: { node: name, requirePasswords: false },
  });
  const known = disk.contents.events.length;
  const leave = await joinEvents({ ...rooms, bus, cluster });
  order.joined(name, known);
  const work = [...addOns.work, sweeper, housekeeping, ...rooms.views.work];
  const membership = createMembership({ ...rooms, cluster, card: cardOf(parts), work });
  await membership.start();
  const isAlone = cluster.isAlone;
  return {
    ...{ life, bus, store, frames, rpc, gateway, server, membership },
    work: work.map((one) => one.name),
    rebuild: rooms.views.rebuild,
    idle: async () => {
      await rooms.views.queries.passed(await store.head());
      await addOns.idle();
      await rooms.views.queries.passed(await store.head());
    },
    stop: async () => {
      if (isAlone) for (const one of [sweeper, housekeeping]) await one.stop();
      await Promise.all([membership.drain(), gateway.drain()]);
      await (isAlone ? addOns.stop() : membership.stop());
      leave();
      bus.events.stop();
      rpc.stop();
      await rooms.views.stop();
      await cluster.close();
      await store.close();
      await frames.close();
    },
  };
}

function cardOf({ isWorker }: HouseParts): NodeCard {
  return {
    roles: isWorker ? ["gateway", "api", "background"] : ["gateway", "api"],
    startedAt: "2026-05-04T06:00:00.000Z",
    release: "1.0.0",
  };
}

async function plug(parts: HouseParts, life: Life): Promise<Rooms> {
  const { name, disk, dice, limits, timeline, between, said } = parts;
  const environment: Environment = {
    clock: life.clock,
    ids: productIds(dice, () => timeline.now),
    dice: productDice(dice),
    cipher,
    limits,
    log: logTo(said),
  };
  const line = between?.lines(name).database;
  const store = disk.storeFor({ node: name, life, line });
  const frames = disk.framesFor();
  const cluster = between?.end(name, { life, log: environment.log }) ?? createAlone(name);
  const bus = createBus({ ...environment, store });
  const given = { ...parts, ...environment, store, life, cluster };
  const views = await (line === undefined ? ownViews(given) : sharedViews({ ...given, line }));
  return { ...environment, life, store, frames, cluster, bus, views };
}

function rpcOf({ disk, settings, limits }: HouseParts, rooms: Rooms): Rpc {
  return createRpc({
    ...rooms,
    faults: disk.faultsFor(rooms.life),
    settings: {
      ...settings,
      heartbeatInterval: limits.heartbeatIntervalSeconds,
      bootRetryInterval: limits.bootRetrySeconds,
      clockSkewSecondsMax: limits.clockSkewSecondsMax,
      administrators: [],
      isTraced: () => false,
    },
  });
}

function addOnsOf(parts: HouseParts, rooms: Rooms) {
  const { bus, store, views } = rooms;
  const reader = viewReaderOf(views.queries);
  return createAddOnHost({
    ...{ bus, store, views: reader, environment: rooms, settings: {} },
    addOns: [
      stationConfiguration(),
      authorizationList(),
      authorization(undefined),
      ...parts.addOns(),
    ],
  });
}

/** Wakes the views after a commit, many commits at once. */
function wakeOnEvents({ bus, views, clock, limits }: Rooms): void {
  let cursor: string | undefined;
  bus.events.subscribe((events) => {
    const last = events.at(-1);
    if (last === undefined) return;
    if (cursor === undefined) {
      clock.after(limits.viewWakeMs, () => {
        views.wake(positionOf(cursor ?? "") ?? 0);
        cursor = undefined;
      });
    }
    cursor = last.cursor;
  });
}

function logTo(said: HouseParts["said"]): Log {
  const line = (level: keyof Log) => (message: string, fields?: Fields) =>
    said(level, message, fields);
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

// The same text is sealed the same way each time: a nonce would be chance that no seed rules.
const sealed = "sealed:";
const cipher: Cipher = {
  ...cipherOf(Buffer.alloc(32, 7)),
  seal: (text) => sealed + Buffer.from(text, "utf8").toString("base64"),
  open: (text) => Buffer.from(text.slice(sealed.length), "base64").toString("utf8"),
};
