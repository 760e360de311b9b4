// Several nodes of one process on one log in memory and one virtual time: real buses, RPC layers,
// liveness and leases; stations' frames are plain texts. Nodes freeze, die and part.
import {
  type AddOn,
  type Bus,
  type Cluster,
  createAddOnHost,
  createBus,
  type Environment,
  type EventStore,
  type HeldConnection,
  type NodeCard,
  positionOf,
  type ViewReader,
  type ViewStore,
} from "#bus";
import { createMembership, createMemoryNetwork, joinEvents, type MemoryNetwork } from "#cluster";
import {
  type Command,
  type EventEnvelope,
  stationKey,
  stationOfStream,
  streams,
  systemActor,
} from "#core";
import { createMemoryEventStore, createMemoryFrameLog } from "#event-store";
import { type Limits, limitsWith } from "#limits";
import { createRpc, versions } from "#ocpp";
import {
  type TestClock,
  testClock,
  testDice,
  testEnvironment,
  testIds,
} from "#support/environment";
import { FakeSocket } from "#support/rpc/rpc-harness";
import { memoryViews } from "#support/view-story";
import { createQueries, createSharedViews, viewReaderOf, views } from "#views";
import { createLiveness } from "../../src/ocpp/gateway/liveness.ts";
import { createNeighbours } from "../../src/ocpp/gateway/neighbours.ts";
import type { StationSocket } from "../../src/ocpp/gateway/station-socket.ts";
import { noQuirks } from "../../src/ocpp/quirks/flags.ts";
import type { StationConnection } from "../../src/ocpp/rpc/connection.ts";
import { heldClock, heldStore } from "./machines.ts";

const actor = systemActor("test");

interface Shared {
  readonly clock: TestClock;
  readonly store: EventStore;
  readonly network: MemoryNetwork;
  readonly limits: Partial<Limits>;
  /** Those of a node: each has its own. */
  readonly addOns: () => readonly AddOn[];
  /** Views that all nodes share; absent: there are none. */
  readonly viewStore: ViewStore | undefined;
}

/** Lets everything run that needs no time to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}

/** A world with nodes of these names, which all live. */
export async function clusterWorld(
  names: readonly string[],
  given: {
    readonly limits?: Partial<Limits>;
    readonly addOns?: () => readonly AddOn[];
    readonly views?: true;
  } = {},
) {
  const { limits = {}, addOns = () => [] } = given;
  const viewStore = given.views && memoryViews();
  const clock = testClock();
  const dice = testDice(7);
  const network = createMemoryNetwork({ clock, dice, limits: limitsWith(limits) });
  const store = createMemoryEventStore();
  const nodes = new Map<string, ClusterNode>();
  for (const name of names) {
    nodes.set(name, await startNode(name, { clock, store, network, limits, addOns, viewStore }));
  }
  const node = (name: string): ClusterNode => {
    const found = nodes.get(name);
    if (found === undefined) throw new Error(`no node is called ${name}`);
    return found;
  };
  /** In small steps: what happens in one may need time of the next. */
  const pass = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 250) {
      clock.advance(Math.min(left, 250));
      await settle();
    }
  };
  await pass(2 * limitsWith(limits).leaseRenewMs);
  /** The same while something is under way that needs it. */
  const during = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    for (let steps = 0; !isDone && steps < 200; steps += 1) await pass(50);
    return done;
  };
  return { clock, store, network, node, pass, during };
}

export type ClusterNode = Awaited<ReturnType<typeof startNode>>;

async function startNode(name: string, shared: Shared) {
  const { network, limits } = shared;
  const clock = heldClock(shared.clock);
  const held = heldStore(shared.store);
  const environment = { ...testEnvironment(limits), clock, ids: testIds(name) };
  const cluster = network.node(name, { clock, log: environment.log });
  const { viewStore } = shared;
  const addOns = shared.addOns();
  const rooms = openRooms(environment, { store: held.store, cluster, addOns, viewStore });
  const { bus, membership } = rooms;
  const heard: EventEnvelope[] = [];
  bus.events.subscribe((events) => heard.push(...events));
  await joinEvents({ ...environment, bus, cluster });
  await membership.start();
  const hold = () => {
    clock.hold();
    held.hold();
    network.freeze(name);
  };
  return {
    ...rooms,
    ...{ name, heard, log: environment.log },
    /** The process stands still. */
    freeze: hold,
    thaw: async () => {
      network.thaw(name);
      held.goOn();
      clock.goOn();
      await settle();
    },
    /** The process is dead. */
    kill: hold,
    execute: async (...commands: readonly Command[]) => {
      const station = stationOfStream(commands[0]?.stream ?? "");
      const result = await bus.commands.execute({ actor, station, commands });
      await settle();
      return result;
    },
    types: () => heard.map(({ type }) => type),
    connect: (stationId: string) => connectTo(name, rooms, stationId),
  };
}

type Rooms = ReturnType<typeof openRooms>;

const card: NodeCard = {
  roles: ["gateway", "api", "background"],
  startedAt: "2026-05-04T10:00:00.000Z",
  release: "1.2.3",
};

const noViews: ViewReader = {
  list: async () => ({ items: [] }),
  get: async () => undefined,
  passed: async () => {},
};

const settings = {
  unknownStations: "reject",
  heartbeatInterval: 300,
  bootRetryInterval: 60,
  clockSkewSecondsMax: 300,
  strict: false,
  administrators: [],
  isTraced: () => false,
} as const;

function openRooms(
  environment: Environment,
  given: Pick<Shared, "store" | "viewStore"> & {
    readonly cluster: Cluster;
    readonly addOns: readonly AddOn[];
  },
) {
  const { store, cluster, addOns } = given;
  const frames = createMemoryFrameLog(environment.limits);
  const bus = createBus({ ...environment, store });
  const rpc = createRpc({ ...environment, bus, store, frames, cluster, settings });
  const neighbours = createNeighbours({ ...environment, cluster, store });
  const liveness = createLiveness({ ...environment, store, rpc });
  cluster.answer({
    connections: async ({ stations }) => stations.flatMap((key) => heldBy(rpc.current(key))),
    disconnect: async ({ station, reason }) => {
      rpc.current(station)?.close(1001, reason);
      return rpc.current(station) !== undefined;
    },
  });
  const shown = viewsOf(environment, { ...given, bus });
  const host = createAddOnHost({
    ...{ addOns, bus, store, views: shown.reader, environment, settings: {} },
  });
  const work = [...shown.work, ...host.work];
  const membership = createMembership({ ...environment, cluster, card, work });
  return { clock: environment.clock, store, bus, rpc, cluster, neighbours, liveness, membership };
}

/** A node's part of the views that all share. */
function viewsOf(
  environment: Environment,
  given: Pick<Shared, "store" | "viewStore"> & { readonly bus: Bus },
) {
  const { store: source, viewStore: store, bus } = given;
  if (store === undefined) return { reader: noViews, work: [] };
  const shared = createSharedViews({ ...environment, source, store, views: Object.values(views) });
  const { passed, query, work } = shared;
  bus.events.subscribe((events) => shared.wake(positionOf(events.at(-1)?.cursor ?? "") ?? 0));
  const { limits } = environment;
  const asked = { dialect: store.dialect, query };
  const queries = createQueries({ store: asked, views, passed, limits });
  return { reader: viewReaderOf(queries), work: [work] };
}

function heldBy(connection: StationConnection | undefined): HeldConnection[] {
  if (connection === undefined) return [];
  const { key: station, epoch, since, version, address } = connection;
  return [{ station, epoch, since, lastSeenAt: since, protocol: version.protocol, address }];
}

/** What of a real socket liveness looks at. */
const quietSocket = {
  ...{ held: false, untilRead: () => undefined, heldBytes: () => 0, cutOff: () => {} },
  ws: { readyState: 3, OPEN: 1 },
} as unknown as StationSocket;

/** A station comes to a node, as its gateway takes it in. */
async function connectTo(node: string, rooms: Rooms, stationId: string) {
  const { clock, rpc, neighbours, liveness, store } = rooms;
  const [version] = versions;
  if (version === undefined) throw new Error("no version of OCPP");
  const socket = new FakeSocket();
  const key = stationKey(stationId);
  const row = { station: key, node, connectedAt: clock.now() };
  const epoch = await neighbours.connect(row, await neighbours.holder(key));
  const given = { key, stationId, version, epoch, address: "127.0.0.1", socket };
  const connection = rpc.open(given);
  if (connection === undefined) throw new Error("an older connection than the one that is there");
  liveness.add(connection, quietSocket, noQuirks);
  await settle();
  return {
    ...{ socket, connection, epoch },
    /** Sends a text, and returns the frames that came of it. */
    send: async (text: string): Promise<string[]> => {
      const before = socket.sent.length;
      connection.receive(text);
      await settle();
      return socket.sent.slice(before);
    },
    /** The socket is gone, and its node has noticed. */
    drop: async () => {
      rpc.ended(connection);
      liveness.remove(connection);
      await store.disconnect({ station: key, epoch, at: clock.now() });
      await settle();
    },
  };
}

/** Commands that make a station which is served. */
export function admission(stationId: string): Command[] {
  const stream = streams.chargingStation(stationKey(stationId));
  const born = { stationId, administrators: [], transactionNumberBase: 2 ** 20 };
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }];
  return [
    { stream, type: "CreateChargingStation", data: born },
    { stream, type: "AcceptChargingStation", data: {} },
    { stream, type: "ConfigureChargingStation", data: { evses } },
  ];
}
