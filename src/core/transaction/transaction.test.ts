import { describe, expect, it } from "vitest";
import { at } from "#support/station-history";
import { happened } from "#support/story";
import { addOn, administrator, motown, operator } from "#support/story/actors";
import {
  flagged,
  givenTransaction as given,
  register,
  sampled,
  started,
  startedWith,
  stop,
} from "#support/story/transaction-history";
import type { DecidedEvent } from "../kernel/message.ts";

const stopped = (milli: number, energyMilliWh: number, seconds = 100) =>
  happened("TransactionStopped", { ...stop(milli, seconds), energyMilliWh });
const bare = { samples: [], reviews: [] };

describe("RecordTransactionStarted", () => {
  it("starts it, whatever the token's status, and flags what is odd", () => {
    given().when("RecordTransactionStarted", startedWith()).then(started);
    given()
      .when("RecordTransactionStarted", startedWith(["notAuthorized", "implausibleClock"]))
      .then(
        happened("TransactionStarted", startedWith(["notAuthorized", "implausibleClock"])),
        flagged("notAuthorized", 0),
        flagged("implausibleClock", 0),
      );
  });
  it("starts nothing twice", () => {
    given(started).when("RecordTransactionStarted", startedWith()).thenNothing();
  });
  it("is the station's word alone", () => {
    for (const actor of [administrator, addOn("RecordTransactionStarted")]) {
      given()
        .when("RecordTransactionStarted", startedWith(), actor)
        .thenRefused("ReservedForStations");
    }
  });
});

describe("RecordMeterValues", () => {
  const samples = [register(1_500_000)];
  it("keeps samples, also of what has ended", () => {
    given(started)
      .when("RecordMeterValues", { samples, at: at(10) })
      .then(sampled(...samples));
    given(started, stopped(2_000_000, 1_000_000))
      .when("RecordMeterValues", { samples, at: at(10) })
      .then(sampled(...samples));
  });
  it("keeps no empty list", () => {
    given(started)
      .when("RecordMeterValues", { samples: [], at: at(10) })
      .thenNothing();
  });
  it("reads the session's register from whole, periodic values alone", () => {
    const noise = [
      register(9_000_000, 10, { phase: "L1" }),
      register(9_000_000, 10, { context: "Sample.Clock" }),
      register(9_000_000, 10, { measurand: "Energy.Active.Export.Register" }),
      register(9_000_000, 10, { location: "Inlet" }),
      register(9_000_000, 10, { unit: "varh" }),
    ];
    const { state } = given(started).when("RecordMeterValues", {
      samples: [...noise, register(1_500_000), register(1_400_000, 20)],
      at: at(20),
    });
    expect(state).toMatchObject({ lastRegisterMilliWh: 1_500_000, lastSampleAt: at(20) });
  });
  it("is the station's word alone", () => {
    given(started)
      .when("RecordMeterValues", { samples, at: at(10) }, administrator)
      .thenRefused("ReservedForStations");
  });
});

describe("RecordTransactionStopped", () => {
  const tell = (milli: number | undefined, past = [started], more: object = {}) =>
    given(past).when("RecordTransactionStopped", { ...stop(milli), ...bare, ...more });
  it("stops it, to the last Wh", () => {
    tell(3_456_000).then(stopped(3_456_000, 2_456_000));
    tell(1_000_000).then(stopped(1_000_000, 0));
  });
  it("takes its own samples once", () => {
    const last = register(3_000_000, 90, { context: "Transaction.End" });
    tell(3_000_000, [started], { samples: [last] }).then(
      happened("MeterValuesSampled", { samples: [last], at: at(100) }),
      stopped(3_000_000, 2_000_000),
    );
  });
  it("flags a meter that went backwards by 1 Wh, and charges nothing for it", () => {
    tell(999_000).then(stopped(999_000, 0), flagged("meterWentBackwards"));
  });
  it("takes a meter that was reset by what it showed before", () => {
    tell(200_000, [started, sampled(register(8_000_000))]).then(
      stopped(200_000, 7_000_000),
      flagged("meterWentBackwards"),
    );
    tell(1_500_000, [started, sampled(register(8_000_000))]).then(
      stopped(1_500_000, 7_000_000),
      flagged("meterWentBackwards"),
    );
  });
  it("knows the samples that come with the stop", () => {
    const { events } = tell(200_000, [started], { samples: [register(8_000_000)] });
    expect(events[1]).toEqual(stopped(200_000, 7_000_000));
  });
  it("takes less than 1 Wh for rounding: a stop is in whole Wh", () => {
    tell(2_345_000, [started, sampled(register(2_345_900))]).then(stopped(2_345_000, 1_345_000));
  });
  it("reads the energy from the last sample where the stop says none", () => {
    const { meterStopMilliWh: _none, ...silent } = stop(0);
    tell(undefined, [started, sampled(register(4_000_000))]).then(
      happened("TransactionStopped", { ...silent, energyMilliWh: 3_000_000 }),
      flagged("meterStopUnknown"),
    );
    tell(undefined).then(happened("TransactionStopped", silent), flagged("meterStopUnknown"));
  });
  it("flags a session whose start was never measured", () => {
    const { meterStartMilliWh: _none, ...unmeasured } = startedWith();
    tell(2_000_000, [happened("TransactionStarted", unmeasured)]).then(
      happened("TransactionStopped", stop(2_000_000)),
      flagged("meterStartUnknown"),
    );
  });
  it("flags what the speaker found odd", () => {
    tell(2_000_000, [started], { reviews: ["stopOfAnotherToken"] }).then(
      stopped(2_000_000, 1_000_000),
      flagged("stopOfAnotherToken"),
    );
  });
  it("hears an equal stop once, and keeps a different one for a person to look at", () => {
    const past = [started, stopped(2_000_000, 1_000_000)];
    tell(2_000_000, past).thenNothing();
    tell(2_500_000, past).then(
      happened("TransactionStopRepeated", stop(2_500_000)),
      flagged("stoppedTwice"),
    );
    expect(tell(2_500_000, past).state.end).toMatchObject({ meterStopMilliWh: 2_000_000 });
  });
  it("corrects an estimated end", () => {
    const estimated = happened("TransactionEndEstimated", { stoppedAt: at(10), at: at(50) });
    const corrected = happened("TransactionEndCorrected", {
      ...stop(2_000_000),
      energyMilliWh: 1_000_000,
    });
    tell(2_000_000, [started, estimated]).then(corrected, flagged("correctedAfterEstimate"));
    tell(2_000_000, [started, estimated, corrected]).thenNothing();
  });
  it("is the station's word alone", () => {
    given(started)
      .when("RecordTransactionStopped", { ...stop(2_000_000), ...bare }, administrator)
      .thenRefused("ReservedForStations");
  });
});

describe("EstimateTransactionEnd", () => {
  const estimate = (...past: readonly DecidedEvent[]) =>
    given(...past).when("EstimateTransactionEnd", { at: at(50) }, motown);
  it("ends it at the last sample", () => {
    estimate(started, sampled(register(1_500_000, 40))).then(
      happened("TransactionEndEstimated", {
        stoppedAt: at(40),
        meterStopMilliWh: 1_500_000,
        energyMilliWh: 500_000,
        at: at(50),
      }),
      flagged("endEstimated", 50),
    );
  });
  it("ends it as it began where nothing was ever measured", () => {
    expect(estimate(started).events[0]?.data).toMatchObject({
      stoppedAt: at(0),
      energyMilliWh: 0,
    });
  });
  it("ends nothing unknown, and nothing that has ended", () => {
    estimate().thenNothing();
    estimate(started, stopped(2_000_000, 1_000_000)).thenNothing();
  });
  it("is nobody's wish", () => {
    given(started)
      .when("EstimateTransactionEnd", { at: at(50) }, administrator)
      .thenRefused("ReservedForStations");
  });
});

describe("EndTransaction", () => {
  const wish = { at: at(50) };
  const estimated = happened("TransactionEndEstimated", {
    stoppedAt: at(40),
    meterStopMilliWh: 1_500_000,
    energyMilliWh: 500_000,
    at: at(50),
  });
  const past = [started, sampled(register(1_500_000, 40))];
  it("ends it at the last sample, and asks a person to look", () => {
    given(past).when("EndTransaction", wish).then(estimated, flagged("endEstimated", 50));
  });
  it("is corrected by a late stop", () => {
    const { state } = given(past, estimated).when("RecordTransactionStopped", {
      ...stop(2_000_000),
      ...bare,
    });
    expect(state.end).toMatchObject({ meterStopMilliWh: 2_000_000, estimated: false });
  });
  it("ends nothing that has ended", () => {
    given(past, estimated).when("EndTransaction", wish).thenRefused("TransactionNotOpen");
    given(started, stopped(2_000_000, 1_000_000))
      .when("EndTransaction", wish)
      .thenRefused("TransactionNotOpen");
  });
  it("asks for permission", () => {
    given(past).when("EndTransaction", wish, operator()).thenRefused("NotPermitted");
    given(past).when("EndTransaction", wish, operator("EndTransaction")).thenAllowed();
    given().when("EndTransaction", wish).thenRefused("TransactionNotFound");
  });
});

describe("SettleReview", () => {
  const past = [started, flagged("stoppedTwice"), flagged("stoppedTwice")];
  it("settles what was flagged", () => {
    expect(given(past).state.reviews).toEqual(["stoppedTwice"]);
    const { state, ...ending } = given(past).when("SettleReview", { note: "first is right" });
    ending.then(happened("TransactionReviewed", { note: "first is right" }));
    expect(state.reviews).toEqual([]);
  });
  it("settles nothing where nothing was flagged", () => {
    given(started).when("SettleReview", {}).thenNothing();
  });
  it("asks for permission", () => {
    given(past).when("SettleReview", {}, operator()).thenRefused("NotPermitted", "SettleReview");
    given(past).when("SettleReview", {}, operator("SettleReview")).thenAllowed();
    given(past).when("SettleReview", {}, operator("AllPermissions")).thenAllowed();
    given().when("SettleReview", {}).thenRefused("TransactionNotFound");
  });
});
