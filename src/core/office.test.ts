// The small deciders: tokens, types, users, keys, add-ons, the audit and the meters.
import { describe, expect, it } from "vitest";
import { at, evse } from "#support/station-history";
import { happened, storiesOf } from "#support/story";
import {
  administrator,
  addOn as anAddOn,
  motown,
  operator,
  theStation,
} from "#support/story/actors";
import { register } from "#support/story/transaction-history";
import { addOn, apiKey, audit, meter, stationType, token, user } from "./index.ts";
import { stationTypeKey } from "./station-type/index.ts";

const others = [operator(), theStation, anAddOn()];
/** Administrators, the permitted, and add-ons with the grant. */
const allowed = (type: string) => [
  administrator,
  operator(type),
  operator("AllPermissions"),
  anAddOn(type),
];

describe("SetToken", () => {
  const given = storiesOf(token);
  const data = { status: "accepted" as const, groupTokenRef: "group-1", concurrency: 1 };
  const set = happened("TokenSet", data);
  it("sets what a token may do; the same again changes nothing", () => {
    given().when("SetToken", data).then(set);
    given(set)
      .when("SetToken", { ...data })
      .thenNothing();
    given(set)
      .when("SetToken", { status: "blocked" })
      .then(happened("TokenSet", { status: "blocked" }));
    given(set, happened("TokenRemoved", {})).when("SetToken", data).then(set);
  });
  it("asks for permission", () => {
    for (const actor of allowed("SetToken")) given().when("SetToken", data, actor).thenAllowed();
    for (const actor of others) given().when("SetToken", data, actor).thenRefused("NotPermitted");
  });
});

describe("RemoveToken", () => {
  const given = storiesOf(token);
  const set = happened("TokenSet", { status: "accepted" });
  it("removes one that is known", () => {
    given(set).when("RemoveToken", {}).then(happened("TokenRemoved", {}));
    given().when("RemoveToken", {}).thenRefused("TokenNotFound");
    given(set).when("RemoveToken", {}, operator()).thenRefused("NotPermitted", "RemoveToken");
  });
});

describe("EraseToken", () => {
  const given = storiesOf(token);
  const set = happened("TokenSet", { status: "accepted" });
  const erased = happened("TokenErased", {});
  it("removes what is known and says that the value is gone, once", () => {
    given(set).when("EraseToken", {}).then(happened("TokenRemoved", {}), erased);
    given().when("EraseToken", {}).then(erased);
    given(erased).when("EraseToken", {}).thenNothing();
  });
  it("leaves nothing that could be set or removed", () => {
    given(set, happened("TokenRemoved", {}), erased)
      .when("SetToken", { status: "accepted" })
      .thenRefused("TokenNotFound");
    given(erased).when("RemoveToken", {}).thenRefused("TokenNotFound");
  });
  it("asks for permission", () => {
    for (const actor of allowed("EraseToken")) {
      given(set).when("EraseToken", {}, actor).thenAllowed();
    }
    for (const actor of others) {
      given(set).when("EraseToken", {}, actor).thenRefused("NotPermitted", "EraseToken");
    }
  });
});

describe("DefineStationType", () => {
  const given = storiesOf(stationType);
  const data = { vendor: "Acme", model: "Corp1", evses: [evse(1)] };
  const defined = (revision: number, evses = [evse(1)]) =>
    happened("StationTypeDefined", { ...data, evses, revision });
  it("counts revisions, but only of what changes", () => {
    given().when("DefineStationType", data).then(defined(1));
    given(defined(1)).when("DefineStationType", data).thenNothing();
    const two = { ...data, evses: [evse(1), evse(2)] };
    given(defined(1)).when("DefineStationType", two).then(defined(2, two.evses));
    const removed = happened("StationTypeRemoved", { vendor: "Acme", model: "Corp1" });
    given(defined(1), removed).when("DefineStationType", data).then(defined(2));
  });
  it("refuses lists that cannot be a station", () => {
    given()
      .when("DefineStationType", { ...data, evses: [evse(1), evse(1)] })
      .thenRefused("EvseListedTwice");
    const [connector] = evse(1).connectors;
    if (connector === undefined) throw new Error("an EVSE has a connector");
    const doubled = [{ evseId: 1, connectors: [connector, connector] }];
    given()
      .when("DefineStationType", { ...data, evses: doubled })
      .thenRefused("ConnectorListedTwice");
  });
  it("asks for permission", () => {
    given().when("DefineStationType", data, operator()).thenRefused("NotPermitted");
    for (const actor of allowed("DefineStationType")) {
      given().when("DefineStationType", data, actor).thenAllowed();
    }
  });
  it("is found by vendor and model in any case, and by nothing else", () => {
    expect(stationTypeKey(" ACME", "corp1 ")).toBe(stationTypeKey("acme", "Corp1"));
    expect(stationTypeKey("a|b", "c")).not.toBe(stationTypeKey("a", "b|c"));
  });
});

describe("RemoveStationType", () => {
  const given = storiesOf(stationType);
  const name = { vendor: "Acme", model: "Corp1" };
  const defined = happened("StationTypeDefined", { ...name, evses: [evse(1)], revision: 1 });
  it("removes one that is defined", () => {
    const removed = happened("StationTypeRemoved", name);
    given(defined).when("RemoveStationType", name).then(removed);
    given(defined, removed).when("RemoveStationType", name).thenRefused("TypeNotFound");
    given().when("RemoveStationType", name).thenRefused("TypeNotFound");
    given(defined).when("RemoveStationType", name, operator()).thenRefused("NotPermitted");
  });
});

const rights = { administrator: false, permissions: ["RequestReset"] };
const existing = happened("UserCreated", { user: "olga", ...rights });

describe("CreateUser", () => {
  const given = storiesOf(user);
  it("creates each name once, and again after it was removed", () => {
    given()
      .when("CreateUser", { user: "olga", ...rights })
      .then(existing);
    given(existing)
      .when("CreateUser", { user: "olga", ...rights })
      .thenRefused("UserAlreadyExists");
    const removed = happened("UserRemoved", {});
    given(existing, removed)
      .when("CreateUser", { user: "olga", ...rights })
      .then(existing);
    given()
      .when("CreateUser", { user: "olga", ...rights }, operator())
      .thenRefused("NotPermitted");
  });
});

describe("ChangeUserRights", () => {
  const given = storiesOf(user);
  it("changes what somebody may do", () => {
    const more = { administrator: true, permissions: [] };
    given(existing).when("ChangeUserRights", more).then(happened("UserRightsChanged", more));
    given().when("ChangeUserRights", more).thenRefused("UserNotFound");
    given(existing).when("ChangeUserRights", more, operator()).thenRefused("NotPermitted");
  });
});

describe("SetUserPassword", () => {
  const given = storiesOf(user);
  it("says that it was set, and nothing of what it is", () => {
    const set = { oneTime: true };
    given(existing).when("SetUserPassword", set).then(happened("UserPasswordSet", set));
    given().when("SetUserPassword", set).thenRefused("UserNotFound");
    given(existing).when("SetUserPassword", set, operator()).thenRefused("NotPermitted");
  });
});

describe("SignOutUser", () => {
  const given = storiesOf(user);
  it("ends one session of the user, and says until when it would have gone on", () => {
    const ended = { session: "s-1", until: at(3600) };
    given(existing).when("SignOutUser", ended).then(happened("UserSignedOut", ended));
    given().when("SignOutUser", ended).thenRefused("UserNotFound");
    given(existing).when("SignOutUser", ended, operator()).thenRefused("NotPermitted");
  });
});

describe("RemoveUser", () => {
  const given = storiesOf(user);
  it("removes one that exists", () => {
    given(existing).when("RemoveUser", {}).then(happened("UserRemoved", {}));
    given().when("RemoveUser", {}).thenRefused("UserNotFound");
    given(existing).when("RemoveUser", {}, operator()).thenRefused("NotPermitted");
  });
});

const key = { name: "billing", administrator: false, permissions: [], expiresAt: at(3600) };
const made = happened("ApiKeyCreated", key);

describe("CreateApiKey", () => {
  const given = storiesOf(apiKey);
  it("creates each id once, also one that was revoked", () => {
    given().when("CreateApiKey", key).then(made);
    for (const past of [[made], [made, happened("ApiKeyRevoked", {})]]) {
      given(past).when("CreateApiKey", key).thenRefused("ApiKeyAlreadyExists");
    }
    given().when("CreateApiKey", key, operator()).thenRefused("NotPermitted");
  });
});

describe("RevokeApiKey", () => {
  const given = storiesOf(apiKey);
  it("revokes once", () => {
    const revoked = happened("ApiKeyRevoked", {});
    given(made).when("RevokeApiKey", {}).then(revoked);
    given(made, revoked).when("RevokeApiKey", {}).thenRefused("ApiKeyRevoked");
    given().when("RevokeApiKey", {}).thenRefused("ApiKeyNotFound");
    given(made).when("RevokeApiKey", {}, operator()).thenRefused("NotPermitted");
  });
});

describe("RecordWishRefused", () => {
  const given = storiesOf(audit);
  const refusal = {
    stream: "charging-station/cp01",
    command: "RequestReset",
    code: "NotPermitted",
    actor: { kind: "operator", id: "oscar" },
    at: at(1),
  };
  it("is Motown's own note", () => {
    given().when("RecordWishRefused", refusal, motown).then(happened("WishRefused", refusal));
    for (const actor of [administrator, theStation, operator("RecordWishRefused")]) {
      given().when("RecordWishRefused", refusal, actor).thenRefused("NotPermitted");
    }
  });
});

const parked = { partition: "cp01", cursor: "00000012" };

describe("ParkAddOnEvent", () => {
  const given = storiesOf(addOn);
  const failed = { ...parked, eventType: "StatusReported", attempts: 5, error: "no", at: at(1) };
  it("is Motown's own note", () => {
    given().when("ParkAddOnEvent", failed, motown).then(happened("AddOnEventParked", failed));
    given().when("ParkAddOnEvent", failed, administrator).thenRefused("NotPermitted");
  });
});

describe("ReleaseAddOnEvent", () => {
  const given = storiesOf(addOn);
  it("lets it be tried again, by who is permitted", () => {
    const released = happened("AddOnEventReleased", parked);
    given().when("ReleaseAddOnEvent", parked, operator("ReleaseAddOnEvent")).then(released);
    given().when("ReleaseAddOnEvent", parked, operator()).thenRefused("NotPermitted");
  });
});

describe("SkipAddOnEvent", () => {
  const given = storiesOf(addOn);
  const failed = { ...parked, eventType: "StatusReported", attempts: 5, error: "no", at: at(1) };
  const waiting = happened("AddOnEventParked", failed);
  const mayIt = operator("SkipAddOnEvent");
  it("gives up what waits, by who is permitted", () => {
    given(waiting)
      .when("SkipAddOnEvent", parked, mayIt)
      .then(happened("AddOnEventSkipped", parked));
    given(waiting).when("SkipAddOnEvent", parked, operator()).thenRefused("NotPermitted");
  });

  it("is of one event alone, while it waits", () => {
    const over = ["AddOnEventReleased", "AddOnEventSkipped"] as const;
    given().when("SkipAddOnEvent", parked, mayIt).thenRefused("AddOnEventNotParked");
    for (const type of over) {
      const history = [waiting, happened(type, parked)];
      given(...history)
        .when("SkipAddOnEvent", parked, mayIt)
        .thenRefused("AddOnEventNotParked");
    }
    const later = happened("AddOnEventParked", { ...failed, cursor: "00000013" });
    given(waiting, later).when("SkipAddOnEvent", parked, mayIt).thenRefused("AddOnEventNotParked");
    const other = { ...parked, partition: "constructor" };
    given(waiting).when("SkipAddOnEvent", other, mayIt).thenRefused("AddOnEventNotParked");
  });
});

describe("RecordIdleMeterValues", () => {
  const given = storiesOf(meter);
  it("keeps samples of an EVSE, or of the station's main meter", () => {
    for (const evseId of [0, 1]) {
      const samples = { evseId, samples: [register(1_000)], at: at(10) };
      given()
        .when("RecordIdleMeterValues", samples)
        .then(happened("IdleMeterValuesSampled", samples));
    }
    given()
      .when("RecordIdleMeterValues", { evseId: 1, samples: [], at: at(10) })
      .thenNothing();
  });
  it("is the station's word alone", () => {
    const none = { evseId: 1, samples: [], at: at(10) };
    given().when("RecordIdleMeterValues", none, administrator).thenRefused("ReservedForStations");
  });
});
