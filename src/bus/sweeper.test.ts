import { describe, expect, it } from "vitest";
import { stationActor, systemActor, toChargingStation } from "#core";
import { testEnvironment } from "#support/environment";
import { createMemoryEventStore } from "#support/stores";
import { type Bus, createBus } from "./bus.ts";
import { StoreUnavailable } from "./ports/event-store.ts";
import type { ViewReader } from "./ports/view-reader.ts";
import { createSweeper } from "./sweeper.ts";

async function houseWithReservation(strange: readonly string[] = [], most?: number) {
  const environment = testEnvironment(most === undefined ? {} : { sweepDeadlinesMax: most });
  const store = createMemoryEventStore(environment);
  const bus = createBus({ ...environment, store });
  const create = toChargingStation("cp01", "CreateChargingStation", {
    stationId: "CP01",
    administrators: [],
    transactionNumberBase: 1_048_576,
  });
  const made = toChargingStation("cp01", "RecordReservationMade", {
    reservationId: "r1",
    reservationNumber: 1,
    expiresAt: "2026-05-04T10:30:00.000Z",
  });
  await bus.commands.execute({
    actor: systemActor("test"),
    station: "cp01",
    commands: [create],
  });
  await bus.commands.execute({ actor: stationActor("cp01"), station: "cp01", commands: [made] });
  const asked: unknown[] = [];
  const views: ViewReader = {
    get: async () => undefined,
    passed: async () => {},
    list: async (_view, { filter, after, limit }) => {
      asked.push(filter);
      const { reservations } = await bus.commands.station("cp01");
      const items = reservations
        .filter((held) => held.expiresAt <= String(filter?.dueAtUntil))
        .map((held) => ({ kind: "reservation", id: held.reservationId, station: "cp01" }));
      const first = strange.map((id) => ({ kind: "of the future", id, station: "cp01" }));
      const from = Number(after ?? 0);
      const page = [...first, ...items].slice(from, from + limit);
      return { items: page, ...(page.length === limit ? { next: `${from + limit}` } : {}) };
    },
  };
  return { ...environment, bus, store, sweeper: createSweeper({ bus, views, environment }) };
}

const undying = 200;

/** A sweeper of deadlines that are due for ever, and one behind them that can be ended. */
function houseOfTheUndying(attempt: () => ReturnType<Bus["commands"]["execute"]>) {
  const environment = testEnvironment();
  const due = Array.from({ length: undying }, (_none, at) => ({
    ...{ kind: "request", id: `undying-${at}`, station: `cp${at}` },
  }));
  let attempts = 0;
  const ended: string[] = [];
  const last = { kind: "request", id: "mortal", station: "mortal" };
  const commands = {
    execute: async ({ station }: { readonly station?: string }) => {
      if (station !== "mortal") {
        attempts += 1;
        return attempt();
      }
      ended.push(station);
      return { status: "committed", cursor: "", events: [] };
    },
  };
  const views: ViewReader = {
    get: async () => undefined,
    passed: async () => {},
    list: async (_view, { after, limit = 1 }) => {
      const items = ended.length > 0 ? due : [...due, last];
      const from = Number(after ?? 0);
      const page = items.slice(from, from + limit);
      return { items: page, ...(page.length === limit ? { next: `${from + limit}` } : {}) };
    },
  };
  const bus = { commands } as unknown as Bus;
  const sweeper = createSweeper({ bus, views, environment });
  /** As the schedule does; what a round fails with is its own line there. */
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round += 1) {
      await sweeper.sweep().catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
      });
      environment.clock.advance(environment.limits.sweepIntervalMs);
    }
  };
  return { ...environment, ended, rounds, attempts: () => attempts };
}

describe("200 deadlines that cannot be ended", () => {
  const ways = {
    "whose command is refused": async () => ({
      ...{ status: "rejected" as const, rejection: { rejected: "RequestNotFound" as const } },
      command: "ExpireRequest",
    }),
    "whose unit the store never takes": async () => {
      throw new Error("the event store cannot take this unit");
    },
  };

  it.each(Object.entries(ways))("%s, are tried ever more seldom", async (_how, attempt) => {
    const { ended, rounds, attempts, log } = houseOfTheUndying(attempt);
    await rounds(1);
    expect(ended).toEqual(["mortal"]);
    expect(attempts()).toBe(undying);
    // In twenty minutes: after 2 s, 4 s, 8 s … and 512 s.
    await rounds(1_200);
    expect(attempts()).toBe(10 * undying);
    expect(log.lines).toHaveLength(attempts());
    expect(log.lines.at(-1)?.fields).toMatchObject({ attempts: 10, againAfterMs: 600_000 });
  });

  it("for which there is never a store, do not hide the one behind them", async () => {
    const { ended, rounds, attempts, limits, log } = houseOfTheUndying(async () => {
      throw new StoreUnavailable("their page is damaged");
    });
    await rounds(1);
    expect(attempts()).toBe(limits.sweepFailuresMax);
    await rounds(undying / limits.sweepFailuresMax);
    expect(ended).toEqual(["mortal"]);
    expect(log.lines.length).toBeLessThanOrEqual(attempts());
  });
});

describe("the sweeper", () => {
  it("ends what is overdue, and nothing before its time", async () => {
    const { bus, clock, sweeper } = await houseWithReservation();
    expect(await sweeper.sweep()).toBe(0);
    clock.advance(30 * 60_000);
    expect(await sweeper.sweep()).toBe(1);
    expect((await bus.commands.station("cp01")).reservations).toEqual([]);
    expect(await sweeper.sweep()).toBe(0);
  });

  it("ends the others where one cannot be ended, and says so", async () => {
    const { bus, clock, log, sweeper } = await houseWithReservation(["cp01-of-no-kind"]);
    clock.advance(30 * 60_000);
    await sweeper.sweep();
    expect((await bus.commands.station("cp01")).reservations).toEqual([]);
    expect(log.lines).toMatchObject([{ level: "error", fields: { id: "cp01-of-no-kind" } }]);
  });

  it.each([
    ["in one round", 2_000, 1],
    ["in the next rounds, where there are too many for one", 300, 2],
  ])("ends what lies behind hundreds that cannot be ended, %s", async (_how, most, rounds) => {
    const stuck = Array.from({ length: 450 }, (_none, at) => `cp01-of-no-kind-${at}`);
    const { bus, clock, sweeper } = await houseWithReservation(stuck, most);
    clock.advance(30 * 60_000);
    for (let round = 0; round < rounds; round += 1) await sweeper.sweep();
    expect((await bus.commands.station("cp01")).reservations).toEqual([]);
    // And from the beginning again.
    expect(await sweeper.sweep()).toBe(Math.min(most, stuck.length));
  });

  it("lets what has happened be recorded before anything counts as overdue", async () => {
    const { bus, clock, log, limits, ...rest } = await houseWithReservation();
    const order: string[] = [];
    const views: ViewReader = {
      get: async () => undefined,
      passed: async () => {},
      list: async () => {
        order.push("looked");
        return { items: [] };
      },
    };
    const catchUp = async () => {
      order.push("caught up");
    };
    const environment = { ...rest, clock, log, limits };
    await createSweeper({ bus, views, environment, catchUp }).sweep();
    expect(order).toEqual(["caught up", "looked"]);
  });

  it("goes round by its interval until it is stopped", async () => {
    const { bus, clock, limits, sweeper } = await houseWithReservation();
    sweeper.start();
    clock.advance(30 * 60_000);
    const gone = async () => (await bus.commands.station("cp01")).reservations.length === 0;
    for (let round = 0; round < 100 && !(await gone()); round++) {
      clock.advance(limits.sweepIntervalMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await gone()).toBe(true);
    await sweeper.stop();
    expect(clock.waiting).toBe(0);
  });

  it("says so when a round fails, and goes on", async () => {
    const environment = testEnvironment();
    const store = createMemoryEventStore(environment);
    const bus = createBus({ ...environment, store });
    const views: ViewReader = {
      get: async () => undefined,
      passed: async () => {},
      list: async () => {
        throw new Error("views are gone");
      },
    };
    const sweeper = createSweeper({ bus, views, environment });
    sweeper.start();
    for (let round = 0; round < 4; round++) {
      environment.clock.advance(environment.limits.sweepIntervalMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await sweeper.stop();
    const errors = environment.log.lines.filter((line) => line.level === "error");
    expect(errors.length).toBeGreaterThan(1);
  });
});
