import { describe, expect, it } from "vitest";
import { type Desk, deskWith, emptyCar } from "#support/fake-csms";

const minute = 60_000;

interface Wish {
  readonly id: number;
  readonly purpose?: string;
  readonly level?: number;
  readonly kind?: string;
  readonly unit?: "A" | "W";
  /** Seconds and limits. */
  readonly periods: readonly (readonly [number, number])[];
  readonly more?: object;
  readonly schedule?: object;
}

const profileOf = (wish: Wish) => ({
  chargingProfileId: wish.id,
  stackLevel: wish.level ?? 0,
  chargingProfilePurpose: wish.purpose ?? "TxDefaultProfile",
  chargingProfileKind: wish.kind ?? "Absolute",
  chargingSchedule: {
    chargingRateUnit: wish.unit ?? "W",
    chargingSchedulePeriod: wish.periods.map(([startPeriod, limit]) => ({ startPeriod, limit })),
    ...wish.schedule,
  },
  ...wish.more,
});

const set = (desk: Desk, connectorId: number, wish: Wish) =>
  desk.call("SetChargingProfile", { connectorId, csChargingProfiles: profileOf(wish) });

async function charging(desk: Desk, connectorId = 1) {
  const evse = desk.station.evses[connectorId - 1];
  evse?.plugIn(emptyCar);
  await evse?.swipe(`TAG-${connectorId}`);
  await desk.time.advance(10);
  if (!evse) throw new Error("no EVSE");
  return evse;
}

describe("a charging profile", () => {
  it("limits what the meter draws, at once and from period to period", async () => {
    const desk = await deskWith();
    const evse = await charging(desk);
    expect(evse.meter.powerW).toBe(22_000);
    const wish = {
      id: 1,
      periods: [
        [0, 10_000],
        [120, 0],
        [240, 4_000],
      ],
    } as const;
    expect(await set(desk, 1, wish)).toEqual({ status: "Accepted" });
    expect(evse.meter.powerW).toBe(10_000);
    await desk.time.advance(2 * minute);
    expect(evse.meter.powerW).toBe(0);
    expect(desk.csms.statuses().at(-1)).toBe("1 SuspendedEVSE");
    await desk.time.advance(2 * minute);
    expect(evse.meter.powerW).toBe(4_000);
    expect(desk.csms.statuses().at(-1)).toBe("1 Charging");
  });

  it("in amperes counts 230 V on its phases", async () => {
    const desk = await deskWith();
    const evse = await charging(desk);
    await set(desk, 1, { id: 1, unit: "A", periods: [[0, 10]] });
    expect(evse.meter.powerW).toBe(6_900);
  });

  it("of a higher level goes before a lower one, a TxProfile before the default", async () => {
    const desk = await deskWith();
    const evse = await charging(desk);
    await set(desk, 0, { id: 1, level: 0, periods: [[0, 9_000]] });
    await set(desk, 0, { id: 2, level: 3, periods: [[0, 8_000]], schedule: { duration: 60 } });
    expect(evse.meter.powerW).toBe(8_000);
    await desk.time.advance(minute + 1_000);
    expect(evse.meter.powerW).toBe(9_000);
    const more = { transactionId: 1_001 };
    const own = {
      id: 3,
      purpose: "TxProfile",
      kind: "Relative",
      periods: [[0, 5_000]],
      more,
    } as const;
    expect(await set(desk, 1, own)).toEqual({ status: "Accepted" });
    expect(evse.meter.powerW).toBe(5_000);
    evse.stop("Local");
    expect(desk.station.chargingProfiles.count).toBe(2);
  });

  it("of the whole station is shared by those who charge", async () => {
    const desk = await deskWith();
    const first = await charging(desk, 1);
    const wish = { id: 1, purpose: "ChargePointMaxProfile", periods: [[0, 12_000]] } as const;
    await set(desk, 0, wish);
    expect(first.meter.powerW).toBe(12_000);
    const second = await charging(desk, 2);
    await desk.time.advance(1_000);
    expect([first.meter.powerW, second.meter.powerW]).toEqual([6_000, 6_000]);
  });

  it("of the same id, or the same purpose, level and connector, takes the place", async () => {
    const desk = await deskWith();
    await set(desk, 1, { id: 1, periods: [[0, 1_000]] });
    await set(desk, 1, { id: 2, periods: [[0, 2_000]] });
    await set(desk, 2, { id: 2, periods: [[0, 3_000]] });
    expect(desk.station.chargingProfiles.count).toBe(1);
  });

  it.each([
    ["a TxProfile without a transaction", 1, { id: 1, purpose: "TxProfile", periods: [[0, 1]] }],
    [
      "the station's maximum at a connector",
      1,
      { id: 1, purpose: "ChargePointMaxProfile", periods: [[0, 1]] },
    ],
    ["a connector that is not there", 7, { id: 1, periods: [[0, 1]] }],
    ["a level too high", 1, { id: 1, level: 10, periods: [[0, 1]] }],
    ["a schedule that begins late", 1, { id: 1, periods: [[5, 1]] }],
    ["a recurrence of no kind", 1, { id: 1, kind: "Recurring", periods: [[0, 1]] }],
  ] as const)("is rejected: %s", async (_why, connectorId, wish) => {
    const desk = await deskWith();
    expect(await set(desk, connectorId, wish)).toEqual({ status: "Rejected" });
  });

  it("is rejected for another transaction than the one that runs", async () => {
    const desk = await deskWith();
    await charging(desk);
    const more = { transactionId: 4 };
    const wish = { id: 1, purpose: "TxProfile", periods: [[0, 1]], more } as const;
    expect(await set(desk, 1, wish)).toEqual({ status: "Rejected" });
  });

  it("is cleared by id or by what it is", async () => {
    const desk = await deskWith();
    await set(desk, 1, { id: 1, periods: [[0, 1_000]] });
    await set(desk, 2, { id: 2, level: 4, periods: [[0, 1_000]] });
    const clear = (filter: object) => desk.call("ClearChargingProfile", { ...filter });
    expect(await clear({ id: 9 })).toEqual({ status: "Unknown" });
    expect(await clear({ stackLevel: 4 })).toEqual({ status: "Accepted" });
    expect(await clear({ id: 1 })).toEqual({ status: "Accepted" });
    expect(await clear({})).toEqual({ status: "Unknown" });
  });
});

describe("a composite schedule", () => {
  const composite = (desk: Desk, connectorId: number, more: object = {}) =>
    desk.call("GetCompositeSchedule", { connectorId, duration: 600, ...more }) as Promise<{
      status: string;
      chargingSchedule?: { chargingSchedulePeriod: { startPeriod: number; limit: number }[] };
    }>;
  const periodsOf = async (answer: ReturnType<typeof composite>) =>
    (await answer).chargingSchedule?.chargingSchedulePeriod.map(({ startPeriod, limit }) => [
      startPeriod,
      limit,
    ]);

  it("is the lowest of all purposes, period by period", async () => {
    const desk = await deskWith();
    const whole = [
      [0, 15_000],
      [300, 30_000],
    ] as const;
    await set(desk, 0, { id: 1, purpose: "ChargePointMaxProfile", periods: whole });
    await set(desk, 1, {
      id: 2,
      periods: [
        [0, 20_000],
        [120, 11_000],
      ],
    });
    expect(await periodsOf(composite(desk, 1))).toEqual([
      [0, 15_000],
      [120, 11_000],
    ]);
    expect(await periodsOf(composite(desk, 0))).toEqual([
      [0, 15_000],
      [300, 30_000],
    ]);
    expect(await periodsOf(composite(desk, 2, { chargingRateUnit: "A" }))).toEqual([
      [0, 21.7],
      [300, 31.9],
    ]);
  });

  it("repeats what recurs every day", async () => {
    const desk = await deskWith();
    const schedule = { startSchedule: "2025-12-30T00:05:00.000Z", duration: 120 };
    const more = { recurrencyKind: "Daily" };
    const daily = { id: 1, kind: "Recurring", periods: [[0, 3_000]], schedule, more } as const;
    await set(desk, 1, daily);
    const [first, second, third] = (await periodsOf(composite(desk, 1))) ?? [];
    expect([first, second?.[1], third?.[1]]).toEqual([[0, 22_000], 3_000, 22_000]);
    expect((third?.[0] ?? 0) - (second?.[0] ?? 0)).toBe(120);
  });

  it("is rejected for a connector that is not there", async () => {
    const desk = await deskWith();
    expect(await composite(desk, 9)).toEqual({ status: "Rejected" });
  });
});
