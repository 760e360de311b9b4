// Two nodes on one log: what each of them hears, and when.
import { describe, expect, it } from "vitest";
import { type Bus, createBus, type EventStore } from "#bus";
import { type Command, streams, systemActor } from "#core";
import type { Limits } from "#limits";
import { testEnvironment } from "#support/environment";
import { createMemoryEventStore } from "#support/stores";

const actor = systemActor("test");

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}

function nodeOn(store: EventStore, limits: Partial<Limits> = {}) {
  const environment = testEnvironment(limits);
  const bus = createBus({ ...environment, store });
  const heard: string[] = [];
  const own: string[] = [];
  const nameOf = ({ cursor, type }: { cursor: string; type: string }) => `${cursor} ${type}`;
  bus.events.subscribe((events) => heard.push(...events.map(nameOf)));
  bus.events.subscribeOwn((events) => own.push(...events.map(nameOf)));
  return { ...environment, bus, heard, own };
}

function birth(stationId: string): Command {
  const stream = streams.chargingStation(stationId);
  const data = { stationId, administrators: [], transactionNumberBase: 2 ** 20 };
  return { stream, type: "CreateChargingStation", data };
}

function acceptance(stationId: string): Command {
  const stream = streams.chargingStation(stationId);
  return { stream, type: "AcceptChargingStation", data: {} };
}

const run = (bus: Bus, ...commands: readonly Command[]) =>
  bus.commands.execute({ actor, station: commands[0]?.stream.split("/")[1], commands });

/** A store whose reading of the log waits until it may go on. */
function slowReading(store: EventStore) {
  let mayGoOn = () => {};
  let isHeld = false;
  /** What is read is on its way already. */
  let isLate = false;
  let gate = Promise.resolve();
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    hold: (given: { readonly isLate?: boolean } = {}) => {
      isHeld = true;
      isLate = given.isLate === true;
      gate = new Promise((resolve) => {
        mayGoOn = resolve;
      });
    },
    release: () => {
      isHeld = false;
      mayGoOn();
    },
    store: {
      ...store,
      readAll: async (query: Parameters<EventStore["readAll"]>[0]) => {
        reads += 1;
        const early = isLate ? await store.readAll(query) : undefined;
        if (isHeld) await gate;
        return early ?? store.readAll(query);
      },
    } satisfies EventStore,
  };
}

describe("the event bus of one node alone", () => {
  it("hands out at once, and reads nothing", async () => {
    const slow = slowReading(createMemoryEventStore());
    const { bus, heard, own, clock } = nodeOn(slow.store);
    await run(bus, birth("a"), acceptance("a"));
    expect(heard).toEqual(["0-1 ChargingStationCreated", "0-2 ChargingStationAccepted"]);
    expect(own).toEqual(heard);
    expect(slow.reads).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it("hears of a commit that nobody was told of, before what follows it", async () => {
    const inner = createMemoryEventStore();
    let isUnsure = false;
    const store: EventStore = {
      ...inner,
      append: async (unit) => {
        const result = await inner.append(unit);
        if (isUnsure) throw new Error("the answer was lost");
        return result;
      },
    };
    const { bus, heard, own } = nodeOn(store);
    await run(bus, birth("a"));
    isUnsure = true;
    await expect(run(bus, birth("b"))).rejects.toThrow("lost");
    isUnsure = false;
    await run(bus, birth("c"));
    await settle();
    expect(heard.map((name) => name.slice(0, 3))).toEqual(["0-1", "0-2", "0-3"]);
    expect(own.map((name) => name.slice(0, 3))).toEqual(["0-1", "0-3"]);
    expect(await bus.commands.station("b")).toMatchObject({ exists: true });
  });
});

describe("the event buses of two nodes", () => {
  async function twoNodes(limits: Partial<Limits> = {}) {
    const inner = createMemoryEventStore();
    const slow = slowReading(inner);
    const one = nodeOn(inner, limits);
    const two = nodeOn(slow.store, limits);
    await one.bus.events.follow();
    await two.bus.events.follow();
    await settle();
    return { one, two, slow, store: inner };
  }

  it("hand out the same events in the same order", async () => {
    const { one, two } = await twoNodes();
    const births = Array.from({ length: 40 }, (_none, at) =>
      run(at % 3 === 0 ? one.bus : two.bus, birth(`s${at}`), acceptance(`s${at}`)),
    );
    await Promise.all(births);
    for (const { bus } of [one, two]) bus.events.grown(80);
    await settle();
    expect(one.heard).toHaveLength(80);
    expect(two.heard).toEqual(one.heard);
    expect(one.own).toHaveLength(28);
    expect(two.own).toHaveLength(52);
  });

  it("hear by polling what no wake-up told", async () => {
    const { one, two } = await twoNodes({ tailPollMs: 700 });
    await run(one.bus, birth("a"));
    await settle();
    expect(two.heard).toEqual([]);
    two.clock.advance(699);
    await settle();
    expect(two.heard).toEqual([]);
    two.clock.advance(1);
    await settle();
    expect(two.heard).toEqual(["0-1 ChargingStationCreated"]);
  });

  it("let an own commit wait for what is before it, and an operator for both", async () => {
    const { one, two, slow } = await twoNodes();
    await run(one.bus, birth("a"));
    slow.hold();
    let isDone = false;
    const stream = "user/ada";
    const data = { user: "ada", permissions: [], administrator: true };
    const command = { stream, type: "CreateUser", data } as const;
    const operator = { ...actor, kind: "operator" } as const;
    const executed = two.bus.commands
      .execute({ actor: operator, commands: [command] })
      .then((result) => {
        isDone = true;
        return result;
      });
    await settle();
    expect(two.heard).toEqual([]);
    expect(isDone).toBe(false);
    slow.release();
    expect((await executed).status).toBe("committed");
    expect(two.heard).toEqual(["0-1 ChargingStationCreated", "0-2 UserCreated"]);
    expect(two.own).toEqual(["0-2 UserCreated"]);
  });

  it("wait no longer than their limit for what cannot be read", async () => {
    const { one, two, slow } = await twoNodes({ tailWaitMs: 300 });
    await run(one.bus, birth("a"));
    slow.hold();
    const met = two.bus.events.passed(1);
    await settle();
    two.clock.advance(300);
    await met;
    expect(two.heard).toEqual([]);
    slow.release();
    await settle();
    expect(two.heard).toHaveLength(1);
  });

  it("keep few commits in memory behind a gap, and lose none", async () => {
    const { one, two, slow } = await twoNodes({ tailBehindMax: 2 });
    await run(one.bus, birth("a"));
    slow.hold();
    for (const name of ["b", "c", "d", "e"]) await run(two.bus, birth(name));
    expect(two.heard).toEqual([]);
    expect(two.bus.events.behind).toBe(2);
    slow.release();
    await settle();
    expect(two.heard.map((name) => name.slice(0, 3))).toEqual(["0-1", "0-2", "0-3", "0-4", "0-5"]);
    expect(two.own.map((name) => name.slice(0, 3)).sort()).toEqual(["0-2", "0-3", "0-4", "0-5"]);
  });

  it("go on after the log could not be read", async () => {
    const inner = createMemoryEventStore();
    let isBroken = true;
    const store: EventStore = {
      ...inner,
      readAll: (query) =>
        isBroken ? Promise.reject(new Error("disk broken")) : inner.readAll(query),
    };
    const one = nodeOn(inner);
    const two = nodeOn(store, { tailPollMs: 500 });
    await two.bus.events.follow();
    await run(one.bus, birth("a"));
    two.bus.events.grown(1);
    await settle();
    two.clock.advance(500);
    await settle();
    const complaints = two.log.lines.filter(({ level }) => level === "error");
    expect(complaints).toHaveLength(1);
    isBroken = false;
    two.clock.advance(500);
    await settle();
    expect(two.heard).toHaveLength(1);
  });
});

describe("states in memory", () => {
  it("move on by what another node has committed, pinned or not", async () => {
    const store = createMemoryEventStore();
    const one = nodeOn(store);
    const two = nodeOn(store);
    await one.bus.events.follow();
    await two.bus.events.follow();
    await run(one.bus, birth("a"));
    await run(one.bus, birth("b"));
    const letGo = two.bus.commands.pin("a");
    await two.bus.commands.station("a");
    await two.bus.commands.station("b");
    await run(one.bus, acceptance("a"));
    await run(one.bus, acceptance("b"));
    expect(two.bus.commands.stationNow("a")).toMatchObject({ accepted: false });
    two.bus.events.grown(4);
    await settle();
    expect(two.bus.commands.stationNow("a")).toMatchObject({ accepted: true });
    expect(two.bus.commands.stationNow("b")).toMatchObject({ accepted: true });
    letGo();
    expect(two.bus.commands.stationNow("a")).toMatchObject({ accepted: true });
  });

  it("are not kept where others had heard of a commit before it was known here", async () => {
    const inner = createMemoryEventStore();
    let answer = () => {};
    let isLate = false;
    const store: EventStore = {
      ...inner,
      append: async (unit) => {
        const result = await inner.append(unit);
        if (isLate) {
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
        }
        return result;
      },
    };
    const one = nodeOn(inner);
    const two = nodeOn(store);
    await two.bus.events.follow();
    await run(two.bus, birth("a"));
    isLate = true;
    const late = run(two.bus, acceptance("a"));
    await settle();
    const stream = streams.chargingStation("a");
    const away = { stream, type: "UnacceptChargingStation", data: {} };
    expect((await run(one.bus, away)).status).toBe("committed");
    two.bus.events.grown(3);
    await settle();
    answer();
    expect((await late).status).toBe("committed");
    expect(two.bus.commands.stationNow("a")?.accepted).not.toBe(true);
    expect(await two.bus.commands.station("a")).toMatchObject({ accepted: false });
    expect(two.heard.map((name) => name.slice(0, 3))).toEqual(["0-1", "0-2", "0-3"]);
    expect(two.own.map((name) => name.slice(0, 3))).toEqual(["0-1", "0-2"]);
  });

  it("are not kept where what was read has become old", async () => {
    const inner = createMemoryEventStore();
    let answer = () => {};
    const store: EventStore = {
      ...inner,
      readStream: async (query) => {
        const page = await inner.readStream(query);
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return page;
      },
    };
    const one = nodeOn(inner);
    const two = nodeOn(store);
    await two.bus.events.follow();
    await run(one.bus, birth("a"));
    const loaded = two.bus.commands.station("a");
    await settle();
    await run(one.bus, acceptance("a"));
    two.bus.events.grown(2);
    await settle();
    answer();
    expect(await loaded).toMatchObject({ accepted: false });
    expect(two.bus.commands.stationNow("a")).toBeUndefined();
  });

  it("forget a token's value that another node has erased", async () => {
    const store = createMemoryEventStore();
    const one = nodeOn(store);
    const two = nodeOn(store);
    await two.bus.events.follow();
    const { ref, entry } = await one.bus.tokens.resolve("Ada-1");
    const vault = entry === undefined ? [] : [entry];
    await one.bus.commands.execute({ actor, commands: [], vault });
    expect(await two.bus.tokens.valueOf(ref)).toBe("Ada-1");
    const stream = streams.token(ref);
    const set = { stream, type: "SetToken", data: { status: "accepted" } } as const;
    await one.bus.commands.execute({ actor, commands: [set] });
    const erase = { stream, type: "EraseToken", data: {} } as const;
    const erased = await one.bus.commands.execute({
      ...{ actor, commands: [erase], eraseTokens: [ref] },
    });
    expect(erased.status).toBe("committed");
    two.bus.events.grown(await store.head());
    await settle();
    expect(await two.bus.tokens.valueOf(ref)).toBeUndefined();
  });
});

describe("the event bus of a node that stood still", () => {
  /** Its time goes on, its timers do not. */
  function jump(clock: ReturnType<typeof testEnvironment>["clock"], milliseconds: number): void {
    const { monotonicMs } = clock;
    clock.monotonicMs = () => monotonicMs() + milliseconds;
  }

  async function afterAStandstill() {
    const inner = createMemoryEventStore();
    const slow = slowReading(inner);
    const node = nodeOn(slow.store);
    await node.bus.events.follow();
    await settle();
    expect(node.bus.events.recent()).toBeUndefined();
    jump(node.clock, 60_000);
    await run(nodeOn(inner).bus, birth("a"));
    return { ...node, slow };
  }

  it("has heard what others committed meanwhile before it calls that recent", async () => {
    const { bus, heard } = await afterAStandstill();
    expect(heard).toEqual([]);
    await bus.events.recent();
    expect(heard).toEqual(["0-1 ChargingStationCreated"]);
    expect(bus.events.recent()).toBeUndefined();
    bus.events.stop();
  });

  it("takes no page for recent that it asked for before", async () => {
    const { bus, heard, slow, clock } = await afterAStandstill();
    await bus.events.recent();
    slow.hold({ isLate: true });
    bus.events.grown(9);
    await settle();
    jump(clock, 60_000);
    await run(nodeOn(slow.store).bus, birth("b"));
    let known: number | undefined;
    const waiting = bus.events.recent()?.then(() => {
      known = heard.length;
    });
    await settle();
    expect(known).toBeUndefined();
    slow.release();
    await waiting;
    expect(known).toBe(2);
    bus.events.stop();
  });

  it("misses no bell that rings when a page has just been taken", async () => {
    const { bus, heard, slow } = await afterAStandstill();
    slow.hold({ isLate: true });
    const rung = bus.events.recent()?.then(() => bus.events.grown(2));
    await settle();
    await run(nodeOn(slow.store).bus, birth("b"));
    slow.release();
    await rung;
    await settle();
    expect(heard).toHaveLength(2);
    bus.events.stop();
  });

  it("makes nobody wait for long where the log cannot be read", async () => {
    const { bus, slow, clock, limits } = await afterAStandstill();
    slow.hold();
    let isOver = false;
    const waiting = bus.events.recent()?.then(() => {
      isOver = true;
    });
    await settle();
    expect(isOver).toBe(false);
    clock.advance(limits.tailWaitMs);
    await waiting;
    expect(isOver).toBe(true);
    bus.events.stop();
  });
});
