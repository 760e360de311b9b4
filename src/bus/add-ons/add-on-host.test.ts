import { describe, expect, it, vi } from "vitest";
import { systemActor, toAddOn, toChargingStation } from "#core";
import { testEnvironment } from "#support/environment";
import { createMemoryEventStore } from "#support/stores";
import { createBus } from "../bus.ts";
import { type EventStore, StoreUnavailable } from "../ports/event-store.ts";
import type { ViewReader } from "../ports/view-reader.ts";
import { type AddOn, type AddOnContext, defineAddOn } from "./add-on.ts";
import { createAddOnHost } from "./add-on-host.ts";

const system = systemActor("test");

const views: ViewReader = {
  list: async (view) => ({ items: [{ view }] }),
  get: async () => undefined,
  passed: async () => {},
};

const grants = {
  events: ["ChargingStationCreated" as const],
  commands: ["MakeChargingStationReservable"],
  queries: ["tokens"],
  questions: [],
};

function birth(key: string) {
  const born = { stationId: key, administrators: [], transactionNumberBase: 1_048_576 };
  return toChargingStation(key, "CreateChargingStation", born);
}

function house(addOns: readonly AddOn[]) {
  const environment = testEnvironment();
  const store = createMemoryEventStore(environment);
  const bus = createBus({ ...environment, store });
  const start = () => createAddOnHost({ addOns, bus, store, views, environment, settings: {} });
  const create = (key: string) =>
    bus.commands.execute({
      actor: system,
      station: key,
      commands: [birth(key)],
    });
  return { ...environment, store, bus, start, create };
}

/** Lets retries come due until the host has nothing left to do. */
async function settle(parts: ReturnType<typeof house>, done: () => boolean): Promise<void> {
  for (let round = 0; round < 200 && !done(); round++) {
    await new Promise((resolve) => setImmediate(resolve));
    parts.clock.advance(1000);
  }
}

/** Lets everything run that needs no time to pass. */
async function settleOnce(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}

describe("the add-on host", () => {
  it("asks for an answer once what other nodes have committed is heard", async () => {
    const noticed: string[] = [];
    const addOn = defineAddOn({
      name: "gatekeeper",
      grants: { ...grants, questions: ["IncomingDataTransfer"] },
      notice: {
        ChargingStationCreated: ({ stream }) => {
          noticed.push(stream);
        },
      },
      answers: {
        IncomingDataTransfer: async () => ({
          ...{ status: "accepted", provider: "gatekeeper" },
          data: noticed.join(),
        }),
      },
    });
    const parts = house([addOn]);
    parts.start();
    await parts.bus.events.follow();
    await settleOnce();
    const other = createBus({ ...testEnvironment(), store: parts.store });
    const { monotonicMs } = parts.clock;
    parts.clock.monotonicMs = () => monotonicMs() + 60_000;
    await other.commands.execute({ actor: system, station: "cp01", commands: [birth("cp01")] });
    const question = { question: "IncomingDataTransfer", station: "cp01", vendorId: "v" } as const;
    const { data } = await parts.bus.questions.ask(question);
    expect(data).toBe("charging-station/cp01");
    parts.bus.events.stop();
  });

  it("lets an add-on react to what it was granted, in order, from its checkpoint on", async () => {
    const heard: string[] = [];
    const addOn = defineAddOn({
      name: "listener",
      grants,
      on: {
        ChargingStationCreated: async (event) => {
          heard.push(event.data.stationId);
        },
      },
    });
    const parts = house([addOn]);
    await parts.create("a");
    const host = parts.start();
    await host.start();
    await host.idle();
    await parts.create("b");
    await host.idle();
    expect(heard).toEqual(["a", "b"]);
    await host.stop();

    const again = parts.start();
    await again.start();
    await again.idle();
    await parts.create("c");
    await again.idle();
    expect(heard).toEqual(["a", "b", "c"]);
    await again.stop();
  });

  it("gives a dispatch one effect, however often its event is met", async () => {
    let met = 0;
    const addOn = defineAddOn({
      name: "maker",
      grants,
      on: {
        ChargingStationCreated: async (event, context) => {
          met++;
          const key = event.data.stationId;
          await context.dispatch(
            "reservable",
            toChargingStation(key, "MakeChargingStationReservable", {}),
          );
          if (met === 1) throw new Error("died after its dispatch");
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    await host.start();
    await parts.create("a");
    await settle(parts, () => met === 2);
    await host.idle();
    const events = await parts.store.readAll({ after: 0, limit: 100 });
    const made = events.filter((event) => event.type === "ChargingStationMadeReservable");
    expect(met).toBe(2);
    expect(made).toHaveLength(1);
    await host.stop();
  });

  it("parks a station whose event fails too often, and serves the others", async () => {
    const heard: string[] = [];
    let broken = true;
    const addOn = defineAddOn({
      name: "choosy",
      grants,
      on: {
        ChargingStationCreated: async (event) => {
          if (broken && event.data.stationId === "bad") throw new Error("cannot");
          heard.push(event.data.stationId);
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    await host.start();
    await parts.create("bad");
    await parts.create("good");
    const parked = async () =>
      (await parts.store.readAll({ after: 0, limit: 100 })).find(
        (event) => event.type === "AddOnEventParked",
      );
    await settle(parts, () => parts.log.lines.filter((l) => l.level === "warn").length >= 5);
    await host.idle();
    expect(heard).toEqual(["good"]);
    const park = JSON.parse((await parked())?.data ?? "{}");
    expect(park).toMatchObject({ partition: "bad", attempts: 5, error: "Error: cannot" });
    await host.stop();

    // A restart remembers what is parked; a person releases it.
    const again = parts.start();
    await again.start();
    await again.idle();
    expect(heard).toEqual(["good"]);
    broken = false;
    const { partition, cursor } = park;
    await parts.bus.commands.execute({
      actor: system,
      commands: [toAddOn("choosy", "ReleaseAddOnEvent", { partition, cursor })],
    });
    await settle(parts, () => heard.length === 2);
    expect(heard).toEqual(["good", "bad"]);
    await again.stop();
  });

  it("skips nothing that it was stopped on", async () => {
    const heard: string[] = [];
    let broken = true;
    const addOn = defineAddOn({
      name: "interrupted",
      grants,
      on: {
        ChargingStationCreated: async (event) => {
          if (broken) throw new Error("not yet");
          heard.push(event.data.stationId);
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    await host.start();
    await parts.create("a");
    await settleOnce();
    expect(parts.log.lines.filter((line) => line.level === "warn")).toHaveLength(1);
    const stopped = host.stop();
    parts.clock.advance(60_000);
    await stopped;
    broken = false;
    const again = parts.start();
    await again.start();
    await again.idle();
    expect(heard).toEqual(["a"]);
    await again.stop();
  });

  it("skips nothing that could not be parked, and goes on by itself", async () => {
    const heard: string[] = [];
    let broken = true;
    const addOn = defineAddOn({
      name: "unparked",
      grants,
      on: {
        ChargingStationCreated: async (event) => {
          if (broken) throw new Error("cannot");
          heard.push(event.data.stationId);
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    const { append } = parts.store;
    const fail = async () => {
      throw new StoreUnavailable("the disk is full");
    };
    await host.start();
    await parts.create("a");
    Object.assign(parts.store, { append: fail });
    const isReported = () => parts.log.lines.some((line) => line.level === "error");
    await settle(parts, isReported);
    expect(isReported()).toBe(true);
    broken = false;
    Object.assign(parts.store, { append });
    await settle(parts, () => heard.length > 0);
    expect(heard).toEqual(["a"]);
    await host.stop();
  });

  it("takes up what was released in its order, with what came meanwhile", async () => {
    const heard: string[] = [];
    let broken = true;
    let isSlow = false;
    let goOn = () => {};
    const slowly = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const addOn = defineAddOn({
      name: "orderly",
      grants: { ...grants, events: ["ChargingStationCreated", "ChargingStationMadeReservable"] },
      on: {
        ChargingStationCreated: async ({ data: { stationId } }) => {
          if (broken && stationId === "bad") throw new Error("cannot");
          if (stationId === "slow") {
            isSlow = true;
            await slowly;
          }
          heard.push(`${stationId} created`);
        },
        ChargingStationMadeReservable: async ({ stream }) => {
          heard.push(`${stream.split("/")[1]} reservable`);
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    await host.start();
    await parts.create("bad");
    const events = () => parts.store.readAll({ after: 0, limit: 100 });
    const parked = async () => (await events()).find((one) => one.type === "AddOnEventParked");
    const isParked = () => parts.log.lines.filter((line) => line.level === "warn").length >= 5;
    await settle(parts, isParked);
    await host.idle();
    // One page holds an event that takes long and one of the parked station behind it.
    const made = toChargingStation("bad", "MakeChargingStationReservable", {});
    await Promise.all([
      parts.create("slow"),
      parts.bus.commands.execute({ actor: system, station: "bad", commands: [made] }),
    ]);
    await settle(parts, () => isSlow);
    broken = false;
    const { partition, cursor } = JSON.parse((await parked())?.data ?? "{}");
    await parts.bus.commands.execute({
      actor: system,
      commands: [toAddOn("orderly", "ReleaseAddOnEvent", { partition, cursor })],
    });
    await settleOnce();
    goOn();
    await settle(parts, () => heard.length === 3);
    expect(heard).toEqual(["slow created", "bad created", "bad reservable"]);
    await host.stop();
  });

  it("leaves out what was skipped, for ever, and takes up what came behind it", async () => {
    const heard: string[] = [];
    const addOn = defineAddOn({
      name: "stubborn",
      grants: { ...grants, events: ["ChargingStationCreated", "ChargingStationMadeReservable"] },
      on: {
        ChargingStationCreated: async () => {
          throw new Error("cannot");
        },
        ChargingStationMadeReservable: async ({ stream }) => {
          heard.push(`${stream.split("/")[1]} reservable`);
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    await host.start();
    await parts.create("bad");
    const warnings = () => parts.log.lines.filter((line) => line.level === "warn").length;
    await settle(parts, () => warnings() >= 5);
    await host.idle();
    const made = toChargingStation("bad", "MakeChargingStationReservable", {});
    await parts.bus.commands.execute({ actor: system, station: "bad", commands: [made] });
    await settleOnce();
    await host.idle();
    expect(heard).toEqual([]);
    const events = await parts.store.readAll({ after: 0, limit: 100 });
    const parked = events.find((one) => one.type === "AddOnEventParked");
    const { partition, cursor } = JSON.parse(parked?.data ?? "{}");
    const skip = () =>
      parts.bus.commands.execute({
        actor: system,
        commands: [toAddOn("stubborn", "SkipAddOnEvent", { partition, cursor })],
      });
    expect(await skip()).toMatchObject({ status: "committed" });
    await settle(parts, () => heard.length > 0);
    await host.idle();
    expect(heard).toEqual(["bad reservable"]);
    expect(warnings()).toBe(5);
    const { status } = await skip();
    expect(status).toBe("rejected");
    await host.stop();

    const again = parts.start();
    await again.start();
    await again.idle();
    expect(heard).toEqual(["bad reservable"]);
    expect(warnings()).toBe(5);
    await again.stop();
  });

  it("refuses what was not granted", async () => {
    const tried: string[] = [];
    const addOn = defineAddOn({
      name: "curious",
      grants,
      on: {
        ChargingStationCreated: async (event, context) => {
          const key = event.data.stationId;
          const accept = toChargingStation(key, "AcceptChargingStation", {});
          const result = await context.dispatch("accept", accept);
          tried.push(result.status);
          expect(await context.list("tokens", { limit: 1 })).toEqual([{ view: "tokens" }]);
          await context.get("users", ["ada"]).catch((error) => tried.push(String(error)));
          await context.tokenValue("ref").catch((error) => tried.push(String(error)));
        },
      },
    });
    const parts = house([addOn]);
    const host = parts.start();
    await host.start();
    await parts.create("a");
    await host.idle();
    expect(tried).toEqual([
      "rejected",
      "Error: curious is not granted the view users",
      "Error: curious is not granted token values",
    ]);
    await host.stop();
  });

  it("does not start with an add-on that listens beyond its grants", () => {
    const declare = () => defineAddOn({ name: "greedy", grants, on: { TokenSet: async () => {} } });
    expect(declare).toThrow("greedy is not granted TokenSet");
  });

  it("notices events before whoever caused them goes on", async () => {
    const noticed: string[] = [];
    const addOn = defineAddOn({
      name: "quick",
      grants,
      notice: { ChargingStationCreated: (event) => noticed.push(event.data.stationId) },
    });
    const parts = house([addOn]);
    await parts.start().start();
    await parts.create("a");
    expect(noticed).toEqual(["a"]);
  });
});

describe("questions", () => {
  it("are answered by the first add-on that has an answer", async () => {
    const { bus } = house([]);
    bus.questions.answer("IncomingDataTransfer", "silent", async () => undefined);
    bus.questions.answer("IncomingDataTransfer", "broken", async () => {
      throw new Error("cannot");
    });
    bus.questions.answer("IncomingDataTransfer", "own", async () => ({
      status: "accepted",
      provider: "own",
    }));
    const question = { question: "IncomingDataTransfer", station: "a", vendorId: "v" } as const;
    expect(await bus.questions.ask(question)).toEqual({ status: "accepted", provider: "own" });
  });

  const swipe = { question: "AuthorizeToken", purpose: "authorize" } as const;
  const tokenQuestion = { ...swipe, station: "a", tokenRef: "ref", at: "2026-05-04T10:00:00.000Z" };

  /** An add-on that makes its answer of what it does with its context. */
  function asking(answer: (context: AddOnContext) => Promise<unknown>) {
    const addOn = defineAddOn({
      name: "gatekeeper",
      grants: { ...grants, questions: ["AuthorizeToken"] },
      answers: {
        AuthorizeToken: async (_question, context) => {
          await answer(context);
          return { status: "accepted", provider: "gatekeeper" };
        },
      },
    });
    const parts = house([addOn]);
    parts.start();
    const asked = async () => {
      const answered = parts.bus.questions.ask(tokenQuestion).catch((error: unknown) => error);
      await settleOnce();
      parts.clock.advance(parts.limits.authorizeTimeoutMs);
      return answered;
    };
    return { ...parts, asked };
  }

  it("are answered by nobody where an add-on is silent", async () => {
    const { asked } = asking(async (context) => {
      await context.get("tokens", ["ref"]);
      await context.caughtUp();
      return new Promise(() => {});
    });
    expect(await asked()).toEqual({ status: "invalid", provider: "none" });
  });

  it.each<[string, (context: AddOnContext) => Promise<unknown>, keyof EventStore | "views"]>([
    ["an item of a view", (context) => context.get("tokens", ["ref"]), "views"],
    ["a list", (context) => context.list("tokens", { limit: 1 }), "views"],
    ["how far the log goes", (context) => context.caughtUp(), "head"],
    ["a token", (context) => context.tokenValue("ref"), "openToken"],
    ["what it says itself", (context) => context.dispatch("make", birth("b")), "append"],
  ])(
    "have no answer where the store or the views keep them waiting: %s",
    async (_what, read, silent) => {
      const silence = () => new Promise<never>(() => {});
      const { asked, store } = asking(read);
      const seen = vi.spyOn(views, "get").mockImplementation(silence);
      const listed = vi.spyOn(views, "list").mockImplementation(silence);
      if (silent !== "views") Object.assign(store, { [silent]: silence });
      const answer = await asked();
      seen.mockRestore();
      listed.mockRestore();
      expect(answer).toBeInstanceOf(StoreUnavailable);
    },
  );

  it("wait for what other nodes commit, and have no answer where that cannot be read", async () => {
    const parts = asking(async () => {});
    await parts.bus.events.follow();
    await settleOnce();
    const { monotonicMs } = parts.clock;
    parts.clock.monotonicMs = () => monotonicMs() + 60_000;
    parts.store.readAll = () => new Promise(() => {});
    const { tailWaitMs, authorizeTimeoutMs } = parts.limits;
    const answered = parts.bus.questions.ask(tokenQuestion).catch((error: unknown) => error);
    for (let passed = 0; passed < authorizeTimeoutMs; passed += tailWaitMs) {
      parts.clock.advance(tailWaitMs);
      await settleOnce();
    }
    expect(await answered).toBeInstanceOf(StoreUnavailable);
    parts.clock.advance(tailWaitMs);
    await settleOnce();
    expect(parts.clock.waiting).toBe(0);
    parts.bus.events.stop();
  });

  it("leave no timer behind once answered", async () => {
    const parts = house([]);
    await parts.bus.questions.ask({
      question: "IncomingDataTransfer",
      station: "a",
      vendorId: "v",
    });
    expect(parts.clock.waiting).toBe(0);
  });
});

describe("reactions under a lease", () => {
  const heard: string[] = [];
  const addOn = defineAddOn({
    name: "listener",
    grants,
    on: {
      ChargingStationCreated: async (event) => {
        heard.push(event.data.stationId);
      },
    },
  });

  it("are nobody's but the newest holder's, from its first moment on", async () => {
    const parts = house([addOn]);
    const [old] = parts.start().work;
    await old?.start(1);
    await settleOnce();
    // The new holder cannot read yet: even so, the old one has no say any more.
    const { readAll } = parts.store;
    parts.store.readAll = () => new Promise(() => {});
    const [next] = parts.start().work;
    await next?.start(2);
    parts.store.readAll = readAll;
    await parts.create("a");
    await settleOnce();
    expect(await parts.store.checkpoint("add-on/listener")).toBe(0);
    const lines = parts.log.lines.map(({ message }) => message).join();
    expect(lines).toContain("runs on another node");
    heard.length = 0;
    await parts.create("b");
    await settleOnce();
    expect(heard).toEqual([]);
    await old?.stop();
  });

  it("lose no place, and do nothing more, when they are ended while they begin", async () => {
    const parts = house([addOn]);
    const [work] = parts.start().work;
    await work?.start(1);
    await parts.create("a");
    await settleOnce();
    await work?.stop();
    const { checkpoint } = parts.store;
    const place = await checkpoint("add-on/listener");
    const gate = Promise.withResolvers<void>();
    parts.store.checkpoint = async (consumer) => {
      await gate.promise;
      return checkpoint(consumer);
    };
    const starting = work?.start(2);
    await settleOnce();
    await work?.stop();
    gate.resolve();
    await starting;
    expect(await checkpoint("add-on/listener")).toBe(place);
    heard.length = 0;
    await parts.create("b");
    await settleOnce();
    expect(heard).toEqual([]);
  });

  it("may come back to a node that has had them before", async () => {
    const parts = house([addOn]);
    heard.length = 0;
    const [work] = parts.start().work;
    await work?.start(1);
    await parts.create("a");
    await settleOnce();
    await work?.stop();
    await parts.create("b");
    await settleOnce();
    expect(heard).toEqual(["a"]);
    await work?.start(3);
    await settleOnce();
    expect(heard).toEqual(["a", "b"]);
    await parts.create("c");
    await settleOnce();
    expect(heard).toEqual(["a", "b", "c"]);
    await work?.stop();
  });
});
