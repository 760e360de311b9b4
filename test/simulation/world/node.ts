// One node: the rooms of Motown plugged together as `src/main/motown.ts` does, on a virtual clock,
// network and disk. What is left out is what has no port to put something virtual behind: the HTTP
// server of the operators' API (operators speak to the bus, as the API does) and the views' thread
// (they run in this one, as they do with a log in memory).
import { EventEmitter } from "node:events";
import { authorization } from "#add-ons/authorization";
import { authorizationList } from "#add-ons/authorization-list";
import { stationConfiguration } from "#add-ons/station-configuration";
import {
  type AddOn,
  type Bus,
  type Cipher,
  cipherOf,
  createAddOnHost,
  createBus,
  createHousekeeping,
  createSweeper,
  type Environment,
  type EventStore,
  type FrameLog,
  type Log,
  positionOf,
} from "#bus";
import type { Limits } from "#limits";
import { createGateway, createRpc, type Gateway, type Rpc, versions } from "#ocpp";
import { createProjector, createQueries, type Projector, viewReaderOf, views } from "#views";
import type { Dice } from "./dice.ts";
import { productDice, productIds } from "./dice.ts";
import type { Disk } from "./disk.ts";
import { Life } from "./life.ts";
import type { Door } from "./network.ts";
import type { Timeline } from "./timeline.ts";

/** What a node works with. */
export interface NodeParts {
  readonly name: string;
  readonly timeline: Timeline;
  readonly disk: Disk;
  readonly dice: Dice;
  readonly limits: Limits;
  readonly settings: {
    readonly unknownStations: "reject" | "pending" | "accept";
    readonly strict: boolean;
  };
  /** False while everything is off, whoever wants to start it. */
  readonly mayStart: () => boolean;
  readonly addOns: () => readonly AddOn[];
  readonly said: (level: keyof Log, message: string, fields: Fields | undefined) => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** A Motown that runs: what the checks may look at. */
export interface House {
  readonly life: Life;
  readonly bus: Bus;
  readonly store: EventStore;
  readonly frames: FrameLog;
  readonly projector: Projector;
  readonly rpc: Rpc;
  readonly gateway: Gateway;
  readonly server: EventEmitter;
  idle(): Promise<void>;
  rebuild(): Promise<void>;
  stop(): Promise<void>;
}

const retryMs = 5_000;

/** A machine with one process of Motown on it, which may die and be started again. */
export class Node implements Door {
  readonly name: string;
  readonly #parts: NodeParts;
  /** Its wall clock's error. */
  skewMs = 0;
  /** The machine is off. */
  dark = false;
  starts = 0;
  #life: Life | undefined;
  #house: House | undefined;

  constructor(parts: NodeParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  /** What runs, once it is open for stations. */
  get house(): House | undefined {
    return this.#house;
  }

  get server(): EventEmitter | undefined {
    return this.#house?.server;
  }

  /** A process is there, be it that it is still starting. */
  get isRunning(): boolean {
    return this.#life?.alive === true;
  }

  /** Starts a process; one that cannot start is started again, as an init system does. */
  start(): void {
    if (this.isRunning || !this.#parts.mayStart()) return;
    this.dark = false;
    this.starts += 1;
    const life = new Life(this.#parts.timeline, () => this.skewMs);
    this.#life = life;
    this.#open(life).then(
      (house) => {
        if (life.alive) this.#house = house;
      },
      (error: unknown) => {
        if (!life.alive) return;
        this.#parts.said("warn", "Motown could not start", { error });
        this.kill();
        this.#parts.timeline.after(retryMs, () => this.start());
      },
    );
  }

  /** The process is dead, in the middle of whatever it did. */
  kill(): void {
    this.#life?.end();
    this.#house = undefined;
  }

  /** Ends in good order. */
  async stop(): Promise<void> {
    const [house, life] = [this.#house, this.#life];
    await house?.stop();
    if (life === this.#life) this.kill();
    else life?.end();
  }

  async #open(life: Life): Promise<House> {
    const { disk, timeline, limits, dice, name, said } = this.#parts;
    const log = logTo(said);
    const environment: Environment = {
      clock: life.clock,
      ids: productIds(dice, () => timeline.now),
      dice: productDice(dice),
      cipher,
      limits,
      log,
    };
    const store = disk.storeFor(life);
    const frames = disk.framesFor();
    const bus = createBus({ ...environment, store });
    const own = await this.#views(life, { ...environment, store });
    wakeOnEvents(bus, own.projector, environment);
    const rpc = this.#rpc(life, { ...environment, bus, store, frames });
    const reader = viewReaderOf(own.queries);
    const addOns = createAddOnHost({
      ...{ bus, store, views: reader, environment, settings: {} },
      addOns: [
        stationConfiguration(),
        authorizationList(),
        authorization(undefined),
        ...this.#parts.addOns(),
      ],
    });
    const sweeper = createSweeper({ bus, views: reader, environment });
    const housekeeping = createHousekeeping({ store, frames, environment });
    const server = Object.assign(new EventEmitter(), { headersTimeout: 0 });
    const gateway = createGateway({
      ...environment,
      ...{ bus, rpc, versions, store },
      // All that the gateway takes of it is its event `upgrade`.
      server: server as unknown as Parameters<typeof createGateway>[0]["server"],
      settings: { node: name, requirePasswords: false },
    });
    await addOns.start();
    sweeper.start();
    housekeeping.start();
    const { projector } = own;
    return {
      ...{ life, bus, store, frames, projector, rpc, gateway, server },
      rebuild: own.rebuild,
      idle: async () => {
        await projector.passed(await store.head());
        await addOns.idle();
        await projector.passed(await store.head());
      },
      stop: async () => {
        await sweeper.stop();
        await housekeeping.stop();
        await gateway.drain();
        await addOns.stop();
        rpc.stop();
        await projector.stop();
        await store.close();
        await frames.close();
      },
    };
  }

  async #views(life: Life, given: Environment & { readonly store: EventStore }) {
    const { disk } = this.#parts;
    const { limits } = given;
    const file = disk.views.current;
    const projector = createProjector({
      ...given,
      source: given.store,
      store: disk.views.open(file, life),
      views: Object.values(views),
    });
    const queries = createQueries({ store: projector, views, passed: projector.passed, limits });
    await projector.start();
    const rebuild = async () => {
      const fresh = disk.views.fresh();
      await projector.rebuild(disk.views.open(fresh, life));
      await disk.views.replace(fresh);
    };
    return { projector, queries, rebuild };
  }

  #rpc(life: Life, parts: Environment & { bus: Bus; store: EventStore; frames: FrameLog }): Rpc {
    const { disk, settings, limits } = this.#parts;
    return createRpc({
      ...parts,
      faults: disk.faultsFor(life),
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
}

/** Wakes the views after a commit, many commits at once. */
function wakeOnEvents(bus: Bus, projector: Projector, { clock, limits }: Environment): void {
  let cursor: string | undefined;
  bus.events.subscribe((events) => {
    const last = events.at(-1);
    if (last === undefined) return;
    if (cursor === undefined) {
      clock.after(limits.viewWakeMs, () => {
        projector.wake(positionOf(cursor ?? "") ?? 0);
        cursor = undefined;
      });
    }
    cursor = last.cursor;
  });
}

function logTo(said: NodeParts["said"]): Log {
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
