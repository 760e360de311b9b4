// Sessions that are true to the last Wh, whatever a station says of them, and in which order.
import { describe, expect, it } from "vitest";
import { bounds } from "#core";
import {
  accepted,
  at,
  configured,
  countedFrom,
  created,
  decommissioned,
  opened,
  reserved,
  served,
} from "#support/station-history";
import { happened } from "#support/story";
import { theStation } from "#support/story/actors";
import {
  dataOf,
  key,
  reviewsOf,
  scenario,
  startFact,
  stopFact,
  typesOf,
} from "#support/story/scenario";
import { register } from "#support/story/transaction-history";

const first = countedFrom + 1;

/** A served station on which token 1 charges at EVSE 1. */
function charging(more: Parameters<typeof startFact>[0] = {}) {
  const story = scenario(served);
  story.starts(startFact(more));
  return story;
}

describe("a start", () => {
  it("is known to the station and to its transaction at once, under one number", () => {
    const unit = scenario(served).starts(startFact());
    expect(typesOf(unit)).toEqual(["TransactionOpened", "TransactionStarted"]);
    for (const type of typesOf(unit)) {
      expect(dataOf(unit, type)).toMatchObject({ transactionNumber: first });
    }
  });
  it("counts once, however often it is sent", () => {
    const story = charging();
    const again = startFact({ transactionId: "tx2", at: at(20) });
    expect(story.starts(again).events).toEqual([]);
    expect(story.station().openTransactions).toHaveLength(1);
  });
  it("counts once also where the station's clock is no good, and ours is taken instead", () => {
    const wrong = { stationStartedAt: "1970-01-01T00:00:10Z" };
    const story = charging(wrong);
    const again = { transactionId: "tx2", startedAt: at(99), at: at(99) };
    expect(story.starts(startFact({ ...wrong, ...again })).events).toEqual([]);
    const later = { ...again, stationStartedAt: "1970-01-01T00:00:11Z" };
    expect(typesOf(story.starts(startFact(later)))).toContain("TransactionStarted");
  });
  it("is another one with another token, time, meter or EVSE", () => {
    const more = [
      { tokenRef: "token-2" },
      { startedAt: at(11) },
      { meterStartMilliWh: 1_001_000 },
      { evseId: 2 },
    ];
    for (const differs of more) {
      const unit = charging().starts(startFact({ transactionId: "tx2", ...differs }));
      expect(typesOf(unit)).toContain("TransactionStarted");
    }
  });
  it("is recorded and numbered with a token that may not charge, and flagged", () => {
    for (const status of ["blocked", "expired", "invalid", "concurrentTransaction"] as const) {
      const unit = scenario(served).starts(
        startFact({ authorization: { status, provider: "local" } }),
      );
      expect(dataOf(unit, "TransactionOpened")).toMatchObject({ transactionNumber: first });
      expect(reviewsOf(unit)).toEqual(["notAuthorized"]);
    }
  });
  it("ends, as estimated, what still runs on its EVSE, and nothing elsewhere", () => {
    const story = charging();
    story.starts(startFact({ transactionId: "tx2", evseId: 2, tokenRef: "token-2" }));
    story.meters({ at: at(60), evseId: 1, samples: [register(2_000_000, 60)] });
    const next = startFact({ transactionId: "tx3", startedAt: at(90), at: at(90) });
    const unit = story.starts(next);
    expect(typesOf(unit)).toEqual([
      "TransactionEndEstimated",
      "TransactionFlagged",
      "TransactionClosed",
      "TransactionOpened",
      "TransactionStarted",
    ]);
    expect(dataOf(unit, "TransactionEndEstimated")).toMatchObject({
      stoppedAt: at(60),
      energyMilliWh: 1_000_000,
    });
    expect(story.station().openTransactions.map((open) => open.transactionId)).toEqual([
      "tx2",
      "tx3",
    ]);
  });
  it("is corrected by the late stop of the one that was taken as ended", () => {
    const story = charging();
    story.starts(startFact({ transactionId: "tx2", startedAt: at(90), at: at(90) }));
    const unit = story.stops(stopFact(first, { at: at(500), stoppedAt: at(80) }));
    expect(typesOf(unit)).toEqual(["TransactionEndCorrected", "TransactionFlagged"]);
    expect(story.transaction("tx1").end).toMatchObject({
      estimated: false,
      meterStopMilliWh: 3_456_000,
    });
    expect(story.station().openTransactions).toMatchObject([{ transactionId: "tx2" }]);
  });
  it("uses up the reservation whose number it bears", () => {
    const story = scenario(served, reserved);
    const unit = story.starts(startFact({ evseId: 2, tokenRef: "token-2", reservationNumber: 1 }));
    for (const type of typesOf(unit)) {
      expect(dataOf(unit, type)).toMatchObject({ reservationId: "res1" });
    }
    expect(story.station().reservations).toEqual([]);
  });
  it("on one EVSE too many ends the oldest, so that a station's state stays bounded", () => {
    const others = Array.from({ length: bounds.openTransactions - 1 }, (_none, n) => opened(n + 2));
    const full = scenario(served, opened(1), others);
    const unit = full.starts(startFact({ transactionId: "tx0", evseId: 1000 }));
    expect(dataOf(unit, "TransactionClosed")).toMatchObject({
      transactionId: "tx1",
      estimated: true,
    });
    expect(full.station().openTransactions).toHaveLength(bounds.openTransactions);
  });
});

describe("a stop", () => {
  it("ends the session of its number", () => {
    const story = charging();
    const unit = story.stops(stopFact(first));
    expect(typesOf(unit)).toEqual(["TransactionStopped", "TransactionClosed"]);
    expect(dataOf(unit, "TransactionStopped")).toMatchObject({ energyMilliWh: 2_456_000 });
    expect(story.station().openTransactions).toEqual([]);
  });
  it("counts once when equal, and is kept for a person when different", () => {
    const story = charging();
    story.stops(stopFact(first));
    expect(story.stops(stopFact(first, { at: at(200) })).events).toEqual([]);
    const unit = story.stops(stopFact(first, { meterStopMilliWh: 4_000_000 }));
    expect(typesOf(unit)).toEqual(["TransactionStopRepeated", "TransactionFlagged"]);
    expect(reviewsOf(unit)).toEqual(["stoppedTwice"]);
    expect(story.transaction("tx1").end).toMatchObject({ meterStopMilliWh: 3_456_000 });
  });
  it("with no number of ours ends the one session of its token", () => {
    for (const number of [0, -1, 42]) {
      const story = charging();
      const unit = story.stops(stopFact(number));
      expect(typesOf(unit)).toContain("TransactionStopped");
      expect(reviewsOf(unit)).toEqual(["stopMatchedByToken"]);
      expect(story.station().openTransactions).toEqual([]);
    }
  });
  it("with no number of ours ends nobody else's session, and none that began later", () => {
    const strangers = [{ tokenRef: "token-9" }, { tokenRef: undefined }, { stoppedAt: at(5) }];
    for (const more of strangers) {
      const story = charging();
      const unit = story.stops(stopFact(-1, more));
      expect(story.station().openTransactions).toMatchObject([{ transactionId: "tx1" }]);
      expect(reviewsOf(unit)).toContain("stopWithoutStart");
    }
  });
  it("with no number of ours ends none of two sessions of its token", () => {
    const story = charging();
    story.starts(startFact({ transactionId: "tx2", evseId: 2 }));
    expect(reviewsOf(story.stops(stopFact(0)))).toContain("stopWithoutStart");
    expect(story.station().openTransactions).toHaveLength(2);
  });
  it("of what never started becomes a session of its own", () => {
    const story = scenario(served);
    const unit = story.stops(stopFact(42));
    expect(typesOf(unit)).toEqual([
      "TransactionOpened",
      "TransactionStarted",
      "TransactionFlagged",
      "TransactionStopped",
      "TransactionFlagged",
      "TransactionClosed",
    ]);
    expect(reviewsOf(unit)).toEqual(["stopWithoutStart", "meterStartUnknown"]);
    expect(dataOf(unit, "TransactionStarted")).toMatchObject({
      wireTransactionNumber: 42,
      transactionNumber: first,
      evseId: 1,
    });
    expect(story.station()).toMatchObject({ openTransactions: [], transactionCount: 1 });
  });
  it("of what never started lands on an EVSE where nothing runs, and ends nothing", () => {
    const story = charging();
    const unit = story.stops(stopFact(42, { tokenRef: "token-9" }));
    expect(dataOf(unit, "TransactionStarted")).toMatchObject({ evseId: 2 });
    expect(story.transaction("tx1").end).toBeUndefined();
  });
  it("of what never started answers no remote start of its token", () => {
    const start = happened("StartTransactionRequested", {
      requestId: "r1",
      correlationId: "c1",
      requestedAt: at(0),
      deadline: at(300),
      tokenRef: "token-1",
    });
    const sent = happened("RequestSent", { requestId: "r1", epoch: 1, at: at(1) });
    const story = scenario(served, start, sent);
    story.stops(stopFact(42));
    expect(story.station().awaited).toHaveLength(1);
  });
  it("by another token is recorded and flagged, unless both are of one group", () => {
    const other = { tokenRef: "token-2" };
    const alone = charging();
    expect(reviewsOf(alone.stops(stopFact(first, other)))).toEqual(["stopOfAnotherToken"]);
    expect(alone.station().openTransactions).toEqual([]);
    const authorization = {
      status: "accepted" as const,
      provider: "local",
      groupTokenRef: "group-1",
    };
    const inGroup = (more: object) =>
      reviewsOf(charging({ authorization }).stops(stopFact(first, { ...other, ...more })));
    expect(inGroup({ groupTokenRef: "group-1" })).toEqual([]);
    expect(inGroup({ tokenRef: "group-1" })).toEqual([]);
    expect(inGroup({ groupTokenRef: "group-2" })).toEqual(["stopOfAnotherToken"]);
    expect(inGroup({})).toEqual(["stopOfAnotherToken"]);
  });
  it("without a token is legal", () => {
    const unit = charging().stops(stopFact(first, { tokenRef: undefined }));
    expect(reviewsOf(unit)).toEqual([]);
  });
  it("below its start charges nothing and is flagged", () => {
    const unit = charging().stops(stopFact(first, { meterStopMilliWh: 999_000 }));
    expect(dataOf(unit, "TransactionStopped")).toMatchObject({ energyMilliWh: 0 });
    expect(reviewsOf(unit)).toEqual(["meterWentBackwards"]);
  });
});

describe("samples", () => {
  const sample = (more: object = {}) => ({
    at: at(60),
    evseId: 1,
    samples: [register(2_000_000, 60, more)],
  });
  const streamOf = (unit: ReturnType<ReturnType<typeof scenario>["meters"]>) =>
    unit.events.map((event) => event.stream);
  it("belong to the session of their number, also when it has ended", () => {
    const story = charging();
    const numbered = { ...sample(), transactionNumber: first };
    expect(streamOf(story.meters(numbered))).toEqual(["transaction/tx1"]);
    story.stops(stopFact(first));
    expect(streamOf(story.meters(numbered))).toEqual(["transaction/tx1"]);
    expect(story.transaction("tx1").end).toMatchObject({ meterStopMilliWh: 3_456_000 });
  });
  it("with no number, or none of ours, belong to what runs on their EVSE", () => {
    for (const transactionNumber of [undefined, 0, -1, 42]) {
      const unit = charging().meters({ ...sample(), transactionNumber });
      expect(streamOf(unit)).toEqual(["transaction/tx1"]);
    }
  });
  it("of the clock, of the main meter, or of an idle EVSE are the meter's", () => {
    const clock = sample({ context: "Sample.Clock" });
    for (const more of [clock, { ...sample(), evseId: 0 }, { ...sample(), evseId: 2 }]) {
      expect(streamOf(charging().meters(more))).toEqual([`meter/${key}`]);
    }
  });
});

describe("the station's own story", () => {
  it("a reboot in the middle closes nothing; the stop comes later", () => {
    const story = charging();
    const boot = { at: at(50), protocol: "ocpp1.6", vendor: "Acme", model: "Corp1" };
    const unit = story.tell("RecordBoot", boot, theStation);
    expect(typesOf(unit)).toEqual(["ConfiguredChargingStationBooted"]);
    expect(story.station().openTransactions).toHaveLength(1);
    const stop = story.stops(stopFact(first, { reason: "PowerLoss" }));
    expect(dataOf(stop, "TransactionStopped")).toMatchObject({ reason: "PowerLoss" });
  });
  it("facts of a station that was admitted once stay possible", () => {
    const unaccepted = happened("ChargingStationUnaccepted", {});
    for (const end of [unaccepted, decommissioned]) {
      const story = scenario(created, accepted, configured, end);
      expect(typesOf(story.starts(startFact()))).toContain("TransactionStarted");
      expect(typesOf(story.meters({ at: at(60), evseId: 1, samples: [register(1)] }))).toEqual([
        "MeterValuesSampled",
      ]);
      expect(typesOf(story.stops(stopFact(first)))).toContain("TransactionStopped");
    }
  });
  it("numbers go on after it was decommissioned and re-commissioned", () => {
    const story = charging();
    story.stops(stopFact(first));
    story.tell("DecommissionChargingStation", {});
    story.tell("RecommissionChargingStation", {});
    const unit = story.starts(startFact({ transactionId: "tx2", startedAt: at(200), at: at(200) }));
    expect(dataOf(unit, "TransactionOpened")).toMatchObject({ transactionNumber: first + 1 });
  });
});
