import { describe, expect, it } from "vitest";
import {
  accepted,
  asked,
  at,
  created,
  evse,
  givenStation,
  served,
  status,
  tooManyAsked,
} from "#support/station-history";
import { happened } from "#support/story";
import { operator } from "#support/story/actors";
import { saidByStation, spokenToStation } from "#support/story/guards";
import { bounds } from "../bounds.ts";
import { oneEvse, type Target, wholeStation } from "../values/common.ts";

const given = givenStation;

describe("RecordStatus", () => {
  saidByStation("RecordStatus", status(1, "charging"));
  const reported = happened("StatusReported", status(1, "charging"));
  it("keeps what an EVSE does", () => {
    const { state, ...ending } = given(served).when("RecordStatus", status(1, "charging"));
    ending.then(reported);
    expect(state.evses).toMatchObject([{ status: "charging" }, { status: "unknown" }]);
  });
  it("keeps what the station does apart from its EVSEs", () => {
    const whole = { target: wholeStation, status: "faulted" as const, errorCode: "GroundFailure" };
    const { state, ...ending } = given(served).when("RecordStatus", { ...whole, at: at(1) });
    ending.then(happened("StatusReported", { ...whole, at: at(1) }));
    expect(state).toMatchObject({ status: "faulted", errorCode: "GroundFailure" });
    expect(state.evses).toMatchObject([{ status: "unknown" }, { status: "unknown" }]);
  });
  it("is an event again only with another status, error or timestamp", () => {
    const again = (data: Parameters<typeof tell>[0]) => tell(data);
    const tell = (data: ReturnType<typeof status> & { errorCode?: string }) =>
      given(served, reported).when("RecordStatus", data);
    again(status(1, "charging")).thenNothing();
    const { statusAt: _none, ...timeless } = status(1, "charging");
    given(served, reported).when("RecordStatus", timeless).thenNothing();
    again(status(1, "charging", 6)).thenAllowed();
    expect(again(status(1, "charging", 6)).events).toHaveLength(1);
    expect(again(status(1, "available")).events).toHaveLength(1);
    expect(again({ ...status(1, "charging"), errorCode: "HighTemperature" }).events).toHaveLength(
      1,
    );
  });
  it("keeps what is said of an EVSE that nobody configured", () => {
    const { state, ...ending } = given(served).when("RecordStatus", status(9, "available"));
    ending.then(happened("StatusReported", status(9, "available")));
    expect(state.evses).toHaveLength(2);
  });
});

describe("RequestChangeAvailability", () => {
  const one = { ...asked(), evseId: 2, availability: "inoperative" as const };
  const { evseId: _all, ...whole } = one;
  spokenToStation("RequestChangeAvailability", one, {
    permission: "RequestChangeAvailability.inoperative",
  });
  it("asks for one EVSE, or for the station", () => {
    for (const wish of [one, whole]) {
      given(served)
        .when("RequestChangeAvailability", wish)
        .then(happened("ChangeAvailabilityRequested", wish));
    }
  });
  it("permits operative apart from inoperative", () => {
    const may = operator("RequestChangeAvailability.operative");
    given(served)
      .when("RequestChangeAvailability", { ...one, availability: "operative" }, may)
      .thenAllowed();
    given(served)
      .when("RequestChangeAvailability", one, may)
      .thenRefused("NotPermitted", "RequestChangeAvailability.inoperative");
  });
});

describe("RecordAvailabilityChanged", () => {
  const changed = (target: typeof wholeStation) => ({
    target,
    availability: "inoperative" as const,
    at: at(2),
  });
  saidByStation("RecordAvailabilityChanged", changed(wholeStation));
  it("concerns one EVSE, or the station and all of its EVSEs", () => {
    const one = given(served).when("RecordAvailabilityChanged", changed(oneEvse(2)));
    one.then(happened("AvailabilityChanged", changed(oneEvse(2))));
    expect(one.state.availability).toBe("operative");
    expect(one.state.evses.map((each) => each.availability)).toEqual(["operative", "inoperative"]);
    const { state } = given(served).when("RecordAvailabilityChanged", changed(wholeStation));
    expect(state.availability).toBe("inoperative");
    expect(state.evses.map((each) => each.availability)).toEqual(["inoperative", "inoperative"]);
  });
});

describe("RecordAvailabilityScheduled", () => {
  const change = (target: Target) => ({ target, availability: "inoperative" as const, at: at(2) });
  const scheduled = (target: Target) => happened("AvailabilityScheduled", change(target));
  saidByStation("RecordAvailabilityScheduled", change(oneEvse(2)));
  it("changes nothing until a status says so", () => {
    const { state, ...ending } = given(served).when(
      "RecordAvailabilityScheduled",
      change(oneEvse(2)),
    );
    ending.then(scheduled(oneEvse(2)));
    expect(state.evses[1]).toMatchObject({ availability: "operative" });
    const past = [...served, scheduled(oneEvse(2))];
    const busy = given(past).when("RecordStatus", status(2, "charging"));
    busy.then(happened("StatusReported", status(2, "charging")));
    const report = { ...status(2, "available"), status: "unavailable" as const };
    given(past)
      .when("RecordStatus", report)
      .then(
        happened("StatusReported", report),
        happened("AvailabilityChanged", { ...change(oneEvse(2)), at: at(5) }),
      );
  });
  it("comes true for each EVSE of a station by itself", () => {
    const report = { ...status(1, "available"), status: "unavailable" as const };
    const { state } = given(served, scheduled(wholeStation)).when("RecordStatus", report);
    expect(state.evses.map((each) => each.availability)).toEqual(["inoperative", "operative"]);
  });
});

describe("RequestUnlockEvse", () => {
  spokenToStation("RequestUnlockEvse", { ...asked(), evseId: 1 });
  const unlocking = (evseId: number) =>
    happened("UnlockEvseRequested", {
      ...asked(),
      requestId: `r1.${evseId}`,
      parentRequestId: "r1",
      evseId,
    });
  it("asks for one EVSE, also one that only the station knows", () => {
    for (const evseId of [1, 9]) {
      given(served)
        .when("RequestUnlockEvse", { ...asked(), evseId })
        .then(happened("UnlockEvseRequested", { ...asked(), evseId }));
    }
  });
  it("asks for all EVSEs, each in a request of its own", () => {
    const { state, ...ending } = given(served).when("RequestUnlockEvse", asked());
    ending.then(unlocking(1), unlocking(2));
    expect(state.requests.map((request) => request.requestId)).toEqual(["r1.1", "r1.2"]);
  });
  it("asks for all EVSEs of the largest station", () => {
    const evses = Array.from({ length: bounds.evses }, (_none, index) => evse(index + 1));
    const large = happened("ChargingStationConfigured", { evses, inferred: false });
    const ending = given(created, accepted, large).when("RequestUnlockEvse", asked());
    expect(ending.events).toHaveLength(bounds.evses);
    given(served, tooManyAsked).when("RequestUnlockEvse", asked()).thenRefused("TooManyRequests");
  });
  it("needs to know the EVSEs if it is to name them", () => {
    const none = happened("ChargingStationConfigured", { evses: [], inferred: false });
    given(created, accepted, none).when("RequestUnlockEvse", asked()).thenRefused("NoEvseKnown");
  });
});

describe("RecordEvseUnlocked", () => {
  saidByStation("RecordEvseUnlocked", { evseId: 1, at: at(2) });
  it("keeps that it was unlocked", () => {
    given(served)
      .when("RecordEvseUnlocked", { evseId: 1, at: at(2) })
      .then(happened("EvseUnlocked", { evseId: 1, at: at(2) }));
  });
});

describe("RequestReset", () => {
  const reset = (kind: "soft" | "hard") => ({ ...asked(), kind });
  spokenToStation("RequestReset", reset("hard"), { permission: "RequestReset.hard" });
  it("asks softly or hard", () => {
    for (const kind of ["soft", "hard"] as const) {
      given(served)
        .when("RequestReset", reset(kind))
        .then(happened("ResetRequested", reset(kind)));
    }
  });
  it("permits the one apart from the other", () => {
    const may = operator("RequestReset.soft");
    given(served).when("RequestReset", reset("soft"), may).thenAllowed();
    given(served)
      .when("RequestReset", reset("hard"), may)
      .thenRefused("NotPermitted", "RequestReset.hard");
  });
});
