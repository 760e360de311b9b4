import { describe, expect, it } from "vitest";
import type { DecidedEvent } from "#core";
import { hear, key, ref, type Scene } from "#support/rows16";
import {
  accepted,
  asked,
  at,
  closedNow,
  countedFrom,
  created,
  opened,
  reserved,
  sent,
  served,
} from "#support/station-history";
import { happened } from "#support/story";

const start = { connectorId: 1, idTag: "ABC", meterStart: 1000, timestamp: at(5) };
const stop = {
  transactionId: countedFrom + 1,
  idTag: "token-1",
  meterStop: 2000,
  timestamp: at(900),
};
const running = [...served, opened(1)];

const dataOf = (events: readonly DecidedEvent[], type: string) =>
  events.filter((event) => event.type === type).map(({ data }) => data);

function started(request: Record<string, unknown>, scene: Scene = {}) {
  const heard = hear("StartTransaction", { ...start, ...request }, scene);
  return { ...heard, data: dataOf(heard.events, "TransactionStarted")[0] };
}

function stopped(request: Record<string, unknown>, scene: Scene = {}) {
  const heard = hear("StopTransaction", { ...stop, ...request }, { history: running, ...scene });
  return { ...heard, data: dataOf(heard.events, "TransactionStopped")[0] };
}

describe("Authorize", () => {
  it("asks who knows, records the answer and gives it", () => {
    const answer = {
      status: "accepted",
      provider: "local",
      expiresAt: at(9000),
      groupTokenRef: "ref-fleet",
    } as const;
    const heard = hear("Authorize", { idTag: " AbC " }, { asked: answer });
    expect(heard.question).toEqual({
      question: "AuthorizeToken",
      station: key,
      tokenRef: ref("abc"),
      purpose: "authorize",
      at: at(1000),
    });
    expect(JSON.stringify(heard.answer)).toBe(
      `{"idTagInfo":{"expiryDate":"${at(9000)}","parentIdTag":"fleet","status":"Accepted"}}`,
    );
    expect(dataOf(heard.events, "AuthorizationAnswered")).toEqual([
      { tokenRef: ref("abc"), at: at(1000), answer },
    ]);
    expect(heard.deviations).toEqual(["tokenPadded"]);
  });
  it.each([
    ["accepted", "Accepted"],
    ["blocked", "Blocked"],
    ["expired", "Expired"],
    ["invalid", "Invalid"],
    // The word is for starts alone.
    ["concurrentTransaction", "Accepted"],
  ] as const)("says of a token that is %s: %s", (status, word) => {
    const { answer } = hear("Authorize", { idTag: "a" }, { asked: { status, provider: "p" } });
    expect(answer).toEqual({ idTagInfo: { status: word } });
  });
  it("does not ask about an empty token", () => {
    const { question, answer, events, deviations } = hear("Authorize", { idTag: "" });
    expect({ question, events }).toEqual({ question: undefined, events: [] });
    expect(answer).toEqual({ idTagInfo: { status: "Invalid" } });
    expect(deviations).toEqual(["tokenMissing"]);
  });
  it("takes tokens that are longer or made of parts, and counts them", () => {
    const long = hear("Authorize", { idTag: "x".repeat(40) });
    expect(long.question).toMatchObject({ tokenRef: ref("x".repeat(40)) });
    expect(long.deviations).toEqual(["tokenTooLong"]);
    const parts = hear("Authorize", { idTag: "a;b" });
    expect(parts.question).toMatchObject({ tokenRef: ref("a;b") });
    expect(parts.deviations).toEqual(["tokenComposite"]);
    expect(hear("Authorize", { idTag: "abc;NULL" }).question).toMatchObject({
      tokenRef: ref("abc"),
    });
  });
  it("leaves out a group that the wire cannot carry", () => {
    const groupTokenRef = `ref-${"g".repeat(21)}`;
    const answer = { status: "accepted", provider: "p", groupTokenRef } as const;
    const { answer: given } = hear("Authorize", { idTag: "a" }, { asked: answer });
    expect(given).toEqual({ idTagInfo: { status: "Accepted" } });
  });
});

describe("StartTransaction", () => {
  it("records the start, gives a number, says what the token is worth", () => {
    const answer = { status: "accepted", provider: "p", expiresAt: at(9000) } as const;
    const heard = started({}, { asked: answer });
    expect(heard.question).toMatchObject({ purpose: "start", at: at(5), tokenRef: ref("abc") });
    expect(heard.data).toMatchObject({
      evseId: 1,
      transactionNumber: countedFrom + 1,
      tokenRef: ref("abc"),
      authorization: answer,
      startedAt: at(5),
      meterStartMilliWh: 1_000_000,
      reviews: [],
    });
    expect(JSON.stringify(heard.answer)).toBe(
      JSON.stringify({
        idTagInfo: { expiryDate: at(9000), status: "Accepted" },
        transactionId: countedFrom + 1,
      }),
    );
  });
  it.each([
    ["blocked", "Blocked"],
    ["expired", "Expired"],
    ["invalid", "Invalid"],
    ["concurrentTransaction", "ConcurrentTx"],
  ] as const)(
    "records a token that is %s all the same, with a number and a flag",
    (status, word) => {
      const { answer, data } = started({}, { asked: { status, provider: "p" } });
      expect(answer).toEqual({ idTagInfo: { status: word }, transactionId: countedFrom + 1 });
      expect(data).toMatchObject({ reviews: ["notAuthorized"] });
    },
  );
  it.each([
    ["repeated at once", {}],
    ["without any clock", { timestamp: "1970-01-01T00:00:09Z" }],
    ["without a timestamp", { timestamp: undefined }],
    ["at connector 0", { connectorId: 0 }],
  ])("gives a start that is %s the same number", (_how, request) => {
    const first = started(request);
    const history = [...served, ...first.events.filter(({ type }) => type === "TransactionOpened")];
    const again = hear("StartTransaction", { ...start, ...request }, { history, seconds: 2000 });
    expect(again.answer).toEqual(first.answer);
    expect(again.events).toEqual([]);
    expect(again.question).toMatchObject({ transactionId: "id-1" });
  });
  it("ends what still runs on the EVSE as estimated", () => {
    const { events, answer } = started({}, { history: running });
    expect(dataOf(events, "TransactionClosed")).toEqual([
      { transactionId: "tx1", estimated: true, at: at(1000) },
    ]);
    expect(answer).toMatchObject({ transactionId: countedFrom + 2 });
  });
  it("uses a reservation up", () => {
    const history = [...served, reserved];
    const heard = started({ connectorId: 2, reservationId: 1 }, { history });
    expect(heard.data).toMatchObject({ reservationId: "res1" });
    expect(heard.state.reservations).toEqual([]);
    expect(heard.deviations).toEqual([]);
  });
  it.each([
    [0, "reservationZero"],
    [99, "reservationUnknown"],
  ])("takes reservation %i for none", (reservationId, code) => {
    const zero = { reservationId: "res0", reservationNumber: 0, expiresAt: at(3600) };
    const history = [...served, happened("ReservationMade", zero)];
    const { data, deviations, state } = started({ reservationId }, { history });
    expect(data).not.toHaveProperty("reservationId");
    expect(deviations).toEqual([code]);
    expect(state.reservations).toHaveLength(1);
  });
  it("is linked to the remote start that asked for it", () => {
    const wish = happened("StartTransactionRequested", { ...asked(), tokenRef: ref("abc") });
    const { data } = started({}, { history: [...served, wish, sent()], seconds: 20 });
    expect(data).toMatchObject({ requestId: "r1" });
  });
  it("records an unknown connector and learns it where the configuration was guessed", () => {
    const unknown = started({ connectorId: 9 });
    expect(unknown.data).toMatchObject({ evseId: 9 });
    expect(unknown.deviations).toEqual(["evseUnknown"]);
    const guess = happened("ChargingStationConfigured", { evses: [], inferred: true });
    const learnt = started({ connectorId: 3 }, { history: [created, accepted, guess] });
    expect(learnt.state.evses.map(({ evseId }) => evseId)).toEqual([3]);
    expect(learnt.deviations).toEqual([]);
  });
  it("puts a start at connector 0 where nothing runs", () => {
    const heard = started({ connectorId: 0 }, { history: running });
    expect(heard.data).toMatchObject({ evseId: 2 });
    expect(heard.deviations).toEqual(["connectorZero"]);
  });
  it("asks for a look where the clock is no good", () => {
    const { data, deviations } = started({ timestamp: "2031-01-01T00:00:00Z" });
    expect(data).toMatchObject({
      startedAt: at(1000),
      stationStartedAt: "2031-01-01T00:00:00Z",
      reviews: ["implausibleClock"],
    });
    expect(deviations).toEqual(["clockAhead"]);
    expect(started({ timestamp: at(1300) }).data).toMatchObject({ startedAt: at(1300) });
    expect(started({ timestamp: at(1301) }).deviations).toEqual(["clockAhead"]);
    expect(started({ timestamp: "2025-01-01T00:00:00Z" }).deviations).toEqual([]);
  });
  it("loses no start over a missing token or meter", () => {
    const { answer, data, question, deviations } = started({ idTag: "", meterStart: undefined });
    expect(question).toBeUndefined();
    expect(answer).toEqual({ idTagInfo: { status: "Invalid" }, transactionId: countedFrom + 1 });
    expect(data).toMatchObject({ reviews: ["notAuthorized"] });
    expect(deviations).toEqual(["tokenMissing", "meterMissing"]);
  });
  it("reads fractions of a Wh exactly", () => {
    expect(started({ meterStart: "1000,7" }).data).toMatchObject({ meterStartMilliWh: 1_000_700 });
  });
});

describe("StopTransaction", () => {
  it("ends the transaction of the number", () => {
    const { answer, data, question } = stopped({ reason: "Remote" });
    expect(question).toMatchObject({ purpose: "stop", at: at(900) });
    expect(answer).toEqual({ idTagInfo: { status: "Accepted" } });
    expect(data).toMatchObject({
      stoppedAt: at(900),
      meterStopMilliWh: 2_000_000,
      tokenRef: ref("token-1"),
      reason: "Remote",
    });
  });
  it.each([[undefined], [""]])("needs no token (%j), and answers without one then", (idTag) => {
    const { answer, question, data } = stopped({ idTag });
    expect({ answer, question }).toEqual({ answer: {}, question: undefined });
    expect(data).toMatchObject({ reason: "Local" });
  });
  it("flags another token, but not one of the same group", () => {
    const flags = (idTag: string, groupTokenRef?: string) => {
      const { events } = hear(
        "StopTransaction",
        { ...stop, idTag },
        {
          history: [...served, inGroup],
          asked: { status: "accepted", provider: "p", ...(groupTokenRef && { groupTokenRef }) },
        },
      );
      return dataOf(events, "TransactionFlagged").map(
        (data) => (data as { reason: string }).reason,
      );
    };
    const inGroup = happened("TransactionOpened", {
      transactionId: "tx1",
      evseId: 1,
      tokenRef: ref("mine"),
      groupTokenRef: ref("fleet"),
      startedAt: at(1),
      at: at(1),
      transactionNumber: countedFrom + 1,
    });
    expect(flags("yours")).toContain("stopOfAnotherToken");
    expect(flags("ours", ref("fleet"))).not.toContain("stopOfAnotherToken");
    expect(flags("mine")).not.toContain("stopOfAnotherToken");
  });
  it("joins the samples of transactionData once", () => {
    const value = { value: "1.5", unit: "kWh", context: "Transaction.End" };
    const transactionData = [{ timestamp: at(899), sampledValue: [value] }];
    const { events } = stopped({ transactionData });
    const [sampled, ...more] = dataOf(events, "MeterValuesSampled");
    expect(more).toEqual([]);
    expect(sampled).toMatchObject({ samples: [{ at: at(899), milli: 1_500_000, unit: "Wh" }] });
  });
  it.each([
    [0, "transactionZero"],
    [-1, "transactionUnknown"],
    [77, "transactionUnknown"],
  ])("makes a session of a stop of transaction %i", (transactionId, code) => {
    const scene = { history: served };
    const { answer, data, events, deviations } = stopped({ transactionId }, scene);
    expect(answer).toEqual({ idTagInfo: { status: "Accepted" } });
    expect(dataOf(events, "TransactionStarted")).toMatchObject([
      { wireTransactionNumber: transactionId, reviews: ["stopWithoutStart"] },
    ]);
    expect(data).toMatchObject({ meterStopMilliWh: 2_000_000 });
    expect(deviations).toEqual([code]);
  });
  it("answers a stop of what has ended, and records it", () => {
    const { answer, deviations } = stopped({}, { history: [...running, closedNow(1)] });
    expect(answer).toEqual({ idTagInfo: { status: "Accepted" } });
    expect(deviations).toEqual(["repeatedCall"]);
  });
  it("is linked to the remote stop that asked for it", () => {
    const wish = happened("StopTransactionRequested", {
      ...asked(),
      transactionId: "tx1",
      transactionNumber: countedFrom + 1,
    });
    const { data } = stopped(
      { reason: "Remote" },
      { history: [...running, wish, sent()], seconds: 20 },
    );
    expect(data).toMatchObject({ requestId: "r1" });
  });
  it("asks for a look at a bad clock, keeps an unlisted reason, misses no meter", () => {
    const { data, events, deviations } = stopped({
      timestamp: "1970-01-01T00:00:00Z",
      reason: "Bored",
      meterStop: undefined,
    });
    expect(data).toMatchObject({ stoppedAt: at(1000), reason: "Bored" });
    expect(dataOf(events, "TransactionFlagged")).toContainEqual({
      reason: "implausibleClock",
      at: at(1000),
    });
    expect(deviations).toEqual(["wordUnknown", "meterMissing", "clockNotSet"]);
  });
});
