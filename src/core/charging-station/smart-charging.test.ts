import { describe, it } from "vitest";
import { asked, at, closedNow, givenStation, opened, sent, served } from "#support/station-history";
import { happened } from "#support/story";
import { saidByStation, spokenToStation } from "#support/story/guards";
import { oneEvse } from "../values/common.ts";

const given = givenStation;
const profile = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: "TxDefaultProfile" as const,
  chargingProfileKind: "Absolute" as const,
  chargingSchedule: {
    chargingRateUnit: "A" as const,
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.3 }],
  },
};

describe("RequestSetChargingProfile", () => {
  const wish = { ...asked(), evseId: 1, chargingProfile: profile };
  const running = {
    ...wish,
    chargingProfile: {
      ...profile,
      chargingProfilePurpose: "TxProfile" as const,
      transactionId: "tx1",
    },
  };
  spokenToStation("RequestSetChargingProfile", wish);
  it("asks", () => {
    given(served)
      .when("RequestSetChargingProfile", wish)
      .then(happened("SetChargingProfileRequested", wish));
  });
  it("names a running transaction", () => {
    given(served, opened(1))
      .when("RequestSetChargingProfile", running)
      .then(happened("SetChargingProfileRequested", running));
  });
  it("names no other transaction, for the station knows them by another number", () => {
    for (const past of [[], [opened(1), closedNow(1)]]) {
      given(served, past)
        .when("RequestSetChargingProfile", running)
        .thenRefused("TransactionNotOpen", "tx1");
    }
  });
  it("carries limits of at most one decimal", () => {
    const finer = { startPeriod: 0, limit: 0.3 };
    for (const [chargingSchedulePeriod, minChargingRate] of [
      [[finer, { startPeriod: 60, limit: 0.31 }], 6],
      [[finer], 0.31],
    ] as const) {
      const chargingSchedule = {
        ...profile.chargingSchedule,
        chargingSchedulePeriod: [...chargingSchedulePeriod],
        minChargingRate,
      };
      given(served)
        .when("RequestSetChargingProfile", {
          ...wish,
          chargingProfile: { ...profile, chargingSchedule },
        })
        .thenRefused("ChargingLimitTooFine", "0.31");
    }
  });
  it("gives way only to a profile of the same purpose, level and target", () => {
    const first = happened("SetChargingProfileRequested", { ...wish, ...asked("r0") });
    const superseded = happened("RequestCompleted", {
      requestId: "r0",
      outcome: "superseded",
      at: at(0),
    });
    const next = happened("SetChargingProfileRequested", wish);
    given(served, first).when("RequestSetChargingProfile", wish).then(superseded, next);
    given(served, first, sent("r0")).when("RequestSetChargingProfile", wish).then(next);
    const higher = { ...wish, chargingProfile: { ...profile, stackLevel: 1 } };
    given(served, first)
      .when("RequestSetChargingProfile", higher)
      .then(happened("SetChargingProfileRequested", higher));
  });
});

describe("RecordChargingProfileSet", () => {
  const set = { target: oneEvse(1), chargingProfile: profile, at: at(2) };
  saidByStation("RecordChargingProfileSet", set);
  it("keeps it", () => {
    given(served).when("RecordChargingProfileSet", set).then(happened("ChargingProfileSet", set));
  });
});

describe("RequestClearChargingProfiles", () => {
  const wish = { ...asked(), chargingProfilePurpose: "TxProfile" as const };
  spokenToStation("RequestClearChargingProfiles", wish);
  it("asks, by some or by no conditions", () => {
    for (const each of [wish, asked()]) {
      given(served)
        .when("RequestClearChargingProfiles", each)
        .then(happened("ClearChargingProfilesRequested", each));
    }
  });
});

describe("RecordChargingProfilesCleared", () => {
  const cleared = { filter: { evseId: 1 }, at: at(2) };
  saidByStation("RecordChargingProfilesCleared", cleared);
  it("keeps what was cleared", () => {
    given(served)
      .when("RecordChargingProfilesCleared", cleared)
      .then(happened("ChargingProfilesCleared", cleared));
  });
});

describe("RequestCompositeSchedule", () => {
  const wish = { ...asked(), evseId: 1, durationSeconds: 3600 };
  spokenToStation("RequestCompositeSchedule", wish);
  it("asks", () => {
    given(served)
      .when("RequestCompositeSchedule", wish)
      .then(happened("CompositeScheduleRequested", wish));
  });
});

describe("RecordCompositeSchedule", () => {
  const schedule = { scheduleStart: at(0), chargingSchedule: profile.chargingSchedule };
  const received = { requestId: "r1", target: oneEvse(1), schedule, at: at(2) };
  saidByStation("RecordCompositeSchedule", received);
  it("keeps what the station computed", () => {
    given(served)
      .when("RecordCompositeSchedule", received)
      .then(happened("CompositeScheduleReceived", received));
  });
});
