// The six scenarios that Motown is for, each as one story at the core, with its refusals.
import { describe, expect, it } from "vitest";
import { isServed, toStationType } from "#core";
import { accepted, asked, at, countedFrom, created, evse, served } from "#support/station-history";
import { addOn, administrator, motown, operator, theStation } from "#support/story/actors";
import { dataOf, reviewsOf, scenario, startFact, stopFact, typesOf } from "#support/story/scenario";
import { register } from "#support/story/transaction-history";

const boot = { at: at(1), protocol: "ocpp1.6", vendor: "Acme", model: "Corp1" };
const first = countedFrom + 1;

describe("1. an unconfigured station boots", () => {
  const knocked = () => {
    const story = scenario();
    story.tell("CreateChargingStation", created.data, theStation);
    return story;
  };
  it("is created by its first word, and its boot goes out to the add-ons", () => {
    const story = scenario();
    const first = story.tell("CreateChargingStation", created.data, theStation);
    expect(typesOf(first)).toEqual(["ChargingStationCreated"]);
    const unit = story.tell("RecordBoot", boot, theStation);
    expect(unit.events).toMatchObject([{ type: "UnconfiguredChargingStationBooted", data: boot }]);
    expect(isServed(story.station())).toBe(false);
  });
  it("under the policy `accept` is configured by a guess that its statuses mend", () => {
    const story = knocked();
    story.tell("AdmitChargingStation", {}, theStation);
    story.tell("ConfigureProvisionally", {}, motown);
    // A guess is no configuration: the catalogue is asked again.
    expect(typesOf(story.tell("RecordBoot", boot, theStation))).toEqual([
      "UnconfiguredChargingStationBooted",
    ]);
    expect(isServed(story.station())).toBe(true);
    story.tell("RecordEvseSeen", { evseId: 2 }, theStation);
    expect(story.station().evses.map((each) => each.evseId)).toEqual([1, 2]);
    expect(story.station().inferred).toBe(true);
    story.tell("ConfigureChargingStation", { evses: [evse(1)] });
    story.tell("RecordEvseSeen", { evseId: 3 }, theStation);
    expect(story.station()).toMatchObject({ inferred: false, evses: [{ evseId: 1 }] });
  });
  it("refuses: a second creation, a boot before the first, wishes to a stranger", () => {
    expect(scenario().tell("RecordBoot", boot, theStation).refused).toBe("StationNotFound");
    const story = knocked();
    expect(story.tell("CreateChargingStation", created.data).refused).toBe("StationAlreadyExists");
    expect(story.tell("RequestReset", { ...asked(), kind: "soft" }).refused).toBe(
      "StationNotAccepted",
    );
  });
});

describe("2. it is configured", () => {
  const revision = { vendor: "Acme", model: "Corp1", revision: 1 };
  it("by the add-on, from the catalogue, with the type that it came from", () => {
    const story = scenario(created);
    story.tell("RecordBoot", boot, theStation);
    const define = toStationType("acme|corp1", "DefineStationType", {
      vendor: "Acme",
      model: "Corp1",
      evses: [evse(1), evse(2)],
    });
    expect(typesOf(story.run([define], administrator))).toEqual(["StationTypeDefined"]);
    const configure = { evses: [evse(1), evse(2)], stationType: revision };
    const unit = story.tell(
      "ConfigureChargingStation",
      configure,
      addOn("ConfigureChargingStation"),
    );
    expect(dataOf(unit, "ChargingStationConfigured")).toEqual({ ...configure, inferred: false });
    expect(story.station().evses).toHaveLength(2);
  });
  it("again, when its type has changed and an operator takes the offer up", () => {
    const story = scenario(served);
    story.tell("RecordBoot", boot, theStation);
    const changed = { stationType: { ...revision, revision: 2 } };
    story.tell("OfferReconfiguration", changed, addOn("OfferReconfiguration"));
    const unit = story.tell("ReconfigureChargingStation", {});
    expect(dataOf(unit, "ReconfigurationRequested")).toEqual({ vendor: "Acme", model: "Corp1" });
  });
  it("refuses: no EVSE, one EVSE twice, an add-on without the grant, no offer", () => {
    const story = scenario(created);
    const configure = (evses: unknown[], actor = administrator) =>
      story.tell("ConfigureChargingStation", { evses }, actor).refused;
    expect(configure([])).toBe("EvsesMissing");
    expect(configure([evse(1), evse(1)])).toBe("EvseListedTwice");
    expect(configure([evse(1)], addOn("RequestReset"))).toBe("CommandNotGranted");
    expect(story.tell("ReconfigureChargingStation", {}).refused).toBe("StationNotOffered");
  });
});

describe("3. an operator accepts it", () => {
  it("after its boot, or before it was ever heard of", () => {
    for (const heard of [true, false]) {
      const story = scenario(heard ? created : []);
      if (heard) story.tell("RecordBoot", boot, theStation);
      else story.tell("CreateChargingStation", created.data, administrator);
      const unit = story.tell("AcceptChargingStation", {}, operator("AcceptChargingStation"));
      expect(typesOf(unit)).toEqual(["ChargingStationAccepted"]);
      expect(isServed(story.station())).toBe(false);
      story.tell("ConfigureChargingStation", { evses: [evse(1)] });
      expect(isServed(story.station())).toBe(true);
    }
  });
  it("refuses: no permission, a second acceptance, one that is decommissioned", () => {
    const accept = (story: ReturnType<typeof scenario>, actor = administrator) =>
      story.tell("AcceptChargingStation", {}, actor).refused;
    expect(accept(scenario(created), operator())).toBe("NotPermitted");
    expect(accept(scenario())).toBe("StationNotFound");
    expect(accept(scenario(served))).toBe("StationAlreadyAccepted");
    const gone = scenario(created);
    gone.tell("DecommissionChargingStation", {});
    expect(accept(gone)).toBe("StationDecommissioned");
  });
});

describe("4. a token is authorized", () => {
  it("by the providers of the station, in their order, and the answer is kept", () => {
    const story = scenario(served);
    story.tell("SetAuthorizationProviders", { providers: ["http", "local"] });
    expect(story.station().authorizationProviders).toEqual(["http", "local"]);
    for (const status of ["accepted", "blocked", "expired", "invalid"] as const) {
      const answer = { status, provider: "http", expiresAt: at(9000), groupTokenRef: "group-1" };
      const data = { tokenRef: "token-1", at: at(5), answer };
      const unit = story.tell("RecordAuthorization", data, theStation);
      expect(typesOf(unit)).toEqual(["AuthorizationRequested", "AuthorizationAnswered"]);
    }
  });
  it("keeps that nobody answered", () => {
    const answer = { status: "invalid" as const, provider: "none" };
    const data = { tokenRef: "token-1", at: at(5), answer };
    const unit = scenario(served).tell("RecordAuthorization", data, theStation);
    expect(dataOf(unit, "AuthorizationAnswered")).toMatchObject({ answer: { provider: "none" } });
  });
  it("refuses: providers set without permission, and answers that no station asked for", () => {
    const story = scenario(served);
    const providers = { providers: ["local"] };
    expect(story.tell("SetAuthorizationProviders", providers, operator()).refused).toBe(
      "NotPermitted",
    );
    const answer = { status: "accepted" as const, provider: "local" };
    const data = { tokenRef: "token-1", at: at(5), answer };
    expect(story.tell("RecordAuthorization", data, administrator).refused).toBe(
      "ReservedForStations",
    );
  });
});

describe("5. a transaction starts, is metered and stops", () => {
  it("is true to the last Wh", () => {
    const story = scenario(served);
    story.starts(startFact());
    for (const seconds of [30, 60, 90]) {
      const samples = [register(1_000_000 + seconds * 20_000, seconds)];
      story.meters({ at: at(seconds), evseId: 1, transactionNumber: first, samples });
    }
    expect(story.transaction("tx1").lastRegisterMilliWh).toBe(2_800_000);
    const unit = story.stops(stopFact(first));
    expect(dataOf(unit, "TransactionStopped")).toMatchObject({ energyMilliWh: 2_456_000 });
    expect(reviewsOf(unit)).toEqual([]);
  });
  it("refuses no fact, but takes it from nobody else", () => {
    const story = scenario(served);
    for (const type of ["RecordTransactionOpened", "RecordTransactionClosed"]) {
      const data = type.endsWith("Closed")
        ? { transactionId: "tx1", at: at(1) }
        : { transactionId: "tx1", evseId: 1, startedAt: at(1), at: at(1) };
      expect(story.tell(type, data, administrator).refused).toBe("ReservedForStations");
    }
  });
});

describe("6. an operator stops it from afar", () => {
  const wish = { ...asked(), requestedAt: at(40), deadline: at(70), transactionId: "tx1" };
  const running = () => {
    const story = scenario(served);
    story.starts(startFact());
    return story;
  };
  const agreed = () => {
    const story = running();
    story.tell("RequestStopTransaction", wish);
    story.tell("RecordRequestSent", { requestId: "r1", epoch: 7, at: at(41) }, motown);
    const answer = { requestId: "r1", outcome: "accepted", status: "Accepted", at: at(42) };
    story.tell("RecordRequestCompleted", answer, theStation);
    return story;
  };
  it("request, outcome and end share one correlation id", () => {
    const story = running();
    const request = story.tell("RequestStopTransaction", wish);
    expect(dataOf(request, "StopTransactionRequested")).toMatchObject({
      correlationId: "c-r1",
      transactionNumber: first,
    });
    const unit = agreed().stops(
      stopFact(first, { at: at(50), stoppedAt: at(50), reason: "Remote" }),
    );
    expect(unit.events.map((event) => event.correlationId)).toEqual(["c-r1", "c-r1"]);
    for (const type of ["TransactionStopped", "TransactionClosed"]) {
      expect(dataOf(unit, type)).toMatchObject({ requestId: "r1" });
    }
  });
  it("a local stop after the deadline is not linked, and the missed one is said", () => {
    const story = agreed();
    const unit = story.stops(stopFact(first, { at: at(71), stoppedAt: at(71) }));
    expect(unit.events.map((event) => event.correlationId)).toEqual([undefined, undefined]);
    expect(dataOf(unit, "TransactionClosed")).not.toHaveProperty("requestId");
    const missed = story.tell("ExpireFollowUp", { requestId: "r1", at: at(72) }, motown);
    expect(dataOf(missed, "FollowUpMissed")).toMatchObject({ kind: "stop", requestId: "r1" });
  });
  it("a stop is not linked to a request that was refused, or never sent", () => {
    const refused = running();
    refused.tell("RequestStopTransaction", wish);
    const answer = { requestId: "r1", outcome: "rejected", at: at(42) };
    refused.tell("RecordRequestCompleted", answer, theStation);
    const unsent = running();
    unsent.tell("RequestStopTransaction", { ...wish, validUntil: at(600) });
    for (const story of [refused, unsent]) {
      const unit = story.stops(stopFact(first, { at: at(50), stoppedAt: at(50) }));
      expect(unit.events.map((event) => event.correlationId)).toEqual([undefined, undefined]);
    }
  });
  it("refuses: no permission, a session that is unknown, a station that is not served", () => {
    const story = running();
    const stop = (more: object, actor = administrator) =>
      story.tell("RequestStopTransaction", { ...wish, ...more }, actor).refused;
    expect(stop({}, operator())).toBe("NotPermitted");
    expect(stop({ transactionId: "tx9" })).toBe("TransactionNotOpen");
    story.tell("UnacceptChargingStation", {});
    expect(stop({})).toBe("StationNotAccepted");
    const unconfigured = scenario(created, accepted).tell("RequestReset", {
      ...asked(),
      kind: "hard",
    });
    expect(unconfigured.refused).toBe("StationNotConfigured");
  });
});
