import { describe, expect, it } from "vitest";
import {
  asked,
  at,
  completed,
  created,
  givenStation,
  sent,
  served,
  tooManyAsked,
} from "#support/station-history";
import { happened } from "#support/story";
import { motown } from "#support/story/actors";
import { decidedByOperator, doneByMotown, saidByStation } from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;
const reset = (id = "r1", more = {}) =>
  happened("ResetRequested", { ...asked(id), kind: "soft", ...more });
const start = happened("StartTransactionRequested", { ...asked(), tokenRef: "token-1", evseId: 1 });
const trigger = (id: string, evseId?: number) =>
  happened("TriggerMessageRequested", {
    ...asked(id),
    message: "StatusNotification",
    ...(evseId === undefined ? {} : { evseId }),
  });

describe("a request to a station", () => {
  const soft = (id: string) => ({ ...asked(id), kind: "soft" as const });
  it("gives way to a newer one of its type and target while it is not sent", () => {
    given(served, reset("r1"))
      .when("RequestReset", soft("r2"))
      .then(
        happened("RequestCompleted", { requestId: "r1", outcome: "superseded", at: at(0) }),
        reset("r2"),
      );
  });
  it("stays when it was sent, or asks something else, or of something else", () => {
    given(served, reset("r1"), sent()).when("RequestReset", soft("r2")).then(reset("r2"));
    given(served, trigger("r1", 1))
      .when("RequestTriggerMessage", { ...asked("r2"), message: "StatusNotification", evseId: 2 })
      .then(trigger("r2", 2));
  });
  it("gives way even where no more requests are taken", () => {
    given(served, tooManyAsked.slice(1), reset()).when("RequestReset", soft("r2")).thenAllowed();
  });
  it("is asked once, however often it is said", () => {
    given(served, reset()).when("RequestReset", soft("r1")).thenNothing();
  });
  it("is refused where too many consequences are awaited", () => {
    const many = Array.from({ length: bounds.awaitedFollowUps }, (_none, index) => [
      trigger(`t${index}`, index + 1),
      sent(`t${index}`),
      completed(`t${index}`, "accepted"),
    ]).flat();
    given(served, many)
      .when("RequestStartTransaction", { ...asked(), tokenRef: "token-1" })
      .thenRefused("TooManyRequests");
    given(served, many).when("RequestReset", soft("r1")).thenAllowed();
  });
});

describe("RecordRequestSent", () => {
  const data = { requestId: "r1", epoch: 7, at: at(1) };
  doneByMotown("RecordRequestSent", data, [reset()]);
  it("notes the connection before the write", () => {
    const { state, ...ending } = given(served, reset()).when("RecordRequestSent", data, motown);
    ending.then(sent());
    expect(state.requests).toMatchObject([{ requestId: "r1", epoch: 7 }]);
  });
  it("sends none twice, and none that has ended", () => {
    given(served, reset(), sent())
      .when("RecordRequestSent", data, motown)
      .thenRefused("RequestAlreadySent");
    for (const past of [[], [reset(), sent(), completed("r1", "accepted")]]) {
      given(served, past).when("RecordRequestSent", data, motown).thenRefused("RequestNotFound");
    }
  });
});

describe("RecordRequestCompleted", () => {
  const data = { requestId: "r1", outcome: "accepted" as const, status: "Accepted", at: at(2) };
  saidByStation("RecordRequestCompleted", data);
  it("ends the request, with the station's own word and result", () => {
    const ended = { ...data, result: { fileName: "log.zip" } };
    const { state, ...ending } = given(served, reset(), sent()).when(
      "RecordRequestCompleted",
      ended,
    );
    ending.then(happened("RequestCompleted", ended));
    expect(state.requests).toEqual([]);
  });
  it("goes on waiting for what must follow only where it was accepted", () => {
    const stateAfter = (outcome: "accepted" | "rejected" | "failed" | "notSupported") =>
      given(served, start, sent()).when("RecordRequestCompleted", { ...data, outcome }).state;
    expect(stateAfter("accepted").awaited).toMatchObject([{ kind: "start", requestId: "r1" }]);
    for (const outcome of ["rejected", "failed", "notSupported"] as const) {
      expect(stateAfter(outcome).awaited).toEqual([]);
    }
  });
  it("keeps a late answer apart, and it changes no outcome", () => {
    const overdue = [...served, start, sent(), completed("r1", "timedOut")];
    const { state, ...ending } = given(overdue).when("RecordRequestCompleted", data);
    ending.then(
      happened("RequestAnsweredLate", { requestId: "r1", status: "Accepted", at: at(2) }),
    );
    expect(state.requests).toEqual([]);
    expect(state.awaited).toEqual([]);
  });
  it("takes a second verdict of ours for no answer", () => {
    const overdue = [...served, reset(), sent(), completed("r1", "timedOut")];
    for (const outcome of ["timedOut", "stationOffline", "superseded"] as const) {
      given(overdue)
        .when("RecordRequestCompleted", { requestId: "r1", outcome, at: at(3) }, motown)
        .thenNothing();
    }
  });
});

describe("ExpireRequest", () => {
  const expire = (seconds: number) => ({ requestId: "r1", at: at(seconds) });
  doneByMotown("ExpireRequest", expire(30), [reset()]);
  it("times out what was sent", () => {
    given(served, reset(), sent())
      .when("ExpireRequest", expire(30), motown)
      .then(happened("RequestCompleted", { ...expire(30), outcome: "timedOut" }));
  });
  it("calls a station offline that it could not be sent to", () => {
    given(served, reset())
      .when("ExpireRequest", expire(30), motown)
      .then(happened("RequestCompleted", { ...expire(30), outcome: "stationOffline" }));
  });
  it("waits for a connection as long as was said", () => {
    const patient = reset("r1", { validUntil: at(600) });
    given(served, patient).when("ExpireRequest", expire(599), motown).thenNothing();
    given(served, patient).when("ExpireRequest", expire(600), motown).thenAllowed();
  });
  it("expires nothing early, and nothing twice", () => {
    given(served, reset(), sent()).when("ExpireRequest", expire(29), motown).thenNothing();
    const over = [reset(), sent(), completed("r1", "timedOut")];
    given(served, over).when("ExpireRequest", expire(31), motown).thenNothing();
  });
});

describe("WithdrawRequest", () => {
  const data = { requestId: "r1", at: at(3) };
  decidedByOperator("WithdrawRequest", data, [...served, reset()]);
  it("takes back what still waits", () => {
    given(served, reset())
      .when("WithdrawRequest", data, motown)
      .then(happened("RequestCompleted", { ...data, outcome: "superseded" }));
  });
  it("calls nothing back that is on its way or over", () => {
    given(served, reset(), sent())
      .when("WithdrawRequest", data, motown)
      .thenRefused("RequestAlreadySent");
    given(served).when("WithdrawRequest", data, motown).thenRefused("RequestNotFound");
  });
});

describe("ExpireFollowUp", () => {
  const expire = (seconds: number) => ({ requestId: "r1", at: at(seconds) });
  const agreed = [...served, start, sent(), completed("r1", "accepted")];
  doneByMotown("ExpireFollowUp", expire(30), [created, start]);
  it("says that a remote start led to no transaction", () => {
    const { state, ...ending } = given(agreed).when("ExpireFollowUp", expire(30), motown);
    ending.then(happened("FollowUpMissed", { ...expire(30), kind: "start" }));
    expect(state.awaited).toEqual([]);
  });
  it("waits for the deadline, and says it once", () => {
    given(agreed).when("ExpireFollowUp", expire(29), motown).thenNothing();
    const missed = happened("FollowUpMissed", { ...expire(30), kind: "start" });
    given(agreed, missed).when("ExpireFollowUp", expire(31), motown).thenNothing();
  });
});

describe("RecordFollowUpAwaited", () => {
  const data = {
    requestId: "r1",
    correlationId: "c-r1",
    deadline: at(30),
    kind: "start" as const,
    tokenRef: "token-1",
  };
  saidByStation("RecordFollowUpAwaited", data);
  it("awaits what a free call must lead to, as if it had been the named request", () => {
    const { state, ...ending } = given(served).when("RecordFollowUpAwaited", data);
    ending.then(happened("FollowUpAwaited", data));
    expect(state.awaited).toEqual([data]);
    given(served, happened("FollowUpAwaited", data))
      .when("RecordFollowUpAwaited", data)
      .thenNothing();
  });
});

describe("RecordTriggeredMessage", () => {
  const message = { message: "StatusNotification", evseId: 2, at: at(3) };
  saidByStation("RecordTriggeredMessage", message);
  const received = happened("TriggeredMessageReceived", {
    requestId: "r1",
    message: "StatusNotification",
    at: at(3),
  });
  it("links the message to the trigger that asked for it", () => {
    for (const evseId of [undefined, 2]) {
      const { state, ...ending } = given(served, trigger("r1", evseId), sent()).when(
        "RecordTriggeredMessage",
        message,
      );
      ending.then(received);
      expect(state.awaited).toEqual([]);
    }
  });
  it("links nothing else", () => {
    const triggered = [...served, trigger("r1", 1), sent()];
    given(triggered).when("RecordTriggeredMessage", message).thenNothing();
    const early = { ...message, evseId: 1 };
    given(triggered)
      .when("RecordTriggeredMessage", { ...early, message: "Heartbeat" })
      .thenNothing();
    given(triggered)
      .when("RecordTriggeredMessage", { ...early, at: at(31) })
      .thenNothing();
    given(triggered, received).when("RecordTriggeredMessage", early).thenNothing();
  });
  it("links nothing to a trigger that was not sent", () => {
    given(served, trigger("r1")).when("RecordTriggeredMessage", message).thenNothing();
  });
});
