// Starts that were told before, and stops that name what the state has forgotten.
import { describe, expect, it } from "vitest";
import { bounds, streams } from "#core";
import { at, countedFrom, served } from "#support/station-history";
import { administrator } from "#support/story/actors";
import {
  dataOf,
  key,
  reviewsOf,
  scenario,
  startFact,
  stopFact,
  typesOf,
} from "#support/story/scenario";
import { forgottenNumber, forgottenStart, recalled, withRecalled } from "./forgotten.ts";

const clockless = { stationStartedAt: "1970-01-01T00:00:10Z" };
const clocklessStop = { stationStoppedAt: "1970-01-01T00:10:10Z" };

/** A start and its stop, both in the past. */
function past(start: object = {}, stop: object = {}) {
  const story = scenario(served);
  story.starts(startFact(start));
  story.stops(stopFact(countedFrom + 1, stop));
  return story;
}

/** So many sessions after the first that nobody remembers it; each at a higher register. */
function forgetting(story: ReturnType<typeof scenario>, more: (n: number) => object = () => ({})) {
  for (let n = 1; n <= bounds.closedTransactions; n++) {
    const meter = { meterStartMilliWh: 1_000_000 + n * 10_000_000 };
    const id = { transactionId: `later${n}`, startedAt: at(200 + n), at: at(200 + n) };
    story.starts(startFact({ ...id, ...meter, ...more(n) }));
    story.stops(stopFact(countedFrom + 1 + n, { stoppedAt: at(300 + n), at: at(300 + n) }));
  }
  return story;
}

describe("a start that is told again after its stop", () => {
  it("is known by its instant", () => {
    expect(past().starts(startFact({ transactionId: "tx2", at: at(900) })).events).toEqual([]);
  });
  it("is known without a clock where the meter has moved on since", () => {
    const story = past(clockless, clocklessStop);
    const again = { ...clockless, transactionId: "tx2", startedAt: at(900), at: at(900) };
    expect(story.starts(startFact(again)).events).toEqual([]);
  });
  it("without a clock is another one where its meter proves nothing", () => {
    const unmoved = { meterStopMilliWh: 1_000_000 };
    const again = { ...clockless, transactionId: "tx2", startedAt: at(900), at: at(900) };
    const still = past(clockless, { ...clocklessStop, ...unmoved });
    expect(typesOf(still.starts(startFact(again)))).toContain("TransactionStarted");
    const anew = { ...clockless, meterStartMilliWh: 0 };
    const zero = past(anew, clocklessStop).starts(startFact({ ...again, ...anew }));
    expect(typesOf(zero)).toContain("TransactionStarted");
  });
  it("without a clock is known where its end was only estimated, and its stop corrects that", () => {
    const story = scenario(served);
    story.starts(startFact(clockless));
    const ended = { transactionId: "tx1", at: at(500) };
    story.run(
      [
        { stream: streams.transaction("tx1"), type: "EndTransaction", data: { at: at(500) } },
        { stream: streams.chargingStation(key), type: "EndTransaction", data: ended },
      ],
      administrator,
    );
    const again = { ...clockless, transactionId: "tx2", startedAt: at(900), at: at(900) };
    expect(story.starts(startFact(again)).events).toEqual([]);
    const stop = story.stops(stopFact(countedFrom + 1, { ...clocklessStop, at: at(950) }));
    expect(typesOf(stop)).toContain("TransactionEndCorrected");
  });
  it("bills nothing for a stop that is a repetition, too", () => {
    const anew = { ...clockless, meterStartMilliWh: 0 };
    const story = past(anew, clocklessStop);
    story.starts(startFact({ ...anew, transactionId: "tx2", startedAt: at(900), at: at(900) }));
    const stop = { ...clocklessStop, stoppedAt: at(910), at: at(910) };
    const unit = story.stops(stopFact(countedFrom + 2, stop));
    expect(dataOf(unit, "TransactionStopped")).toMatchObject({ energyMilliWh: 0, repeatOf: "tx1" });
    expect(reviewsOf(unit)).toEqual(["startedTwice"]);
  });
});

describe("a start that comes after its stop", () => {
  const stopFirst = () => {
    const story = scenario(served);
    story.stops(stopFact(-1));
    return story;
  };
  it("completes the session that the stop became", () => {
    const story = stopFirst();
    const unit = story.starts(startFact({ evseId: 2, at: at(110) }));
    expect(typesOf(unit)).toEqual([
      "TransactionStartMatched",
      "TransactionStartCorrected",
      "TransactionFlagged",
    ]);
    expect(dataOf(unit, "TransactionStartCorrected")).toMatchObject({
      evseId: 2,
      energyMilliWh: 2_456_000,
    });
    expect(reviewsOf(unit)).toEqual(["startedAfterStop"]);
    expect(story.starts(startFact({ evseId: 2, at: at(120) })).events).toEqual([]);
    expect(story.station()).toMatchObject({ openTransactions: [], transactionCount: 1 });
  });
  it("is another one where it began later, or with another token, or nobody's", () => {
    for (const more of [
      { startedAt: at(101), at: at(101) },
      { tokenRef: "token-2" },
      { tokenRef: undefined },
      clockless,
    ]) {
      const unit = stopFirst().starts(startFact({ at: at(110), ...more }));
      expect(typesOf(unit)).toContain("TransactionStarted");
    }
  });
});

describe("a session that the state has forgotten", () => {
  const first = countedFrom + 1;
  it("is asked for by its number, and by no number that was never given", () => {
    const station = forgetting(past()).station();
    expect(forgottenNumber(station, first)?.isFinal).toBe(true);
    expect(forgottenNumber(past().station(), first)).toBeUndefined();
    for (const number of [undefined, 0, -1, countedFrom, countedFrom + 99]) {
      expect(forgottenNumber(station, number)).toBeUndefined();
    }
  });
  it("hands its stop and its samples to nobody else while nobody remembers it", () => {
    const story = forgetting(past());
    story.starts(startFact({ transactionId: "now", startedAt: at(500), at: at(500) }));
    const stop = stopFact(first, { transactionId: "late", stoppedAt: at(600), at: at(600) });
    expect(reviewsOf(story.stops(stop))).toContain("stopWithoutStart");
    expect(story.station().openTransactions).toMatchObject([{ transactionId: "now" }]);
  });
  it("is remembered as it was once it is found", () => {
    const story = forgetting(past());
    const opened = {
      ...{ transactionId: "tx1", transactionNumber: first, evseId: 1, tokenRef: "token-1" },
      ...{ startedAt: at(10), at: at(10) },
    };
    const station = withRecalled(story.station(), recalled(opened, undefined));
    expect(forgottenNumber(station, first)).toBeUndefined();
  });
  it("is asked for by a start without a clock that is behind its meter, and by no other", () => {
    const clock = (n: number) => ({ stationStartedAt: `1970-01-01T0${n}:00:10Z` });
    const station = forgetting(past(clockless, clocklessStop), clock).station();
    const start = startFact({ ...clockless, at: at(900), startedAt: at(900) });
    const opened = {
      ...{ transactionId: "tx1", transactionNumber: first, evseId: 1, tokenRef: "token-1" },
      ...{ startedAt: at(10), at: at(10), meterStartMilliWh: 1_000_000, ...clockless },
    };
    expect(forgottenStart(station, start)?.is(opened)).toBe(true);
    expect(forgottenStart(station, start)?.is({ ...opened, tokenRef: "token-2" })).toBe(false);
    const ahead = { ...start, meterStartMilliWh: 1_000_000_000 };
    const timely = startFact({ startedAt: at(900) });
    for (const other of [ahead, timely, { ...start, meterStartMilliWh: 0 }]) {
      expect(forgottenStart(station, other)).toBeUndefined();
    }
  });
});
