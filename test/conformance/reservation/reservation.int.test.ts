// Reservations: OCPP 1.6 edition 2, §5.1 and §5.13.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type ConformanceHouse,
  conformanceHouse,
  instant,
  says,
  starts,
  stops,
} from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

/** A station that takes reservations. */
async function reservable(stationId: string) {
  const station = await house.served(stationId);
  await house.command(stationId, { type: "UpdateChargingStationReservable", reservable: true });
  station.answers("ReserveNow", { status: "Accepted" });
  return station;
}

const reserve = (more: object = {}) => ({
  ...{ type: "RequestReserveNow", evseId: 1, identifyingToken: "TAG", expiresAt: instant(600) },
  ...more,
});
const reservations = (stationId: string) => shown.list(stationId, "reservations");
const reservation = async (stationId: string) => {
  const [first, ...more] = await reservations(stationId);
  expect(more).toEqual([]);
  return first ?? {};
};

beforeAll(async () => {
  await house.token("TAG");
  await house.token("FRIEND", { status: "accepted", groupToken: "FAMILY" });
});

describe("ReserveNow", () => {
  it("TC_046 the start that names the reservation uses it up", async () => {
    const station = await reservable("TC-046");
    const expiresAt = instant(600);
    const asked = await house.request("TC-046", reserve({ expiresAt }));
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    const { payload } = await station.nextCall("ReserveNow");
    const { reservationId } = payload;
    expect(reservationId).toBeGreaterThan(0);
    expect(payload).toEqual({
      ...{ connectorId: 1, expiryDate: expiresAt, idTag: "TAG", reservationId },
    });
    expect(await reservation("TC-046")).toMatchObject({
      ...{ state: "active", evseId: 1, reservationNumber: reservationId, expiresAt },
      identifyingToken: "TAG",
    });
    await says(station, "Reserved");
    expect((await house.evse("TC-046")).status).toBe("reserved");
    await station.call("Authorize", { idTag: "TAG" });
    const started = await starts(station, { reservationId });
    expect(started.idTagInfo).toMatchObject({ status: "Accepted" });
    const session = await house.transaction("TC-046");
    const used = await reservation("TC-046");
    expect(used).toMatchObject({ state: "used", transactionId: session.transactionId });
    expect(session).toMatchObject({ state: "active", reservationId: used.reservationId });
    await stops(station, { transactionId: started.transactionId });
    expect((await house.transaction("TC-046")).state).toBe("ended");
  });

  it("TC_047 it is shown as expired without a word of the station", async () => {
    const station = await reservable("TC-047");
    await house.request("TC-047", reserve({ expiresAt: instant(1.2) }));
    expect((await reservation("TC-047")).state).toBe("active");
    const expired = await house.eventually("the end of the reservation", async () => {
      const seen = await reservation("TC-047");
      return seen.state === "active" ? undefined : seen;
    });
    expect(expired).toMatchObject({ state: "expired", endedAt: expect.any(String) });
    await says(station, "Available");
    const late = await starts(station, { reservationId: Number(expired.reservationNumber) });
    expect(late.idTagInfo).toMatchObject({ status: "Accepted" });
    expect((await reservation("TC-047")).state).toBe("expired");
    const deviations = await shown.list("TC-047", "deviations");
    expect(deviations.map(({ code }) => code)).toContain("reservationUnknown");
  });

  async function isRefused(stationId: string, status: string): Promise<void> {
    const station = await reservable(stationId);
    station.answers("ReserveNow", { status });
    const asked = await house.request(stationId, reserve());
    expect(asked).toMatchObject({ state: "done", outcome: "rejected", status });
    expect(await reservations(stationId)).toEqual([]);
    expect(await house.eventTypes(stationId)).not.toContain("ReservationMade");
  }

  it("TC_048_1 a faulted connector leaves no reservation", () => isRefused("TC-048-1", "Faulted"));

  it("TC_048_2 an occupied one leaves none, though we may have known", async () => {
    await isRefused("TC-048-2", "Occupied");
    const station = await reservable("TC-048-2-busy");
    station.answers("ReserveNow", { status: "Occupied" });
    await says(station, "Charging");
    const asked = await house.request("TC-048-2-busy", reserve());
    expect(asked).toMatchObject({ outcome: "rejected", status: "Occupied" });
    expect(station.received).toHaveLength(1);
  });

  it("TC_048_3 an unavailable one leaves none", () => isRefused("TC-048-3", "Unavailable"));

  it("TC_048_4 a plain refusal leaves none", () => isRefused("TC-048-4", "Rejected"));

  it("TC_049 connector 0 keeps any EVSE, and a start on one of them uses it up", async () => {
    const station = await reservable("TC-049");
    const { evseId: _any, ...whole } = reserve();
    await house.request("TC-049", whole);
    const { payload } = await station.nextCall("ReserveNow");
    expect(payload.connectorId).toBe(0);
    expect((await reservation("TC-049")).evseId).toBeUndefined();
    await starts(station, { connectorId: 2, reservationId: payload.reservationId });
    expect(await reservation("TC-049")).toMatchObject({ state: "used" });
    expect(await house.transaction("TC-049")).toMatchObject({ evseId: 2 });
  });

  it("TC_053 a token of the same group uses the reservation up", async () => {
    const station = await reservable("TC-053");
    await house.request("TC-053", reserve({ groupToken: "FAMILY" }));
    const { payload } = await station.nextCall("ReserveNow");
    expect(payload).toMatchObject({ idTag: "TAG", parentIdTag: "FAMILY" });
    expect(await station.call("Authorize", { idTag: "FRIEND" })).toMatchObject({
      idTagInfo: { status: "Accepted", parentIdTag: "FAMILY" },
    });
    await starts(station, { idTag: "FRIEND", reservationId: payload.reservationId });
    expect((await reservation("TC-053")).state).toBe("used");
  });

  it("is not asked of a station that takes none", async () => {
    const station = await house.served("RESERVE-1");
    const answer = await house.request("RESERVE-1", reserve());
    expect(answer).toMatchObject({ status: 409, code: "StationNotReservable" });
    expect(station.received).toEqual([]);
  });

  it("gives each reservation a number of its own, also after a refusal", async () => {
    const station = await reservable("RESERVE-2");
    station.answersOnce("ReserveNow", { status: "Rejected" });
    for (const evseId of [1, 1, 2]) await house.request("RESERVE-2", reserve({ evseId }));
    const numbers = station.received.map(({ payload }) => payload.reservationId);
    expect(new Set(numbers).size).toBe(3);
  });

  it("sent as a call of one's own makes a reservation, and a second one cancels it", async () => {
    const station = await reservable("RESERVE-3");
    station.answers("CancelReservation", { status: "Accepted" });
    const expiryDate = instant(600);
    const payload = { connectorId: 2, expiryDate, idTag: "TAG", reservationId: 4711 };
    const call = { type: "RequestOcppCall", action: "ReserveNow", payload };
    const asked = await house.request("RESERVE-3", call);
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    expect((await station.nextCall("ReserveNow")).payload).toEqual(payload);
    expect(await reservation("RESERVE-3")).toMatchObject({
      ...{ state: "active", reservationNumber: 4711, evseId: 2, expiresAt: expiryDate },
      identifyingToken: "TAG",
    });
    await house.request("RESERVE-3", {
      type: "RequestOcppCall",
      action: "CancelReservation",
      payload: { reservationId: 4711 },
    });
    expect((await reservation("RESERVE-3")).state).toBe("cancelled");
  });
});

describe("CancelReservation", () => {
  async function reserved(stationId: string) {
    const station = await reservable(stationId);
    await house.request(stationId, reserve());
    return { station, held: await reservation(stationId) };
  }

  it("TC_051 Accepted removes the reservation", async () => {
    const { station, held } = await reserved("TC-051");
    station.answers("CancelReservation", { status: "Accepted" });
    const { reservationId, reservationNumber } = held;
    const cancel = { type: "RequestCancelReservation", reservationId };
    expect(await house.request("TC-051", cancel)).toMatchObject({ outcome: "accepted" });
    const call = await station.nextCall("CancelReservation");
    expect(call.payload).toEqual({ reservationId: reservationNumber });
    expect((await reservation("TC-051")).state).toBe("cancelled");
  });

  it("TC_052 Rejected keeps it", async () => {
    const { station, held } = await reserved("TC-052");
    station.answers("CancelReservation", { status: "Rejected" });
    const cancel = { type: "RequestCancelReservation", reservationId: held.reservationId };
    const asked = await house.request("TC-052", cancel);
    expect(asked).toMatchObject({ outcome: "rejected", status: "Rejected" });
    expect((await reservation("TC-052")).state).toBe("active");
  });

  it("goes out for a number that is unknown here; the refusal is the station's", async () => {
    const station = await house.served("CANCEL-1");
    station.answers("CancelReservation", { status: "Rejected" });
    const cancel = { type: "RequestCancelReservation", reservationNumber: 99 };
    expect(await house.request("CANCEL-1", cancel)).toMatchObject({ outcome: "rejected" });
    const call = await station.nextCall("CancelReservation");
    expect(call.payload).toEqual({ reservationId: 99 });
  });
});
