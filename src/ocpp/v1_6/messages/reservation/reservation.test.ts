import { describe, expect, it } from "vitest";
import { answered, ref, told } from "#support/rows16";
import { asked, at, reservable, reserved, served } from "#support/station-history";

const wish = {
  ...asked(),
  reservationId: "res7",
  reservationNumber: 7,
  evseId: 2,
  tokenRef: ref("abc"),
  expiresAt: at(3600),
};
const request = { connectorId: 2, expiryDate: at(3600), idTag: "ABC", reservationId: 7 };

describe("ReserveNow", () => {
  it("names connector, token and group; any EVSE is connector 0", () => {
    const type = "ReserveNowRequested";
    const data = { ...wish, groupTokenRef: ref("fleet") };
    const [whole] = told("ReserveNow", { type, data });
    expect(JSON.stringify(whole)).toBe(
      JSON.stringify({
        connectorId: 2,
        expiryDate: at(3600),
        idTag: "abc",
        parentIdTag: "fleet",
        reservationId: 7,
      }),
    );
    const { evseId: _any, ...anywhere } = wish;
    expect(told("ReserveNow", { type, data: anywhere })).toMatchObject([{ connectorId: 0 }]);
  });
  it("holds once it was accepted, under our id", () => {
    const end = answered("ReserveNow", { request, response: { status: "Accepted" }, event: wish });
    expect(end).toMatchObject({ outcome: "accepted", status: "Accepted" });
    expect(end.state.reservations).toEqual([
      {
        reservationId: "res7",
        reservationNumber: 7,
        evseId: 2,
        tokenRef: ref("abc"),
        expiresAt: at(3600),
      },
    ]);
  });
  it("holds by a call of its name too, under an id of its own", () => {
    const anywhere = { ...request, connectorId: 0 };
    const { state } = answered("ReserveNow", {
      request: anywhere,
      response: { status: "Accepted" },
    });
    expect(state.reservations).toMatchObject([{ reservationId: "id-1", reservationNumber: 7 }]);
    expect(state.reservations[0]).not.toHaveProperty("evseId");
  });
  it.each(["Faulted", "Occupied", "Rejected", "Unavailable"])("%s leaves none", (status) => {
    const end = answered("ReserveNow", { request, response: { status }, event: wish });
    expect(end).toMatchObject({ outcome: "rejected", status, events: [] });
  });
});

describe("CancelReservation", () => {
  const history = [...served, reservable, reserved];
  it("names the number", () => {
    const data = { ...asked(), reservationNumber: 1 };
    expect(told("CancelReservation", { type: "CancelReservationRequested", data })).toEqual([
      { reservationId: 1 },
    ]);
  });
  it.each([
    ["Accepted", "accepted", 0],
    ["Rejected", "rejected", 1],
  ])("%s is %s", (status, outcome, left) => {
    const exchange = { request: { reservationId: 1 }, response: { status } };
    const end = answered("CancelReservation", exchange, { history });
    expect(end).toMatchObject({ outcome, status });
    expect(end.state.reservations).toHaveLength(left);
  });
  it("of one that is not known changes nothing", () => {
    const exchange = { request: { reservationId: 9 }, response: { status: "Accepted" } };
    expect(answered("CancelReservation", exchange, { history }).events).toEqual([]);
  });
});
