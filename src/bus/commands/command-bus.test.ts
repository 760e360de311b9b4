import { describe, expect, it } from "vitest";
import {
  type Actor,
  addOnActor,
  noAuthority,
  type StationState,
  stationActor,
  streams,
  systemActor,
  toChargingStation,
} from "#core";
import { testEnvironment } from "#support/environment";
import { createMemoryEventStore } from "#support/stores";
import { createBus } from "../bus.ts";
import { type CommitUnit, type EventStore, StoreUnavailable } from "../ports/event-store.ts";
import { TokenNamedTwice } from "../tokens.ts";
import { InvalidCommand } from "./validation.ts";

const system = systemActor("test");
const station = stationActor("cp01");
const administrator: Actor = {
  kind: "operator",
  id: "ada",
  authority: { ...noAuthority, administrator: true },
};
const nobody: Actor = { kind: "operator", id: "bob", authority: noAuthority };

const create = toChargingStation("cp01", "CreateChargingStation", {
  stationId: "CP01",
  administrators: [],
  transactionNumberBase: 2_000_000,
});
const accept = toChargingStation("cp01", "AcceptChargingStation", {});
const boot = toChargingStation("cp01", "RecordBoot", {
  at: "2026-05-04T10:00:00.000Z",
  protocol: "ocpp1.6",
});

function house(wrap: (store: EventStore) => EventStore = (store) => store) {
  const environment = testEnvironment();
  const store = wrap(createMemoryEventStore(environment));
  return { ...environment, store, bus: createBus({ ...environment, store }) };
}

async function houseWithStation() {
  const parts = house();
  await parts.bus.commands.execute({ actor: system, station: "cp01", commands: [create] });
  return parts;
}

describe("the command bus", () => {
  it("decides commands one on the other and commits them as one unit", async () => {
    const { bus, store } = house();
    const result = await bus.commands.execute({
      actor: administrator,
      station: "cp01",
      commands: [create, accept],
    });
    expect(result).toMatchObject({ status: "committed" });
    const events = await store.readAll({ after: 0, limit: 10 });
    expect(events.map((event) => event.type)).toEqual([
      "ChargingStationCreated",
      "ChargingStationAccepted",
    ]);
    expect((await bus.commands.station("cp01")).accepted).toBe(true);
  });

  it("commits nothing of a unit of which one command is refused", async () => {
    const { bus, store } = house();
    const result = await bus.commands.execute({
      actor: administrator,
      station: "cp01",
      commands: [create, accept, accept],
    });
    expect(result).toMatchObject({
      status: "rejected",
      command: "AcceptChargingStation",
      rejection: { rejected: "StationAlreadyAccepted" },
    });
    const events = await store.readStream({
      stream: streams.chargingStation("cp01"),
      afterVersion: 0,
      limit: 10,
    });
    expect(events).toEqual([]);
  });

  it("records a refused wish with who wished it", async () => {
    const { bus, store } = await houseWithStation();
    await bus.commands.execute({ actor: nobody, station: "cp01", commands: [accept] });
    const [refusal] = await store.readStream({
      stream: streams.audit("2026-05-04"),
      afterVersion: 0,
      limit: 10,
    });
    expect(JSON.parse(refusal?.data ?? "")).toMatchObject({
      command: "AcceptChargingStation",
      code: "NotPermitted",
      actor: { kind: "operator", id: "bob" },
      stream: "charging-station/cp01",
    });
  });

  it("lets an add-on send only what it was granted", async () => {
    const { bus } = await houseWithStation();
    const configure = toChargingStation("cp01", "ConfigureChargingStation", {
      evses: [{ evseId: 1, connectors: [] }],
    });
    const send = (granted: string[]) =>
      bus.commands.execute({
        actor: addOnActor("own", granted),
        station: "cp01",
        commands: [configure],
      });
    expect(await send([])).toMatchObject({ rejection: { rejected: "CommandNotGranted" } });
    expect(await send(["ConfigureChargingStation"])).toMatchObject({ status: "committed" });
  });

  it("records every refused wish of many that come at once", async () => {
    const { bus, store } = await houseWithStation();
    const wishes = Array.from({ length: 40 }, (_, n) => {
      const key = `cp${n}`;
      const commands = [toChargingStation(key, "AcceptChargingStation", {})];
      return bus.commands.execute({ actor: nobody, station: key, commands });
    });
    for (const { status } of await Promise.all(wishes)) expect(status).toBe("rejected");
    const stream = streams.audit("2026-05-04");
    expect(await store.readStream({ stream, afterVersion: 0, limit: 100 })).toHaveLength(40);
  });

  it("answers a repetition that would be refused for what its first time did", async () => {
    const { bus, store } = house();
    const once = () =>
      bus.commands.execute({
        actor: administrator,
        station: "cp01",
        commands: [create],
        receipt: { id: "2026-05-04T10:00:00-once", expiresAt: "2026-06-04T10:00:00.000Z" },
        answer: () => "made",
      });
    const first = await once();
    const head = await store.head();
    expect(first).toMatchObject({ status: "committed", answer: "made" });
    const { status, ...again } = await once();
    expect({ status, ...again }).toMatchObject({ status: "repeated", answer: "made" });
    expect(await store.head()).toBe(head);
  });

  it("reads again what a commit of unknown outcome may have changed", async () => {
    let isCut = false;
    const { bus } = house((store) => ({
      ...store,
      append: async (unit) => {
        const result = await store.append(unit);
        if (isCut) throw new StoreUnavailable("no reply came");
        return result;
      },
    }));
    await bus.commands.execute({ actor: system, station: "cp01", commands: [create] });
    isCut = true;
    const accepting = { actor: administrator, station: "cp01", commands: [accept] };
    await expect(bus.commands.execute(accepting)).rejects.toThrow("no reply came");
    isCut = false;
    expect(await bus.commands.station("cp01")).toMatchObject({ accepted: true });
  });

  it("refuses data that do not fit, with the path of each fault", async () => {
    const { bus } = await houseWithStation();
    const bad = {
      stream: streams.chargingStation("cp01"),
      type: "SetStrictness",
      data: { strict: "yes", more: 1 },
    };
    const failure = await bus.commands
      .execute({ actor: administrator, station: "cp01", commands: [bad] })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidCommand);
    expect((failure as InvalidCommand).issues.map((issue) => issue.path)).toEqual(
      expect.arrayContaining(["/strict", "/more"]),
    );
  });

  it.each(["constructor", "toString", "NoSuchCommand"])("knows no command %s", async (type) => {
    const { bus } = await houseWithStation();
    const command = { stream: streams.chargingStation("cp01"), type, data: {} };
    const sent = bus.commands.execute({ actor: administrator, commands: [command] });
    await expect(sent).rejects.toThrow(`${type}: /type is no command`);
  });

  it("keeps a person's instants in UTC with milliseconds", async () => {
    const { bus, store } = await houseWithStation();
    const set = {
      stream: streams.token("ref"),
      type: "SetToken",
      data: { status: "accepted", expiresAt: "2026-05-04T12:00:00+02:00" },
    };
    await bus.commands.execute({ actor: administrator, commands: [set] });
    const [event] = await store.readStream({ stream: set.stream, afterVersion: 0, limit: 1 });
    expect(JSON.parse(event?.data ?? "").expiresAt).toBe("2026-05-04T10:00:00.000Z");
  });

  it("answers a repeated command from its receipt, with one effect", async () => {
    const { bus, store } = await houseWithStation();
    await bus.commands.execute({ actor: administrator, station: "cp01", commands: [accept] });
    const receipt = { id: "20260504-abc", expiresAt: "2027-06-01T00:00:00.000Z" };
    const send = () =>
      bus.commands.execute({
        actor: station,
        station: "cp01",
        commands: [boot],
        receipt,
        answer: (_states, decided) => `${decided().length} event`,
      });
    const head = await store.head();
    expect(await send()).toMatchObject({ status: "committed", answer: "1 event" });
    expect(await send()).toMatchObject({ status: "repeated", answer: "1 event" });
    expect(await store.head()).toBe(head + 1);
  });

  it("reloads and decides again when somebody else has written to the stream", async () => {
    let overtake: (() => Promise<void>) | undefined;
    const { bus, store } = house((inner) => ({
      ...inner,
      append: async (unit: CommitUnit) => {
        const first = overtake;
        overtake = undefined;
        await first?.();
        return inner.append(unit);
      },
    }));
    await bus.commands.execute({ actor: system, station: "cp01", commands: [create] });
    overtake = async () => {
      await store.append({
        station: "cp01",
        appends: [
          {
            stream: streams.chargingStation("cp01"),
            expectedVersion: 1,
            events: [{ type: "ChargingStationAccepted", schema: 1, data: "{}", meta: "{}" }],
          },
        ],
      });
    };
    const result = await bus.commands.execute({
      actor: administrator,
      station: "cp01",
      commands: [accept],
    });
    expect(result).toMatchObject({ rejection: { rejected: "StationAlreadyAccepted" } });
  });

  it("gives up after a bounded number of conflicts", async () => {
    const { bus } = house((inner) => ({
      ...inner,
      append: async () => ({ status: "conflict", stream: "x", version: 1 }) as const,
    }));
    const send = bus.commands.execute({ actor: system, station: "cp01", commands: [create] });
    await expect(send).rejects.toThrow("10 conflicts");
  });

  it("says at once that a new token has another reference: no state will ever fit", async () => {
    let appends = 0;
    const { bus } = house((inner) => ({
      ...inner,
      append: (unit) => {
        appends += 1;
        return inner.append(unit);
      },
    }));
    const naming = (ref: string) => ({
      actor: system,
      station: "cp01",
      commands: [create],
      vault: [{ ref, lookup: "of one value", sealed: "…" }],
    });
    await bus.commands.execute({ ...naming("first"), commands: [], station: undefined });
    await expect(bus.commands.execute(naming("second"))).rejects.toThrow(TokenNamedTwice);
    expect(appends).toBe(2);
    expect(await bus.commands.execute(naming("first"))).toMatchObject({ status: "committed" });
  });

  it("acknowledges nothing when the store cannot commit, and takes the command again later", async () => {
    let broken = true;
    const { bus } = house((inner) => ({
      ...inner,
      append: (unit) => (broken ? Promise.reject(new Error("disk full")) : inner.append(unit)),
    }));
    const send = () => bus.commands.execute({ actor: system, station: "cp01", commands: [create] });
    await expect(send()).rejects.toThrow("disk full");
    broken = false;
    expect(await send()).toMatchObject({ status: "committed" });
  });

  it("refuses a unit of a connection that was taken over", async () => {
    const { bus, store } = await houseWithStation();
    const open = () =>
      store.connect({ station: "cp01", node: "a", connectedAt: "2026-05-04T10:00:00.000Z" });
    const old = await open();
    const epoch = await open();
    const send = (fence: number) =>
      bus.commands.execute({
        actor: station,
        station: "cp01",
        commands: [boot],
        fence: { station: "cp01", epoch: fence },
      });
    expect(await send(old)).toEqual({ status: "fenced" });
    expect(await send(epoch)).toMatchObject({ status: "committed" });
  });

  it("publishes events after their commit, in order, and outlives a listener that throws", async () => {
    const { bus, log } = house();
    const heard: string[] = [];
    bus.events.subscribe(() => {
      throw new Error("broken listener");
    });
    bus.events.subscribe((events) => heard.push(...events.map((event) => event.type)));
    await bus.commands.execute({
      actor: administrator,
      station: "cp01",
      commands: [create, accept],
    });
    expect(heard).toEqual(["ChargingStationCreated", "ChargingStationAccepted"]);
    expect(log.lines.map((line) => line.level)).toContain("error");
  });

  it("runs the commands of one station one after the other", async () => {
    const { bus } = await houseWithStation();
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        bus.commands.execute({ actor: administrator, station: "cp01", commands: [accept] }),
      ),
    );
    expect(results.filter((result) => result.status === "committed")).toHaveLength(1);
  });

  it("keeps a transaction in memory until it has ended, and reads it again for a late word", async () => {
    const read: string[] = [];
    const { bus } = house((store) => ({
      ...store,
      readStream: async (query) => {
        read.push(query.stream);
        return store.readStream(query);
      },
    }));
    const at = "2026-05-04T10:00:00.000Z";
    const stream = streams.transaction("tx1");
    const say = (type: string, data: object) =>
      bus.commands.execute({ actor: station, station: "cp01", commands: [{ stream, type, data }] });
    await bus.commands.execute({ actor: system, station: "cp01", commands: [create] });
    const start = { station: "cp01", evseId: 1, startedAt: at, reviews: [], at };
    await say("RecordTransactionStarted", start);
    read.length = 0;
    const stop = { stoppedAt: at, meterStopMilliWh: 5, reason: "Local", at };
    await say("RecordTransactionStopped", { ...stop, samples: [], reviews: [] });
    expect(read).toEqual([]);
    const other = { ...stop, meterStopMilliWh: 6, samples: [], reviews: [] };
    const late = await say("RecordTransactionStopped", other);
    expect(read).toEqual([stream]);
    expect(late).toMatchObject({ events: [{ type: "TransactionStopRepeated" }, {}] });
  });

  it("finds a long stream again by its snapshot and its tail", async () => {
    const environment = testEnvironment({ snapshotEveryEvents: 10 });
    const store = createMemoryEventStore(environment);
    const before = createBus({ ...environment, store });
    await before.commands.execute({ actor: system, station: "cp01", commands: [create] });
    await before.commands.execute({ actor: administrator, station: "cp01", commands: [accept] });
    for (let index = 0; index < 25; index++) {
      await before.commands.execute({ actor: station, station: "cp01", commands: [boot] });
    }
    const read: number[] = [];
    const after = createBus({
      ...environment,
      store: {
        ...store,
        readStream: async (query) => {
          read.push(query.afterVersion);
          return store.readStream(query);
        },
      },
    });
    const expected: StationState = await before.commands.station("cp01");
    expect(await after.commands.station("cp01")).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(read[0]).toBeGreaterThanOrEqual(20);
  });
});

describe("the vault", () => {
  it("gives a token one reference, however it is spelled", async () => {
    const { bus } = house();
    const first = await bus.tokens.resolve("AbC1");
    expect((await bus.tokens.resolve(" abc1 ")).ref).toBe(first.ref);
  });

  it("keeps a reference only with the unit that first refers to it", async () => {
    const { bus, store, cipher } = house();
    const minted = await bus.tokens.resolve("AbC1");
    expect(await bus.tokens.find("ABC1")).toBeUndefined();
    await bus.commands.execute({
      actor: administrator,
      commands: [
        { stream: streams.token(minted.ref), type: "SetToken", data: { status: "accepted" } },
      ],
      vault: minted.entry === undefined ? [] : [minted.entry],
    });
    expect(await bus.tokens.find("ABC1")).toBe(minted.ref);
    expect(await bus.tokens.valueOf(minted.ref)).toBe("AbC1");
    const events = await store.readAll({ after: 0, limit: 10 });
    expect(JSON.stringify(events).toLowerCase()).not.toContain("abc1");
    expect(cipher.hmac("token", "abc1")).toBe(minted.entry?.lookup);
  });

  it("forgets what was erased, also what it keeps in memory", async () => {
    const { bus, store } = house();
    const { ref, entry } = await bus.tokens.resolve("AbC1");
    const send = (type: string) =>
      bus.commands.execute({
        actor: administrator,
        commands: [{ stream: streams.token(ref), type, data: type === "SetToken" ? accepted : {} }],
        vault: entry === undefined ? [] : [entry],
      });
    const accepted = { status: "accepted" };
    await send("SetToken");
    await bus.tokens.resolve("AbC1");
    expect(await bus.tokens.valueOf(ref)).toBe("AbC1");
    await send("EraseToken");
    await store.append({ appends: [], eraseTokens: [ref] });
    expect(await bus.tokens.valueOf(ref)).toBeUndefined();
    expect(await bus.tokens.find("abc1")).toBeUndefined();
    const anew = await bus.tokens.resolve("AbC1");
    expect(anew.ref).not.toBe(ref);
    expect(anew.entry?.ref).toBe(anew.ref);
  });

  it("keeps nothing that was read before an erasure and comes after it", async () => {
    const { bus, store } = house();
    const { ref, entry } = await bus.tokens.resolve("AbC1");
    const vault = entry === undefined ? [] : [entry];
    await store.append({ appends: [], vault });
    const slow = bus.tokens.valueOf(ref);
    bus.tokens.forget(ref);
    await slow;
    await store.append({ appends: [], eraseTokens: [ref] });
    expect(await bus.tokens.valueOf(ref)).toBeUndefined();
    expect((await bus.tokens.resolve("AbC1")).ref).not.toBe(ref);
  });
});
