// The rooms of one node, made in the order in which they need each other.
import { authorization } from "#add-ons/authorization";
import { authorizationList } from "#add-ons/authorization-list";
import { stationConfiguration } from "#add-ons/station-configuration";
import {
  type AddOnHost,
  type Bus,
  type Cluster,
  createAddOnHost,
  createBus,
  createHousekeeping,
  createSweeper,
  type Environment,
  faultsFrom,
  type LeasedWork,
  type NodeCard,
  type Sweeper,
} from "#bus";
import { createPostgresViewSchemas } from "#event-store";
import { createQuirkBook, createRpc, type Rpc } from "#ocpp";
import { type Access, createAccess } from "#operator-api";
import { viewReaderOf } from "#views";
import { announceStart, joinNodes } from "./nodes/join.ts";
import { nodeCardOf } from "./nodes/node-card.ts";
import { refuseOtherSecret } from "./nodes/shared-secret.ts";
import { ownProfiles } from "./quirk-profiles.ts";
import type { Settings } from "./settings.ts";
import type { HouseStores } from "./stores.ts";
import { type HouseViews, openHouseViews, wakeOnEvents } from "./views/house-views.ts";
import { createOldViews } from "./views/old-views.ts";

/** All that a node consists of, before it listens. */
export interface House {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly stores: HouseStores;
  readonly cluster: Cluster;
  readonly card: NodeCard;
  readonly bus: Bus;
  readonly views: HouseViews;
  readonly rpc: Rpc;
  readonly access: Access;
  readonly addOns: AddOnHost;
  readonly sweeper: Sweeper;
  /** What one node of several does a part at a time. */
  readonly work: readonly LeasedWork[];
  /** Whether it listens and where, and whether it is being stopped. */
  readonly life: {
    isUp: boolean;
    isDraining: boolean;
    port: number;
    /** Names of the work that it does now, once it can do any. */
    held?: () => readonly string[];
  };
}

/** Runs when what was opened is to be closed, the last first; says what that is. */
export type Closing = (what: string, close: () => void | Promise<void>) => void;

/** Makes a node on its stores. */
export async function buildHouse(
  settings: Settings,
  given: {
    readonly environment: Environment;
    readonly stores: HouseStores;
    readonly closing: Closing;
  },
): Promise<House> {
  const { environment, stores, closing } = given;
  const life: House["life"] = { isUp: false, isDraining: false, port: settings.port };
  const cluster = await joinNodes(settings, stores, environment);
  closing("its way to other nodes", () => cluster.close());
  const card = nodeCardOf(settings, { ...environment, portOf: () => life.port });
  await announceStart(cluster, card, { ...stores, environment });
  closing("its place among other nodes", async () => {
    if (!life.isUp) await cluster.leave();
  });
  const views = await openHouseViews(stores, environment, cluster);
  closing("its views", () => views.stop());
  const store = stores.events;
  const bus = createBus({ ...environment, store });
  closing("its event bus", () => bus.events.stop());
  if (stores.database !== undefined) await refuseOtherSecret({ ...environment, bus, store });
  wakeOnEvents(bus, views, environment);
  const rpc = openRpc({ settings, environment, stores, bus, cluster });
  closing("what is said to stations", () => rpc.stop());
  const access = createAccess({ ...environment, store, events: bus.events });
  const rooms = { settings, environment, stores, cluster, bus, views, rpc };
  const working = workOf(rooms, closing);
  return { ...rooms, ...working, access, card, life };
}

type Rooms = Pick<
  House,
  "settings" | "environment" | "stores" | "cluster" | "bus" | "views" | "rpc"
>;

function openRpc(rooms: Omit<Rooms, "views" | "rpc">): Rpc {
  const { settings, environment, stores, bus, cluster } = rooms;
  const { limits } = environment;
  return createRpc({
    ...environment,
    ...{ bus, store: stores.events, frames: stores.frames, cluster },
    quirks: createQuirkBook(ownProfiles(settings.quirks)),
    faults: faultsFrom(process.env.MOTOWN_FAULT),
    settings: {
      unknownStations: settings.unknownStations,
      heartbeatInterval: limits.heartbeatIntervalSeconds,
      bootRetryInterval: limits.bootRetrySeconds,
      clockSkewSecondsMax: limits.clockSkewSecondsMax,
      strict: settings.strict,
      administrators: [],
      isTraced: () => settings.trace,
    },
  });
}

function workOf(rooms: Rooms, closing: Closing): Pick<House, "addOns" | "sweeper" | "work"> {
  const { environment, stores, bus, rpc, views } = rooms;
  const { events: store, frames } = stores;
  const reader = viewReaderOf(views);
  const { settings } = rooms;
  const addOns = createAddOnHost({
    addOns: [
      stationConfiguration(),
      authorizationList(),
      authorization(settings.addOnSettings.authorization),
      ...settings.addOns,
    ],
    ...{ bus, store, views: reader, environment, settings: settings.addOnSettings },
  });
  const sweeper = createSweeper({
    ...{ bus, views: reader, environment },
    catchUp: () => rpc.catchUp(),
  });
  const housekeeping = createHousekeeping({ store, frames, environment });
  const shared = sharedWorkOf(rooms, closing);
  return { addOns, sweeper, work: [...addOns.work, sweeper, housekeeping, ...shared] };
}

/** What there is to do where nodes share their views. */
function sharedWorkOf(
  { environment, stores: { database }, cluster, views }: Rooms,
  closing: Closing,
): readonly LeasedWork[] {
  if (database === undefined) return [];
  const schemas = createPostgresViewSchemas(database);
  closing("its way to old views", () => schemas.close());
  const oldViews = createOldViews({ database, schemas, cluster, environment });
  return [...(views.work ?? []), oldViews];
}
