// A node without sockets for tests of the RPC layer: the real bus on a log in memory, time that
// stands still, and stations whose frames are plain texts.
import { createBus, type EventStore, type Socket } from "#bus";
import {
  type Command,
  type EventEnvelope,
  type StationState,
  stationKey,
  stationOfStream,
  streams,
  systemActor,
} from "#core";
import { createMemoryEventStore, createMemoryFrameLog } from "#event-store";
import { type Limits, limitsWith } from "#limits";
import { createRpc, type OcppVersion, type QuirkBook, type RpcSettings } from "#ocpp";
import { testEnvironment } from "#support/environment";

const actor = systemActor("test");

/** A station's end of a connection: what was sent to it, and how it ended. */
export class FakeSocket implements Socket {
  readonly sent: string[] = [];
  closed: { code: number; reason: string } | undefined;
  paused = false;
  /** Bytes that the station has not read yet. */
  unread = 0;
  untilRead: () => Promise<void> | undefined = () => undefined;
  /** Called with each frame, once it was sent. */
  onSent: ((frame: readonly unknown[]) => void) | undefined;

  send(frame: string): boolean {
    if (this.closed !== undefined) return false;
    this.sent.push(frame);
    this.onSent?.(JSON.parse(frame));
    return true;
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  buffered(): number {
    return this.unread;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }
}

/** Settings of a harness; all may be left out. */
export interface HarnessOptions {
  readonly limits?: Partial<Limits>;
  readonly settings?: Partial<RpcSettings>;
  readonly quirks?: QuirkBook;
  /** Changes the store that the node sees. */
  readonly store?: (store: EventStore) => EventStore;
}

/** Lets everything run that needs no time to pass. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}

/** A node with one version of OCPP. */
export function rpcHarness(version: OcppVersion, options: HarnessOptions = {}) {
  const node = nodeOf(options);
  const { bus, heard } = node;

  async function execute(...commands: readonly Command[]) {
    const station = stationOfStream(commands[0]?.stream ?? "");
    const result = await bus.commands.execute({ actor, station, commands });
    await settle();
    return result;
  }

  /** Makes a station that is served. */
  async function admit(stationId = "CP-1", change: Partial<{ configured: boolean }> = {}) {
    const stream = streams.chargingStation(stationKey(stationId));
    const born = { stationId, administrators: [], transactionNumberBase: 2 ** 20 };
    const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }];
    const commands = [
      { stream, type: "CreateChargingStation", data: born },
      { stream, type: "AcceptChargingStation", data: {} },
      { stream, type: "ConfigureChargingStation", data: { evses } },
    ];
    await execute(...(change.configured === false ? commands.slice(0, 2) : commands));
  }

  return {
    ...node,
    ...{ settle, execute, admit },
    connect: (stationId = "CP-1") => connectTo(node, version, stationId),
    state: (stationId = "CP-1"): Promise<StationState> =>
      bus.commands.station(stationKey(stationId)),
    types: () => heard.map((event) => event.type),
  };
}

export type RpcHarness = ReturnType<typeof rpcHarness>;

function nodeOf(options: HarnessOptions) {
  const environment = testEnvironment(options.limits);
  const inner = createMemoryEventStore();
  const store = options.store?.(inner) ?? inner;
  const frames = createMemoryFrameLog(limitsWith(options.limits));
  const bus = createBus({ ...environment, store });
  const settings: RpcSettings = {
    unknownStations: "reject",
    heartbeatInterval: 300,
    bootRetryInterval: 60,
    clockSkewSecondsMax: 300,
    strict: false,
    administrators: ["ada"],
    isTraced: () => false,
    ...options.settings,
  };
  const heard: EventEnvelope[] = [];
  bus.events.subscribe((events) => {
    heard.push(...events);
  });
  const rpc = createRpc({ ...environment, bus, store, frames, settings, ...quirksOf(options) });
  return { ...environment, store, frames, bus, rpc, heard };
}

function quirksOf({ quirks }: HarnessOptions) {
  return quirks === undefined ? {} : { quirks };
}

async function connectTo(
  { store, clock, rpc }: ReturnType<typeof nodeOf>,
  version: OcppVersion,
  stationId: string,
) {
  const socket = new FakeSocket();
  const key = stationKey(stationId);
  const epoch = await store.connect({ station: key, node: "test", connectedAt: clock.now() });
  const given = { key, stationId, version, epoch, address: "127.0.0.1", socket };
  const connection = rpc.open(given);
  if (connection === undefined) throw new Error("an older connection than the one that is there");
  await settle();
  return {
    ...{ socket, connection, key, epoch },
    /** Sends a text, and returns the frames that came of it. */
    send: async (text: string): Promise<string[]> => {
      const before = socket.sent.length;
      connection.receive(text);
      await settle();
      return socket.sent.slice(before);
    },
    drop: async () => {
      rpc.ended(connection);
      await settle();
    },
  };
}
