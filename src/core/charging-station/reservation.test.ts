import { describe, expect, it } from "vitest";
import {
  asked,
  at,
  completed,
  created,
  givenStation,
  reservable,
  reserved,
  sent,
  served,
} from "#support/station-history";
import { happened } from "#support/story";
import { motown } from "#support/story/actors";
import {
  decidedByOperator,
  doneByMotown,
  saidByStation,
  spokenToStation,
} from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;
const wish = {
  ...asked(),
  reservationId: "res1",
  evseId: 2,
  tokenRef: "token-2",
  expiresAt: at(3600),
};
const requested = (requestId: string, reservationNumber: number, evseId = 2) =>
  happened("ReserveNowRequested", { ...wish, ...asked(requestId), reservationNumber, evseId });

describe("MakeChargingStationReservable", () => {
  decidedByOperator("MakeChargingStationReservable", {});
  it("lets it take reservations; once more changes nothing", () => {
    const made = happened("ChargingStationMadeReservable", {});
    given(created).when("MakeChargingStationReservable", {}).then(made);
    given(created, reservable).when("MakeChargingStationReservable", {}).thenNothing();
  });
});

describe("MakeChargingStationNotReservable", () => {
  decidedByOperator("MakeChargingStationNotReservable", {});
  it("lets it take no more reservations", () => {
    const not = happened("ChargingStationMadeNotReservable", {});
    given(created, reservable).when("MakeChargingStationNotReservable", {}).then(not);
    given(created).when("MakeChargingStationNotReservable", {}).thenNothing();
    given(served, reservable, not)
      .when("RequestReserveNow", wish)
      .thenRefused("StationNotReservable");
  });
});

describe("RequestReserveNow", () => {
  spokenToStation("RequestReserveNow", wish, { past: [reservable] });
  it("asks with a number of its own, for one EVSE or any", () => {
    given(served, reservable).when("RequestReserveNow", wish).then(requested("r1", 1));
    const { evseId: _any, ...anywhere } = wish;
    given(served, reservable)
      .when("RequestReserveNow", { ...anywhere, groupTokenRef: "group-1" })
      .then(
        happened("ReserveNowRequested", {
          ...anywhere,
          groupTokenRef: "group-1",
          reservationNumber: 1,
        }),
      );
  });
  it("gives no number twice, whatever became of the first", () => {
    const next = { ...wish, ...asked("r3"), evseId: 1 };
    const both = [...served, reservable, requested("r1", 1, 1), sent("r1"), requested("r2", 2)];
    given(both, completed("r1", "rejected"))
      .when("RequestReserveNow", next)
      .then(requested("r3", 3, 1));
    given(both, completed("r1", "timedOut"), completed("r2", "timedOut"))
      .when("RequestReserveNow", next)
      .then(requested("r3", 3, 1));
    given(served, reservable, reserved)
      .when("RequestReserveNow", next)
      .then(requested("r3", 2, 1));
  });
  it("keeps to the wire's numbers when one was chosen by hand", () => {
    const byHand = happened("ReservationMade", {
      reservationId: "own",
      reservationNumber: 2 ** 31 - 1,
      expiresAt: at(3600),
    });
    given(served, reservable, byHand).when("RequestReserveNow", wish).then(requested("r1", 1));
  });
  it("needs a station that takes reservations", () => {
    given(served).when("RequestReserveNow", wish).thenRefused("StationNotReservable");
  });
  it("needs time to be kept", () => {
    given(served, reservable)
      .when("RequestReserveNow", { ...wish, expiresAt: at(0) })
      .thenRefused("ReservationTooShort", at(0));
  });
  it("has a limit", () => {
    const many = Array.from({ length: bounds.reservations }, (_none, index) =>
      happened("ReservationMade", {
        reservationId: `res${index}`,
        reservationNumber: index + 1,
        expiresAt: at(3600),
      }),
    );
    given(served, reservable, many)
      .when("RequestReserveNow", wish)
      .thenRefused("TooManyReservations");
  });
});

describe("RequestCancelReservation", () => {
  spokenToStation("RequestCancelReservation", { ...asked(), reservationNumber: 1 });
  const cancel = { ...asked(), reservationId: "res1", reservationNumber: 1 };
  it("finds the number of the reservation, or the reservation of the number", () => {
    const past = [...served, reserved];
    for (const named of [{ reservationId: "res1" }, { reservationNumber: 1 }]) {
      given(past)
        .when("RequestCancelReservation", { ...asked(), ...named })
        .then(happened("CancelReservationRequested", cancel));
    }
  });
  it("lets the station refuse a number that only it may know", () => {
    given(served)
      .when("RequestCancelReservation", { ...asked(), reservationNumber: 99 })
      .then(happened("CancelReservationRequested", { ...asked(), reservationNumber: 99 }));
  });
  it("needs a reservation that has a number", () => {
    given(served)
      .when("RequestCancelReservation", { ...asked(), reservationId: "res1" })
      .thenRefused("ReservationNotFound", "res1");
    given(served).when("RequestCancelReservation", asked()).thenRefused("ReservationNotFound");
  });
});

const made = {
  reservationId: "res1",
  reservationNumber: 1,
  evseId: 2,
  tokenRef: "token-2",
  expiresAt: at(3600),
};

describe("RecordReservationMade", () => {
  saidByStation("RecordReservationMade", made);
  it("keeps it, in the place of one with the same number", () => {
    const { state, ...ending } = given(served).when("RecordReservationMade", made);
    ending.then(reserved);
    expect(state.reservations).toEqual([made]);
    const again = given(served, reserved).when("RecordReservationMade", {
      ...made,
      expiresAt: at(7200),
    });
    expect(again.state.reservations).toMatchObject([{ expiresAt: at(7200) }]);
  });
});

describe("RecordReservationCancelled", () => {
  saidByStation("RecordReservationCancelled", { reservationNumber: 1 });
  it("ends it", () => {
    const { state, ...ending } = given(served, reserved).when("RecordReservationCancelled", {
      reservationNumber: 1,
    });
    ending.then(happened("ReservationCancelled", { reservationId: "res1" }));
    expect(state.reservations).toEqual([]);
  });
  it("ends nothing that is not held", () => {
    given(served, reserved)
      .when("RecordReservationCancelled", { reservationNumber: 2 })
      .thenNothing();
  });
});

describe("ExpireReservation", () => {
  const expire = (seconds: number) => ({ reservationId: "res1", at: at(seconds) });
  doneByMotown("ExpireReservation", expire(3600), [reserved]);
  it("ends it when its time is over, without a word of the station", () => {
    const { state, ...ending } = given(served, reserved).when(
      "ExpireReservation",
      expire(3600),
      motown,
    );
    ending.then(happened("ReservationExpired", { reservationId: "res1" }));
    expect(state.reservations).toEqual([]);
  });
  it("ends nothing early, and nothing that was used or cancelled", () => {
    given(served, reserved).when("ExpireReservation", expire(3599), motown).thenNothing();
    given(served).when("ExpireReservation", expire(3600), motown).thenNothing();
  });
});
