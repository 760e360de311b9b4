import { describe, expect, it } from "vitest";
import { at } from "#support/station-history";
import { happened } from "#support/story";
import { administrator } from "#support/story/actors";
import {
  flagged,
  givenTransaction as given,
  register,
  sampled,
  started,
  startedWith,
  stop,
} from "#support/story/transaction-history";

const slip = register(4_294_967_295_000, 20);
const stopped = (milli: number, energyMilliWh: number) =>
  happened("TransactionStopped", { ...stop(milli), energyMilliWh });
const bare = { samples: [], reviews: [] };

describe("energy", () => {
  it("is not read from a slip of the meter, which is kept", () => {
    const { state } = given(started).when("RecordMeterValues", {
      samples: [register(1_500_000), slip],
      at: at(20),
    });
    expect(state).toMatchObject({ lastRegisterMilliWh: 1_500_000 });
    given(started, sampled(slip))
      .when("RecordTransactionStopped", { ...stop(2_000_000), ...bare })
      .then(stopped(2_000_000, 1_000_000));
  });
  it("beyond all sense is flagged, and taken as it was told", () => {
    given(started)
      .when("RecordTransactionStopped", { ...stop(1_000_000_000_000), ...bare })
      .then(stopped(1_000_000_000_000, 999_999_000_000), flagged("energyImplausible"));
  });
  it("begins with the first sample where the start said no meter, in whatever order they came", () => {
    const { meterStartMilliWh: _none, ...unmeasured } = startedWith();
    const samples = [register(3_000_000, 30), register(1_200_000, 20)];
    given(happened("TransactionStarted", unmeasured), sampled(...samples))
      .when("RecordTransactionStopped", { ...stop(4_000_000), ...bare })
      .then(stopped(4_000_000, 2_800_000), flagged("meterStartUnknown"));
  });
  it("of a session that ended before it began is flagged", () => {
    const early = { ...stop(2_000_000), stoppedAt: "2026-05-04T09:00:00.000Z" };
    given(started)
      .when("RecordTransactionStopped", { ...early, ...bare })
      .then(
        happened("TransactionStopped", { ...early, energyMilliWh: 1_000_000 }),
        flagged("endBeforeStart"),
      );
  });
});

describe("samples of what has ended", () => {
  const estimated = (milli: number, energyMilliWh: number, seconds: number, told: number) =>
    happened("TransactionEndEstimated", {
      ...{ stoppedAt: at(seconds), meterStopMilliWh: milli, energyMilliWh, at: at(told) },
    });
  it("move its estimated end, and never back", () => {
    const past = [started, sampled(register(1_500_000)), estimated(1_500_000, 500_000, 10, 50)];
    given(past)
      .when("RecordMeterValues", { samples: [register(4_000_000, 40)], at: at(60) })
      .then(
        happened("MeterValuesSampled", { samples: [register(4_000_000, 40)], at: at(60) }),
        estimated(4_000_000, 3_000_000, 40, 60),
      );
    const { events } = given(past).when("RecordMeterValues", {
      samples: [register(1_200_000, 5)],
      at: at(60),
    });
    expect(events.map(({ type }) => type)).toEqual(["MeterValuesSampled"]);
  });
  it("that are beyond its stop are flagged, once for each that is higher", () => {
    const past = [started, stopped(2_000_000, 1_000_000)];
    const beyond = { samples: [register(2_500_000, 110)], at: at(120) };
    given(past)
      .when("RecordMeterValues", beyond)
      .then(happened("MeterValuesSampled", beyond), flagged("sampledBeyondEnd", 120));
    given(past, happened("MeterValuesSampled", beyond))
      .when("RecordMeterValues", beyond)
      .then(happened("MeterValuesSampled", beyond));
  });
});

describe("a second stop", () => {
  const wrong = { stationStoppedAt: "1970-01-01T00:10:10Z" };
  const ended = happened("TransactionStopped", {
    ...stop(2_000_000),
    ...wrong,
    energyMilliWh: 1_000_000,
  });
  it("by a clock that is no good is the same one where its own words are", () => {
    given(started, ended)
      .when("RecordTransactionStopped", { ...stop(2_000_000, 500), ...wrong, ...bare })
      .thenNothing();
  });
  it("brings samples that nobody else brought", () => {
    const samples = [register(1_900_000, 90)];
    given(started, ended)
      .when("RecordTransactionStopped", { ...stop(2_000_500), ...bare, samples })
      .then(
        happened("MeterValuesSampled", { samples, at: at(100) }),
        happened("TransactionStopRepeated", stop(2_000_500)),
        flagged("stoppedTwice"),
      );
  });
});

describe("RecordTransactionStartCorrected", () => {
  const { meterStartMilliWh: _unknown, ...unmeasured } = startedWith(["stopWithoutStart"]);
  const orphan = happened("TransactionStarted", { ...unmeasured, startedAt: at(100) });
  const past = [orphan, happened("TransactionStopped", stop(2_000_000))];
  const start = {
    ...{ evseId: 2, tokenRef: "token-1", startedAt: at(0), meterStartMilliWh: 500_000 },
    at: at(110),
  };
  const late = { ...start, reviews: [] };
  it("completes what was known by its stop alone", () => {
    given(past)
      .when("RecordTransactionStartCorrected", late)
      .then(
        happened("TransactionStartCorrected", { ...start, energyMilliWh: 1_500_000 }),
        flagged("startedAfterStop", 110),
      );
  });
  it("says nothing of what does not exist, or runs", () => {
    given().when("RecordTransactionStartCorrected", late).thenNothing();
    given(started).when("RecordTransactionStartCorrected", late).thenNothing();
  });
  it("is the station's word alone", () => {
    given(past)
      .when("RecordTransactionStartCorrected", late, administrator)
      .thenRefused("ReservedForStations");
  });
});
