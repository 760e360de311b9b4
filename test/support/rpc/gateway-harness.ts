// A node with real sockets for wire tests: HTTP server, gateway, RPC layer, log in memory.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Cluster,
  createBus,
  type Environment,
  type EventStore,
  systemClock,
  systemDice,
  systemIds,
  type VaultEntry,
} from "#bus";
import { stationKey, streams, systemActor } from "#core";
import { createMemoryEventStore, createMemoryFrameLog } from "#event-store";
import type { Limits } from "#limits";
import { createGateway, createRpc, type GatewaySettings, type QuirkBook, versions } from "#ocpp";
import { testEnvironment } from "#support/environment";

const actor = systemActor("test");

/** Starts a node on a free port. */
export async function gatewayHarness(
  options: {
    readonly limits?: Partial<Limits>;
    readonly settings?: Partial<GatewaySettings>;
    readonly quirks?: QuirkBook;
    readonly strict?: boolean;
    /** The store as handshakes meet it. */
    readonly store?: (inner: EventStore) => EventStore;
    /** Other nodes. */
    readonly cluster?: Cluster;
  } = {},
) {
  const quiet = testEnvironment(options.limits);
  const real = { clock: systemClock, ids: systemIds, dice: systemDice };
  const environment: Environment = { ...quiet, ...real };
  const store = createMemoryEventStore();
  const frames = createMemoryFrameLog();
  const bus = createBus({ ...environment, store });
  const rpc = createRpc({
    ...environment,
    ...{ bus, store, frames },
    ...(options.quirks === undefined ? {} : { quirks: options.quirks }),
    settings: {
      unknownStations: "reject",
      heartbeatInterval: 300,
      bootRetryInterval: 60,
      clockSkewSecondsMax: 300,
      strict: options.strict ?? false,
      administrators: [],
      isTraced: () => true,
    },
  });
  const server = createServer((request, response) => gateway.refusePlain(request, response));
  const settings = { node: "test", requirePasswords: false, ...options.settings };
  const gateway = createGateway({
    ...{ ...environment, server, rpc, versions, bus, settings, cluster: options.cluster },
    store: options.store?.(store) ?? store,
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;

  return {
    ...{ ...environment, log: quiet.log, store, frames, bus, rpc, gateway, port },
    /** Makes a station that is served. */
    admit: async (stationId: string) => {
      const key = stationKey(stationId);
      const stream = streams.chargingStation(key);
      const born = { stationId, administrators: [], transactionNumberBase: 2 ** 20 };
      const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }];
      await bus.commands.execute({
        actor,
        station: key,
        commands: [
          { stream, type: "CreateChargingStation", data: born },
          { stream, type: "AcceptChargingStation", data: {} },
          { stream, type: "ConfigureChargingStation", data: { evses } },
        ],
      });
    },
    execute: (stationId: string, type: string, data: object) => {
      const key = stationKey(stationId);
      const stream = streams.chargingStation(key);
      return bus.commands.execute({ actor, station: key, commands: [{ stream, type, data }] });
    },
    /** Puts tokens into the vault, as a call of a station would. */
    put: (vault: readonly VaultEntry[]) =>
      bus.commands.execute({ actor, station: "cp-1", commands: [], vault }),
    setPassword: async (stationId: string, secret: string) => {
      const station = stationKey(stationId);
      const credentials = [{ owner: `station:${station}`, secret }];
      await bus.commands.execute({ actor, station, commands: [], credentials });
    },
    stop: async () => {
      await gateway.drain();
      rpc.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type GatewayHarness = Awaited<ReturnType<typeof gatewayHarness>>;
