// Plugs the house together: every room gets what it needs, and nothing it need not know.
import { rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { authorization } from "#add-ons/authorization";
import { authorizationList } from "#add-ons/authorization-list";
import { stationConfiguration } from "#add-ons/station-configuration";
import {
  type Bus,
  type Cluster,
  createAddOnHost,
  createBus,
  createHousekeeping,
  createSweeper,
  type Environment,
  type EventStore,
  faultsFrom,
  type Log,
  type NodeCard,
  positionOf,
  systemClock,
  systemDice,
  systemIds,
  type ViewReader,
} from "#bus";
import { createAlone, createMembership, joinEvents } from "#cluster";
import { createGateway, createQuirkBook, createRpc, type Gateway, type Rpc, versions } from "#ocpp";
import {
  type Access,
  createAccess,
  createOperatorApi,
  ensureFirstAccess,
  type FirstAccess,
} from "#operator-api";
import { type Queries, viewReaderOf, views } from "#views";
import packageJson from "../../package.json" with { type: "json" };
import { apiPortsOf } from "./api-ports.ts";
import { openDoors, sharedPort } from "./doors.ts";
import { type HouseViews, openHouseViews } from "./house-views.ts";
import { ownProfiles } from "./quirk-profiles.ts";
import type { Settings } from "./settings.ts";
import { type HouseStores, houseCipher, nodeName, openHouseStores } from "./stores.ts";

/** A Motown that runs in this process. */
export interface Motown {
  readonly port: number;
  readonly firstAccess: FirstAccess;
  readonly bus: Bus;
  readonly store: EventStore;
  readonly queries: Queries;
  /** Resolves when views and add-ons have caught up with everything that is committed. */
  idle(): Promise<void>;
  /** One round of the sweeper, without waiting for its turn. */
  sweep(): Promise<number>;
  /** Drains: stops accepting, finishes what is in flight, closes sockets and stores. */
  stop(): Promise<void>;
}

/** What a test may replace. */
export type Overrides = Partial<Omit<Environment, "cipher" | "limits">>;

interface House {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly stores: HouseStores;
  readonly bus: Bus;
  readonly views: HouseViews;
  readonly reader: ViewReader;
  readonly rpc: Rpc;
  readonly access: Access;
  readonly cluster: Cluster;
}

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
  try {
    return await open(settings, environment, stores);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function open(
  settings: Settings,
  environment: Environment,
  stores: HouseStores,
): Promise<Motown> {
  const house = await build(settings, environment, stores);
  const { bus, views: queries } = house;
  const addOns = addOnHostOf(house);
  const sweeper = createSweeper({
    ...{ bus, views: house.reader, environment },
    catchUp: () => house.rpc.catchUp(),
  });
  const { events: store, frames } = stores;
  const housekeeping = createHousekeeping({ store, frames, environment });
  const { api, gateway } = await serve(house);
  const leave = await joinEvents({ ...environment, bus, cluster: house.cluster });
  const membership = createMembership({
    ...environment,
    cluster: house.cluster,
    card: cardOf(settings, environment),
    work: [...addOns.work, sweeper, housekeeping],
  });
  await membership.start();
  const firstAccess = await ensureFirstAccess({
    ...environment,
    ...{ bus, store: stores.events, presetKey: settings.apiKey, keyFile: keyFileOf(settings) },
  });
  const { acceptBacklogMax: backlog, acceptsPerTurn: count } = environment.limits;
  const listen = { port: settings.port, host: settings.host, backlog };
  await api.listen(await sharedPort(listen));
  const doors = await openDoors(api.server, { ...listen, count });
  return {
    port: (api.server.address() as AddressInfo).port,
    firstAccess,
    bus,
    store: stores.events,
    queries,
    idle: async () => {
      await queries.passed(await stores.events.head());
      await addOns.idle();
      await queries.passed(await stores.events.head());
    },
    sweep: () => sweeper.sweep(),
    stop: async () => {
      await gateway.drain();
      const closed = doors.close();
      await api.close();
      // What came through the doors beside is not among those that the server waits for.
      const { clock, limits } = environment;
      const cutOff = clock.after(limits.drainMs, () => api.server.closeAllConnections());
      api.server.closeIdleConnections();
      await closed;
      cutOff();
      await membership.stop();
      leave();
      bus.events.stop();
      house.rpc.stop();
      // Views that are complete need not catch up before the next start can show anything.
      await queries.passed(await stores.events.head());
      await queries.stop();
      await stores.close();
      await dropKeyFile(settings, firstAccess);
    },
  };
}

/** What this node tells the others of itself. */
function cardOf({ publicUrl }: Settings, { clock }: Environment): NodeCard {
  const roles = ["gateway", "api", "background"] as const;
  return { url: publicUrl, roles, startedAt: clock.now(), release: packageJson.version };
}

/** A key to what was in memory alone opens nothing any more. */
async function dropKeyFile(settings: Settings, { keyFile }: FirstAccess): Promise<void> {
  if (settings.database === "memory" && keyFile !== undefined) await rm(keyFile, { force: true });
}

/**
 * Wakes the views after a commit, many commits at once: whoever cannot wait asks for `passed`.
 * Under load they wait longer, since a row that many events change is then written once for all.
 */
function wakeOnEvents(bus: Bus, own: HouseViews, { clock, limits }: Environment): void {
  let cursor: string | undefined;
  let events = 0;
  let waitMs = limits.viewWakeMs;
  bus.events.subscribe((committed) => {
    const last = committed.at(-1);
    if (last === undefined) return;
    if (cursor === undefined) {
      clock.after(waitMs, () => {
        own.wake(positionOf(cursor ?? "") ?? 0);
        const isBusy = events > waitMs * busyEventsPerMs;
        waitMs = isBusy ? Math.max(limits.viewWakeMs, limits.viewWakeBusyMs) : limits.viewWakeMs;
        cursor = undefined;
        events = 0;
      });
    }
    cursor = last.cursor;
    events += committed.length;
  });
}

/**
 * From here on the views are busy: near what two cores serve at all. Below it small batches are
 * better, since a large one takes a core for a tenth of a second, and stations wait for that.
 */
const busyEventsPerMs = 6;

/** Where the command line on this machine finds its key. */
export function keyFileOf(settings: Settings): string {
  return join(resolve(settings.dataDir), "api-key");
}

async function build(
  settings: Settings,
  environment: Environment,
  stores: HouseStores,
): Promise<House> {
  const store = stores.events;
  const bus = createBus({ ...environment, store });
  const { limits } = environment;
  const cluster = createAlone(nodeName());
  const own = await openHouseViews(stores, environment);
  wakeOnEvents(bus, own, environment);
  const rpc = createRpc({
    ...environment,
    ...{ bus, store, frames: stores.frames, cluster },
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
  const access = createAccess({ ...environment, store, events: bus.events });
  const reader = viewReaderOf(own);
  return { settings, environment, stores, bus, views: own, reader, rpc, access, cluster };
}

function addOnHostOf({ settings, bus, stores, reader, environment }: House) {
  const own = [
    stationConfiguration(),
    authorizationList(),
    authorization(settings.addOnSettings.authorization),
    ...settings.addOns,
  ];
  const { addOnSettings } = settings;
  const parts = { bus, store: stores.events, views: reader, environment };
  return createAddOnHost({ ...parts, addOns: own, settings: addOnSettings });
}

async function serve(house: House) {
  const { settings, environment, stores, bus, access, rpc } = house;
  // The gateway attaches to the API's server, and the API shows what the gateway knows.
  const holder: { gateway?: Gateway } = {};
  const api = await createOperatorApi({
    ...environment,
    ...{ bus, store: stores.events, frames: stores.frames, access },
    ...{ queries: house.views, views },
    ...apiPortsOf({ ...house, gatewayOf: () => holder.gateway }),
  });
  const { requirePasswords, defaultProtocol, publicUrl } = settings;
  const gateway = createGateway({
    ...environment,
    ...{ bus, rpc, versions, store: stores.events, server: api.server, cluster: house.cluster },
    settings: { node: nodeName(), requirePasswords, defaultProtocol, publicUrl },
  });
  holder.gateway = gateway;
  // A browser or a wrong client at a station's address is told what belongs there.
  api.all("/ocpp/*", { schema: { hide: true } }, (request, reply) => {
    reply.hijack();
    gateway.refusePlain(request.raw, reply.raw);
  });
  return { api, gateway };
}
