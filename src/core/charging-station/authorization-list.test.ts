import { describe, expect, it } from "vitest";
import { asked, at, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { saidByStation, spokenToStation } from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;
const entry = { tokenRef: "token-1", status: "accepted" as const };
const received = (listVersion: number) =>
  happened("AuthorizationListVersionReceived", { listVersion, at: at(1) });

describe("RequestAuthorizationListVersion", () => {
  spokenToStation("RequestAuthorizationListVersion", asked());
  it("asks", () => {
    given(served)
      .when("RequestAuthorizationListVersion", asked())
      .then(happened("AuthorizationListVersionRequested", asked()));
  });
});

describe("RecordAuthorizationListVersion", () => {
  saidByStation("RecordAuthorizationListVersion", { listVersion: 3, at: at(1) });
  it("keeps the version; 0 is an empty list, −1 none at all", () => {
    for (const listVersion of [3, 0, -1]) {
      const { state, ...ending } = given(served).when("RecordAuthorizationListVersion", {
        listVersion,
        at: at(1),
      });
      ending.then(received(listVersion));
      expect(state.authorizationListVersion).toBe(listVersion);
    }
  });
});

describe("RequestSendAuthorizationList", () => {
  const full = { ...asked(), updateType: "full" as const, entries: [entry] };
  spokenToStation("RequestSendAuthorizationList", full);
  it("numbers a list one above what the station is known to have", () => {
    const versions = [
      [[], 1],
      [[received(0)], 1],
      [[received(-1)], 1],
      [[received(7)], 8],
    ] as const;
    for (const [past, listVersion] of versions) {
      given(served, past)
        .when("RequestSendAuthorizationList", full)
        .then(happened("SendAuthorizationListRequested", { ...full, listVersion }));
    }
  });
  it("sends the version that was asked for", () => {
    given(served, received(7))
      .when("RequestSendAuthorizationList", { ...full, listVersion: 3 })
      .then(happened("SendAuthorizationListRequested", { ...full, listVersion: 3 }));
  });
  it("removes entries by a differential list only", () => {
    const removing = { ...full, entries: [{ tokenRef: "token-1" }] };
    given(served)
      .when("RequestSendAuthorizationList", removing)
      .thenRefused("AuthorizationListIncomplete");
    given(served)
      .when("RequestSendAuthorizationList", { ...removing, updateType: "differential" })
      .thenAllowed();
  });
  it("has a limit", () => {
    const entries = Array.from({ length: bounds.authorizationListEntries + 1 }, () => entry);
    given(served)
      .when("RequestSendAuthorizationList", { ...full, entries })
      .thenRefused("AuthorizationListTooLong", `${entries.length} entries`);
  });
});

describe("RecordAuthorizationListChanged", () => {
  const changed = {
    updateType: "differential" as const,
    entries: [entry, { tokenRef: "token-2" }],
    listVersion: 4,
    at: at(2),
  };
  saidByStation("RecordAuthorizationListChanged", changed);
  it("keeps the new version and what was in it", () => {
    const { state, ...ending } = given(served, received(3)).when(
      "RecordAuthorizationListChanged",
      changed,
    );
    ending.then(happened("AuthorizationListChanged", changed));
    expect(state.authorizationListVersion).toBe(4);
  });
});
