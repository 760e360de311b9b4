// The people at the desk: they let stations in, ask them for things, and change their minds. They
// speak to the bus as the API does, with an Idempotency-Key for each wish.
import {
  type Execution,
  InvalidCommand,
  instantAfter,
  positionOf,
  StoreUnavailable,
  TooManyConflicts,
} from "#bus";
import {
  type Actor,
  type Command,
  noAuthority,
  stationKey,
  streams,
  toChargingStation,
  toStationType,
  toToken,
  toTransaction,
} from "#core";
import type { LogWatch } from "../checks/log-watch.ts";
import type { Violate } from "../checks/violations.ts";
import type { VirtualStation } from "../stations/station.ts";
import type { Dice } from "./dice.ts";
import type { House } from "./house.ts";
import type { Node } from "./node.ts";

const desk: Actor = {
  kind: "operator",
  id: "desk",
  authority: { ...noAuthority, administrator: true },
};

/** What every request to a station carries, as the API mints it. */
interface Minted {
  readonly requestId: string;
  readonly correlationId: string;
  readonly requestedAt: string;
  readonly deadline: string;
  readonly validUntil?: string;
}

interface Wish {
  readonly minted: Minted;
  readonly station: VirtualStation;
  readonly key: string;
  readonly evseId: number;
  readonly tokenRef: string;
  readonly dice: Dice;
}

type WishRow = (wish: Wish) => Command | undefined;

/** All that is asked of stations, by name. */
const requests: Readonly<Record<string, WishRow>> = {
  reset: ({ key, minted, dice }) =>
    toChargingStation(key, "RequestReset", { ...minted, kind: dice.pick(["soft", "hard"]) }),
  unlock: ({ key, minted, evseId }) =>
    toChargingStation(key, "RequestUnlockEvse", { ...minted, evseId }),
  availability: ({ key, minted, evseId, dice }) =>
    toChargingStation(key, "RequestChangeAvailability", {
      ...minted,
      ...(dice.strikes(0.5) ? { evseId } : {}),
      availability: dice.pick(["operative", "inoperative"]),
    }),
  readConfiguration: ({ key, minted }) =>
    toChargingStation(key, "RequestConfigurationItems", { ...minted, keys: [] }),
  changeConfiguration: ({ key, minted, dice }) =>
    toChargingStation(key, "RequestChangeConfigurationItem", {
      ...minted,
      ...{ key: dice.pick(["HeartbeatInterval", "MeterValueSampleInterval"]), value: "300" },
    }),
  clearCache: ({ key, minted }) => toChargingStation(key, "RequestClearCache", minted),
  transfer: ({ key, minted }) =>
    toChargingStation(key, "RequestDataTransfer", { ...minted, vendorId: "acme" }),
  listVersion: ({ key, minted }) =>
    toChargingStation(key, "RequestAuthorizationListVersion", minted),
  sendList: ({ key, minted, tokenRef }) =>
    toChargingStation(key, "RequestSendAuthorizationList", {
      ...minted,
      updateType: "full",
      entries: [{ tokenRef, status: "accepted" }],
    }),
  trigger: ({ key, minted, evseId, dice }) =>
    toChargingStation(key, "RequestTriggerMessage", {
      ...minted,
      ...dice.pick<{ message: string; evseId?: number }>([
        { message: "StatusNotification", evseId },
        { message: "BootNotification" },
        { message: "Heartbeat" },
      ]),
    }),
  reserve: ({ key, minted, evseId, tokenRef }) =>
    toChargingStation(key, "RequestReserveNow", {
      ...minted,
      ...{ evseId, tokenRef, reservationId: `r-${minted.requestId}` },
      expiresAt: instantAfter(minted.requestedAt, 1_800_000),
    }),
  start: ({ key, minted, evseId, tokenRef }) =>
    toChargingStation(key, "RequestStartTransaction", { ...minted, evseId, tokenRef }),
  stop: ({ key, minted, station }) => {
    const running = station.outlets.find(({ session }) => session?.number !== undefined)?.session;
    if (running?.number === undefined) return undefined;
    const transactionNumber = running.number;
    return toChargingStation(key, "RequestStopTransaction", { ...minted, transactionNumber });
  },
};

/** What the desk decides about stations: each undoes the other, sooner or later. */
const decisions = {
  unaccept: (key: string) => toChargingStation(key, "UnacceptChargingStation", {}),
  accept: (key: string) => toChargingStation(key, "AcceptChargingStation", {}),
  decommission: (key: string) => toChargingStation(key, "DecommissionChargingStation", {}),
  recommission: (key: string) => toChargingStation(key, "RecommissionChargingStation", {}),
} as const;

export type Decision = keyof typeof decisions;

/** Counts of what came of wishes. */
export interface DeskCounts {
  committed: number;
  refused: number;
  failed: number;
}

interface DeskParts {
  readonly dice: Dice;
  readonly log: LogWatch;
  readonly violate: Violate;
  readonly nodes: () => readonly Node[];
  /** Where there are several nodes, one is asked for what another has failed at. */
  readonly again?: ((run: () => void) => void) | undefined;
}

/** What came of a wish, as its API call would say. */
type WishEnd = "committed" | "repeated" | "rejected" | "fenced" | "failed";

const triesMax = 4;

export class Operator {
  readonly counts: DeskCounts = { committed: 0, refused: 0, failed: 0 };
  readonly #dice: Dice;
  readonly #log: LogWatch;
  readonly #violate: Violate;
  readonly #nodes: () => readonly Node[];
  readonly #again: DeskParts["again"];

  constructor(parts: DeskParts) {
    this.#dice = parts.dice;
    this.#log = parts.log;
    this.#violate = parts.violate;
    this.#nodes = parts.nodes;
    this.#again = parts.again;
  }

  /** Makes tokens, station types and stations known. */
  async prepare(house: House, stations: readonly Prepared[]): Promise<void> {
    await this.#token(house, "TOKEN-1", { status: "accepted" });
    await this.#token(house, "TOKEN-2", { status: "accepted", concurrency: 3 });
    await this.#token(house, "TOKEN-3", { status: "blocked" });
    const evses = evsesOf(2);
    await this.#wish(house, {
      commands: [
        toStationType("acme|wall", "DefineStationType", { vendor: "Acme", model: "Wall", evses }),
      ],
    });
    for (const { station, known, configured } of stations) {
      if (!known) continue;
      const key = stationKey(station.stationId);
      await this.#wish(house, {
        station: key,
        commands: [
          toChargingStation(key, "CreateChargingStation", {
            stationId: station.stationId,
            administrators: [],
            transactionNumberBase: 2 ** 20 + this.#dice.between(0, 2 ** 20),
          }),
          decisions.accept(key),
          ...(configured
            ? [
                toChargingStation(key, "ConfigureChargingStation", {
                  evses: evsesOf(station.outlets.length),
                }),
              ]
            : []),
        ],
      });
    }
  }

  /** Asks a station for something; at times twice with one key. */
  async ask(station: VirtualStation): Promise<void> {
    const house = this.#house();
    if (house === undefined) return;
    const dice = this.#dice;
    const minted = this.#minted(house);
    const token = await this.#resolved(house, "TOKEN-1");
    if (token === undefined) return;
    const name = dice.pick(Object.keys(requests) as [string, ...string[]]);
    const command = requests[name]?.({
      ...{ minted, station, dice, tokenRef: token.ref },
      key: stationKey(station.stationId),
      evseId: dice.between(1, station.outlets.length),
    });
    if (command === undefined) return;
    const execution = {
      station: stationKey(station.stationId),
      correlationId: minted.correlationId,
      commands: [command],
      vault: token.entry === undefined ? [] : [token.entry],
      receipt: {
        id: `api:${minted.requestId}`,
        expiresAt: instantAfter(minted.requestedAt, 86_400_000),
      },
      answer: () => "{}",
    };
    const wishes = [this.#wish(house, execution)];
    if (dice.strikes(0.2)) wishes.push(this.#wish(this.#other(house), execution));
    const ends = await Promise.all(wishes);
    const isDone = ends.some((end) => end === "committed" || end === "repeated");
    if (isDone) this.#isAsked(minted.requestId);
    else if (ends.includes("failed")) this.#tryAgain(execution, minted.requestId);
  }

  /** The same wish with the same key, to any node, until one of them gives an answer. */
  #tryAgain(execution: Omit<Execution, "actor">, requestId: string, tries = 1): void {
    if (tries >= triesMax) return;
    this.#again?.(() => {
      const house = this.#house();
      if (house === undefined) return;
      void this.#wish(house, execution).then((end) => {
        if (end === "committed" || end === "repeated") this.#isAsked(requestId);
        else if (end === "failed") this.#tryAgain(execution, requestId, tries + 1);
      });
    });
  }

  /** Any node's house, where there are several. */
  #other(house: House): House {
    return this.#again === undefined ? house : (this.#house() ?? house);
  }

  /** What the desk was told is done must be in the log. */
  #isAsked(requestId: string): void {
    if (this.#again === undefined) return;
    this.#log.readOn();
    if (this.#log.requests.has(requestId)) return;
    this.#violate("durableFirst", `the desk was told that ${requestId} is asked, and it is not`);
  }

  async decide(station: VirtualStation, decision: Decision): Promise<void> {
    const house = this.#house();
    const key = stationKey(station.stationId);
    if (house === undefined) return;
    await this.#wish(house, { station: key, commands: [decisions[decision](key)] });
  }

  /** Lets every station in again that was let in once, and gives it EVSEs if it has none. */
  async putRight(stations: readonly Prepared[]): Promise<void> {
    const house = this.#house();
    if (house === undefined) return;
    for (const { station, known } of stations) {
      const key = stationKey(station.stationId);
      const before = this.#log.station(key);
      if (!known && !before.admitted) continue;
      const evses = evsesOf(station.outlets.length);
      const commands = [
        ...(before.decommissioned ? [decisions.recommission(key)] : []),
        ...(before.accepted ? [] : [decisions.accept(key)]),
        ...(before.configured
          ? []
          : [toChargingStation(key, "ConfigureChargingStation", { evses })]),
      ];
      if (commands.length > 0) await this.#wish(house, { station: key, commands });
    }
  }

  /** Ends what runs at a station that nobody hears of any more, as far as the log knows. */
  async endTransaction(station: VirtualStation): Promise<void> {
    const house = this.#house();
    if (house === undefined) return;
    const key = stationKey(station.stationId);
    const state = await house.bus.commands.station(key).catch((error: unknown) => {
      this.#failed(error);
      return undefined;
    });
    const [open] = state?.openTransactions ?? [];
    if (open === undefined) return;
    const { transactionId } = open;
    const at = house.life.clock.now();
    await this.#wish(house, {
      station: key,
      streams: [streams.transaction(transactionId)],
      commands: [
        toTransaction(transactionId, "EndTransaction", { at }),
        toChargingStation(key, "EndTransaction", { transactionId, at }),
      ],
    });
  }

  #house(): House | undefined {
    // Whoever calls a node that stands still waits as if he called it when it goes on.
    const open = this.#nodes().flatMap(({ house, isFrozen }) => (isFrozen ? [] : (house ?? [])));
    return open.length === 0 ? undefined : this.#dice.pick(open as [House, ...House[]]);
  }

  #minted(house: House): Minted {
    const dice = this.#dice;
    const requestedAt = house.life.clock.now();
    const id = () => `${dice.word()}${dice.word()}${dice.word()}`;
    const waits = dice.strikes(0.3) ? dice.between(10, 900) * 1000 : undefined;
    const validUntil = waits === undefined ? {} : { validUntil: instantAfter(requestedAt, waits) };
    const deadline = instantAfter(requestedAt, (waits ?? 0) + dice.between(20, 240) * 1000);
    return { requestId: id(), correlationId: id(), requestedAt, deadline, ...validUntil };
  }

  async #resolved(house: House, value: string) {
    try {
      return await house.bus.tokens.resolve(value);
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  async #token(house: House, value: string, data: Parameters<typeof toToken>[2]): Promise<void> {
    const token = await this.#resolved(house, value);
    if (token === undefined) return;
    const vault = token.entry === undefined ? [] : [token.entry];
    await this.#wish(house, { vault, commands: [toToken(token.ref, "SetToken", data as never)] });
  }

  async #wish(house: House, execution: Omit<Execution, "actor">): Promise<WishEnd> {
    try {
      const result = await house.bus.commands.execute({ ...execution, actor: desk });
      if (result.status === "committed") this.#committed(positionOf(result.cursor) ?? 0);
      else if (result.status === "rejected") this.counts.refused += 1;
      return result.status;
    } catch (error) {
      this.#failed(error);
      return "failed";
    }
  }

  #committed(position: number): void {
    this.counts.committed += 1;
    this.#log.readOn();
    if (position <= this.#log.position) return;
    this.#violate("durableFirst", `a wish was done at ${position}, beyond the end of the log`);
  }

  #failed(error: unknown): void {
    this.counts.failed += 1;
    if (error instanceof StoreUnavailable || error instanceof TooManyConflicts) return;
    const kind = error instanceof InvalidCommand ? "an invalid command" : "an error";
    this.#violate("noBug", `the desk's wish led to ${kind}: ${String(error)}`);
  }
}

/** A station before the first day. */
export interface Prepared {
  readonly station: VirtualStation;
  /** Created and accepted by the desk. */
  readonly known: boolean;
  readonly configured: boolean;
}

function evsesOf(count: number) {
  return Array.from({ length: count }, (_none, at) => ({
    evseId: at + 1,
    connectors: [{ connectorId: 1, type: "IEC_62196_T2" }],
  }));
}
