import { describe, expect, it } from "vitest";
import {
  asked,
  at,
  closedNow,
  completed,
  countedFrom,
  created,
  givenStation,
  opened,
  opening,
  reserved,
  sent,
  served,
} from "#support/station-history";
import { happened } from "#support/story";
import { decidedByOperator, saidByStation, spokenToStation } from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;
const startAsked = { ...asked(), tokenRef: "token-1", evseId: 1 };
const start = happened("StartTransactionRequested", startAsked);
const stop = happened("StopTransactionRequested", {
  ...asked(),
  transactionId: "tx1",
  transactionNumber: countedFrom + 1,
});

const profile = (limit: number) => ({
  ...{ chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: "TxProfile" as const },
  chargingProfileKind: "Relative" as const,
  chargingSchedule: {
    chargingRateUnit: "A" as const,
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
});

describe("RequestStartTransaction", () => {
  spokenToStation("RequestStartTransaction", startAsked);
  it("asks, with or without an EVSE, and awaits the transaction", () => {
    const { state, ...ending } = given(served).when("RequestStartTransaction", startAsked);
    ending.then(start);
    expect(state.awaited).toMatchObject([{ kind: "start", tokenRef: "token-1", evseId: 1 }]);
    const anywhere = { ...asked(), tokenRef: "token-1", chargingProfile: profile(16.3) };
    given(served)
      .when("RequestStartTransaction", anywhere)
      .then(happened("StartTransactionRequested", anywhere));
  });
  it("hands on no limit that the wire cannot carry", () => {
    given(served)
      .when("RequestStartTransaction", { ...startAsked, chargingProfile: profile(16.35) })
      .thenRefused("ChargingLimitTooFine", "16.35");
  });
  it("asks also where something runs: the refusal is the station's", () => {
    given(served, opened(1)).when("RequestStartTransaction", startAsked).then(start);
  });
});

describe("RequestStopTransaction", () => {
  spokenToStation("RequestStopTransaction", { ...asked(), transactionNumber: 77 });
  it("asks by our id, or by the wire's number", () => {
    for (const named of [{ transactionId: "tx1" }, { transactionNumber: countedFrom + 1 }]) {
      given(served, opened(1))
        .when("RequestStopTransaction", { ...asked(), ...named })
        .then(stop);
    }
  });
  it("asks also for one that has ended, or a number that only the station knows", () => {
    given(served, opened(1), closedNow(1))
      .when("RequestStopTransaction", { ...asked(), transactionId: "tx1" })
      .then(stop);
    given(served)
      .when("RequestStopTransaction", { ...asked(), transactionNumber: 77 })
      .then(happened("StopTransactionRequested", { ...asked(), transactionNumber: 77 }));
  });
  it("needs a number to name it by", () => {
    given(served)
      .when("RequestStopTransaction", { ...asked(), transactionId: "tx1" })
      .thenRefused("TransactionNotOpen", "tx1");
  });
});

describe("RecordTransactionOpened", () => {
  saidByStation("RecordTransactionOpened", opening(1));
  it("gives each transaction the next number of its station", () => {
    given(served).when("RecordTransactionOpened", opening(1)).then(opened(1));
    given(served, opened(1), closedNow(1))
      .when("RecordTransactionOpened", opening(2))
      .then(opened(2));
  });
  it("counts on within the wire's positive int32", () => {
    const highest = happened("ChargingStationCreated", {
      stationId: "CP/01",
      administrators: [],
      transactionNumberBase: 2 ** 30,
    });
    const { events } = given(highest).when("RecordTransactionOpened", opening(1));
    expect(events[0]?.data).toMatchObject({ transactionNumber: 2 ** 30 + 1 });
  });
  it("opens none twice", () => {
    for (const past of [[opened(1)], [opened(1), closedNow(1)]]) {
      given(served, past).when("RecordTransactionOpened", opening(1)).thenNothing();
    }
  });
  it("uses the reservation up whose number it bears", () => {
    const { state, events } = given(served, reserved).when("RecordTransactionOpened", {
      ...opening(2),
      reservationNumber: 1,
    });
    expect(events[0]?.data).toMatchObject({ reservationId: "res1" });
    expect(state.reservations).toEqual([]);
    const other = { ...opening(2), reservationNumber: 5 };
    const left = given(served, reserved).when("RecordTransactionOpened", other);
    expect(left.state.reservations).toHaveLength(1);
  });
});

describe("the remote start that a transaction answers", () => {
  const agreed = [...served, start, sent(), completed("r1", "accepted")];
  const answered = (history: typeof agreed, more: object = {}) => {
    const { events, state } = given(history).when("RecordTransactionOpened", {
      ...opening(1),
      ...more,
    });
    const { requestId } = { requestId: undefined, ...Object(events[0]?.data) };
    return { requestId, state };
  };
  it("is that of the same token and EVSE, in time", () => {
    expect(answered(agreed).requestId).toBe("r1");
    expect(answered(agreed).state.awaited).toEqual([]);
    expect(answered(agreed, { at: at(30) }).requestId).toBe("r1");
  });
  it("is not that of another token, another EVSE, or too late", () => {
    for (const more of [{ tokenRef: "token-2" }, { evseId: 2 }, { at: at(31) }]) {
      expect(answered(agreed, more).requestId).toBeUndefined();
      expect(answered(agreed, more).state.awaited).toHaveLength(1);
    }
  });
  it("is the newest where the same was asked twice", () => {
    const again = happened("StartTransactionRequested", {
      ...asked("r2"),
      ...{ tokenRef: "token-1", evseId: 1 },
    });
    const twice = [...agreed, again, sent("r2"), completed("r2", "accepted")];
    expect(answered(twice).requestId).toBe("r2");
    expect(answered(twice).state.awaited).toMatchObject([{ requestId: "r1" }]);
  });
  it("may come on any EVSE where none was named", () => {
    const anywhere = happened("StartTransactionRequested", { ...asked(), tokenRef: "token-1" });
    expect(answered([...served, anywhere, sent()], { evseId: 2 }).requestId).toBe("r1");
  });
  it("was sent: nobody obeys what was not", () => {
    expect(answered([...served, start]).requestId).toBeUndefined();
    expect(answered([...served, start]).state.requests).toHaveLength(1);
  });
  it("is none for a transaction that is only known from its stop", () => {
    expect(answered(agreed, { orphan: true }).requestId).toBeUndefined();
  });
});

describe("RecordTransactionStartMatched", () => {
  const late = { ...opening(1), startedAt: at(0), at: at(30) };
  const orphan = happened("TransactionOpened", {
    ...{ ...opening(1), transactionNumber: countedFrom + 1 },
    orphan: true,
  });
  saidByStation("RecordTransactionStartMatched", late);
  it("is remembered of what was known by its stop alone", () => {
    const { state, ...ending } = given(served, orphan, closedNow(1)).when(
      "RecordTransactionStartMatched",
      late,
    );
    ending.then(happened("TransactionStartMatched", late));
    expect(state.closedTransactions).toMatchObject([
      { transactionNumber: countedFrom + 1, startedAt: at(0) },
    ]);
    expect(state.closedTransactions[0]).not.toHaveProperty("orphan");
  });
  it("changes nothing of what has told its start, and nothing unknown", () => {
    const known = given(served, opened(1), closedNow(1));
    known.when("RecordTransactionStartMatched", late).thenNothing();
    given(served).when("RecordTransactionStartMatched", late).thenNothing();
  });
});

describe("RecordTransactionClosed", () => {
  const close = { transactionId: "tx1", at: at(20) };
  saidByStation("RecordTransactionClosed", close);
  it("closes it, and still knows it", () => {
    const { state, ...ending } = given(served, opened(1)).when("RecordTransactionClosed", close);
    ending.then(happened("TransactionClosed", close));
    expect(state.openTransactions).toEqual([]);
    expect(state.closedTransactions).toMatchObject([{ transactionNumber: countedFrom + 1 }]);
  });
  it("closes nothing twice, and nothing unknown", () => {
    given(served, opened(1), closedNow(1)).when("RecordTransactionClosed", close).thenNothing();
    given(created).when("RecordTransactionClosed", close).thenNothing();
  });
  it("answers the remote stop that asked for it, in time", () => {
    const agreed = [...served, opened(1), stop, sent(), completed("r1", "accepted")];
    const { state, ...ending } = given(agreed).when("RecordTransactionClosed", close);
    ending.then(happened("TransactionClosed", { ...close, requestId: "r1" }));
    expect(state.awaited).toEqual([]);
  });
  it("answers none that is overdue: the sweeper says that it was missed", () => {
    const agreed = [...served, opened(1), stop, sent(), completed("r1", "accepted")];
    const late = { ...close, at: at(31) };
    const { state, ...ending } = given(agreed).when("RecordTransactionClosed", late);
    ending.then(happened("TransactionClosed", late));
    expect(state.awaited).toHaveLength(1);
  });
  it("answers none that was not sent", () => {
    given(served, opened(1), stop)
      .when("RecordTransactionClosed", close)
      .then(happened("TransactionClosed", close));
  });
  it("remembers so many, those longest whose stop is still to come", () => {
    const estimated = happened("TransactionClosed", {
      transactionId: "tx1",
      estimated: true,
      at: at(9),
    });
    const others = Array.from({ length: bounds.closedTransactions + 3 }, (_none, index) => [
      opened(index + 2),
      closedNow(index + 2),
    ]).flat();
    const { closedTransactions } = given(served, opened(1), estimated, others).state;
    expect(closedTransactions).toHaveLength(bounds.closedTransactions);
    expect(closedTransactions[0]).toMatchObject({ transactionId: "tx1", estimated: true });
    expect(closedTransactions.at(-1)).toMatchObject({
      transactionId: `tx${bounds.closedTransactions + 4}`,
    });
  });
});

describe("EndTransaction", () => {
  const wish = { transactionId: "tx1", at: at(20) };
  const estimated = happened("TransactionClosed", { ...wish, estimated: true });
  decidedByOperator("EndTransaction", wish, [...served, opened(1)]);
  it("closes it, and still knows it for a late stop", () => {
    const { state, ...ending } = given(served, opened(1)).when("EndTransaction", wish);
    ending.then(estimated);
    expect(state.openTransactions).toEqual([]);
    expect(state.closedTransactions).toMatchObject([{ transactionId: "tx1", estimated: true }]);
  });
  it("ends the waiting of a remote stop that was agreed to", () => {
    const agreed = [...served, opened(1), stop, sent(), completed("r1", "accepted")];
    const { state } = given(agreed).when("EndTransaction", wish);
    expect(state.awaited).toEqual([]);
  });
  it("ends nothing that is not open", () => {
    given(served, opened(1), estimated)
      .when("EndTransaction", wish)
      .thenRefused("TransactionNotOpen", "tx1");
    given(created).when("EndTransaction", wish).thenRefused("TransactionNotOpen", "tx1");
  });
});
