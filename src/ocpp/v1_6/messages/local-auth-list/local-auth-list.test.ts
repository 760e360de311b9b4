import { describe, expect, it } from "vitest";
import type { EventDataOf } from "#core";
import { answered, ref, told } from "#support/rows16";
import { asked, at, served } from "#support/station-history";
import { happened } from "#support/story";

type Sent = EventDataOf<"SendAuthorizationListRequested">;
const entry = (name: string) => ({ tokenRef: ref(name), status: "accepted" as const });

function list(changes: Partial<Sent>): { type: "SendAuthorizationListRequested"; data: Sent } {
  const data = { ...asked(), updateType: "full" as const, listVersion: 3, entries: [], ...changes };
  return { type: "SendAuthorizationListRequested", data };
}

const tells = (changes: Partial<Sent>, history = [...served]) =>
  told("SendLocalList", list(changes), { history });

const limited = happened("ConfigurationItemsReceived", {
  items: [],
  unknownKeys: [],
  requestedKeys: [],
  limits: { authorizationListEntries: 2 },
  at: at(1),
});

describe("GetLocalListVersion", () => {
  it.each([
    [-1, "notSupported"],
    [0, "accepted"],
    [7, "accepted"],
  ])("version %i is %s", (listVersion, outcome) => {
    const data = asked();
    expect(
      told("GetLocalListVersion", { type: "AuthorizationListVersionRequested", data }),
    ).toEqual([{}]);
    const end = answered("GetLocalListVersion", { request: {}, response: { listVersion } });
    expect(end).toMatchObject({ outcome, result: { listVersion } });
    expect(end.state.authorizationListVersion).toBe(listVersion);
  });
});

describe("SendLocalList", () => {
  it("names tokens with all that is known of them, in the schema's order", () => {
    const whole = { ...entry("a"), expiresAt: at(9), groupTokenRef: ref("fleet") };
    const [request] = tells({ entries: [whole] });
    expect(JSON.stringify(request)).toBe(
      JSON.stringify({
        listVersion: 3,
        localAuthorizationList: [
          {
            idTag: "a",
            idTagInfo: { expiryDate: at(9), parentIdTag: "fleet", status: "Accepted" },
          },
        ],
        updateType: "Full",
      }),
    );
  });
  it("removes what has no status any more", () => {
    expect(tells({ updateType: "differential", entries: [{ tokenRef: ref("a") }] })).toEqual([
      { listVersion: 3, localAuthorizationList: [{ idTag: "a" }], updateType: "Differential" },
    ]);
  });
  it("empties a list by a full one without entries", () => {
    expect(tells({})).toEqual([{ listVersion: 3, localAuthorizationList: [], updateType: "Full" }]);
  });
  it("goes in parts that the station can take, the later ones as changes of later versions", () => {
    const entries = ["a", "b", "c", "d", "e"].map(entry);
    const calls = tells({ entries }, [...served, limited]) as readonly {
      readonly listVersion: number;
      readonly updateType: string;
      readonly localAuthorizationList: readonly unknown[];
    }[];
    expect(
      calls.map((call) => [call.listVersion, call.updateType, call.localAuthorizationList.length]),
    ).toEqual([
      [3, "Full", 2],
      [4, "Differential", 2],
      [5, "Differential", 1],
    ]);
    expect(tells({ entries })).toHaveLength(1);
  });
  it("is known to be there once it was accepted", () => {
    const info = { expiryDate: "2026-05-04T10:00:09Z", parentIdTag: "fleet", status: "Blocked" };
    const localAuthorizationList = [{ idTag: "a", idTagInfo: info }, { idTag: "b" }, { idTag: "" }];
    const request = { listVersion: 4, localAuthorizationList, updateType: "Differential" };
    const end = answered("SendLocalList", { request, response: { status: "Accepted" } });
    expect(end.outcome).toBe("accepted");
    expect(end.state.authorizationListVersion).toBe(4);
    expect(end.events[0]?.data).toEqual({
      updateType: "differential",
      entries: [
        { tokenRef: ref("a"), status: "blocked", expiresAt: at(9), groupTokenRef: ref("fleet") },
        { tokenRef: ref("b") },
      ],
      listVersion: 4,
      at: at(1000),
    });
  });
  it.each([
    ["Failed", "rejected"],
    ["VersionMismatch", "rejected"],
    ["NotSupported", "notSupported"],
  ])("%s is %s and changes nothing", (status, outcome) => {
    const request = { listVersion: 4, updateType: "Full" };
    const end = answered("SendLocalList", { request, response: { status } });
    expect(end).toMatchObject({ outcome, status, events: [] });
  });
  it("records no version that a list cannot have", () => {
    const request = { listVersion: 0, updateType: "Full" };
    const end = answered("SendLocalList", { request, response: { status: "Accepted" } });
    expect(end).toMatchObject({ outcome: "accepted", events: [] });
  });
});
