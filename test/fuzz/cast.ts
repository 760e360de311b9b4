// The stations of a round: served ones under odd names, a strict one, and such as may not speak.
import type { Socket } from "#bus";
import { type StationKey, stationKey, systemActor, toChargingStation } from "#core";
import { type OcppVersion, versions } from "#ocpp";
import type { House } from "./house.ts";

/** A frame that was sent to a station. */
export type SentFrame = readonly [kind: number, id: unknown, ...rest: readonly unknown[]];

/** A call of ours that the station has not answered yet. */
export interface OpenCall {
  readonly id: string;
  readonly action: string;
}

/** What a station may say: all, facts about its transactions (it was accepted once), or nothing. */
type Rights = "all" | "onceAdmitted" | "none";

/** A station with its socket. */
export interface Player {
  readonly stationId: string;
  readonly key: StationKey;
  readonly version: OcppVersion;
  readonly rights: Rights;
  /** Answers that came since the last look. */
  readonly answers: SentFrame[];
  readonly open: OpenCall[];
  /** How the socket was ended from our side. */
  closed: string | undefined;
  receive(text: string): void;
  /** Loses the socket and comes back on another. */
  reconnect(): Promise<void>;
}

const served = ["S-1", `T''"); DROP TABLE events; -- 💥`, "ß".repeat(255), "__proto__"];
const strict = ["STRICT"];
const strangers = ["STRANGER 💥", "constructor", "WAITING", "GONE"];
const bare = "BARE";

const actor = systemActor("fuzz");

/** Connects all stations of the cast, for each version. */
export async function castOf(
  house: House,
  spoken: readonly OcppVersion[] = versions,
): Promise<readonly Player[]> {
  const players: Player[] = [];
  for (const version of spoken) {
    const named = (id: string) =>
      version === spoken[0] ? id : `${version.protocol} ${id}`.slice(0, 255);
    for (const id of [...served, ...strict]) await admit(house, named(id), strict.includes(id));
    await create(house, named("WAITING"), []);
    await create(house, named(bare), ["AcceptChargingStation"]);
    await create(house, named("GONE"), ["DecommissionChargingStation"]);
    for (const id of [...served, ...strict, ...strangers, bare]) {
      const rights = strangers.includes(id) ? "none" : id === bare ? "onceAdmitted" : "all";
      players.push(await playerOf(house, { version, stationId: named(id), rights }));
    }
  }
  return players;
}

/** A station that is served. */
export async function admit(house: House, stationId: string, isStrict = false): Promise<void> {
  await create(house, stationId, ["AcceptChargingStation"]);
  const evse = (evseId: number) => ({ evseId, connectors: [{ connectorId: 1, type: "unknown" }] });
  const key = stationKey(stationId);
  await house.bus.commands.execute({
    ...{ actor, station: key },
    commands: [
      toChargingStation(key, "ConfigureChargingStation", { evses: [evse(1), evse(2)] }),
      toChargingStation(key, "MakeChargingStationReservable", {}),
      toChargingStation(key, "SetStrictness", { strict: isStrict }),
    ],
  });
}

async function create(
  { bus }: House,
  stationId: string,
  then: readonly ("AcceptChargingStation" | "DecommissionChargingStation")[],
): Promise<void> {
  const key = stationKey(stationId);
  const born = { stationId, administrators: [], transactionNumberBase: 2 ** 20 };
  await bus.commands.execute({
    ...{ actor, station: key },
    commands: [
      toChargingStation(key, "CreateChargingStation", born),
      ...then.map((type) => toChargingStation(key, type, {})),
    ],
  });
}

/** A station that plays along, or not, over a socket that is none. */
export async function playerOf(
  house: House,
  given: { readonly version: OcppVersion; readonly stationId: string; readonly rights: Rights },
): Promise<Player> {
  const key = stationKey(given.stationId);
  const state: { receive: (text: string) => void; leave: () => void } = {
    receive: () => {},
    leave: () => {},
  };
  const player: Player = {
    ...given,
    key,
    answers: [],
    open: [],
    closed: undefined,
    receive: (text) => state.receive(text),
    reconnect: async () => {
      state.leave();
      player.closed = undefined;
      player.open.length = 0;
      const epoch = await house.store.connect({
        ...{ station: key, node: "fuzz", connectedAt: house.clock.now() },
      });
      const { stationId, version } = given;
      const address = "127.0.0.1";
      let isHere = true;
      const socket = socketOf(player, () => isHere);
      const connection = house.rpc.open({ key, stationId, version, epoch, address, socket });
      if (connection === undefined) throw new Error("the newest connection was not taken");
      state.receive = (text) => connection.receive(text);
      state.leave = () => {
        isHere = false;
        house.rpc.ended(connection);
      };
    },
  };
  await player.reconnect();
  return player;
}

/** A player's socket; once it was left, nothing that is done to it reaches anybody. */
function socketOf(player: Player, isHere: () => boolean): Socket {
  return {
    send: (text) => {
      if (!isHere()) return false;
      const frame = JSON.parse(text) as SentFrame;
      if (frame[0] === 2) player.open.push({ id: String(frame[1]), action: String(frame[2]) });
      else player.answers.push(frame);
      return true;
    },
    close: (code, reason) => {
      if (isHere()) player.closed = `${code} ${reason}`;
    },
    buffered: () => 0,
    untilRead: () => undefined,
    pause: () => {},
    resume: () => {},
  };
}
