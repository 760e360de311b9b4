import { describe, expect, it } from "vitest";
import { asked, created, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { administrator, operator } from "#support/story/actors";
import { decidedByOperator } from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;
const may = (permission: string, user = "oscar") => ({ user, permission });
const granted = (permission: string, user?: string) =>
  happened("PermissionGranted", may(permission, user));

describe("GrantPermission", () => {
  decidedByOperator("GrantPermission", may("RequestReset"));
  it("grants one command on this station", () => {
    const reset = granted("RequestReset");
    given(served).when("GrantPermission", may("RequestReset")).then(reset);
    const soft = { ...asked(), kind: "soft" as const };
    given(served, reset).when("RequestReset", soft, operator()).thenAllowed();
    const clear = given(served, reset).when("RequestClearCache", asked(), operator());
    clear.thenRefused("NotPermitted", "RequestClearCache");
  });
  it("grants nothing that is held already", () => {
    given(created, granted("RequestReset"))
      .when("GrantPermission", may("RequestReset"))
      .thenNothing();
  });
  it("grants one kind of a command apart from the other", () => {
    const hard = granted("RequestReset.hard");
    const reset = (kind: "hard" | "soft") =>
      given(served, hard).when("RequestReset", { ...asked(), kind }, operator());
    reset("hard").thenAllowed();
    reset("soft").thenRefused("NotPermitted", "RequestReset.soft");
    given(created)
      .when("GrantPermission", may("RequestChangeAvailability.operative"))
      .thenAllowed();
  });
  it("knows what can be permitted", () => {
    for (const permission of [
      "NoSuchCommand",
      "RequestReset.gentle",
      "RecordBoot",
      "ExpireRequest",
      "Constructor",
    ]) {
      const ending = given(created).when("GrantPermission", may(permission));
      ending.thenRefused("PermissionUnknown", permission);
    }
    for (const permission of ["AllPermissions", "GrantPermission", "ConfigureChargingStation"]) {
      given(created).when("GrantPermission", may(permission)).thenAllowed();
    }
  });
  it("takes no user's name for something else", () => {
    for (const user of ["constructor", "__proto__", "toString"]) {
      const all = granted("AllPermissions", user);
      given(created).when("GrantPermission", may("AllPermissions", user)).then(all);
      const actor = { ...operator(), id: user };
      given(created).when("SetStrictness", { strict: true }, actor).thenRefused("NotPermitted");
      given(created, all).when("SetStrictness", { strict: true }, actor).thenAllowed();
    }
  });
  it("has a limit", () => {
    const administrators = Array.from({ length: bounds.permissions }, (_none, n) => `user${n}`);
    const crowded = happened("ChargingStationCreated", {
      stationId: "CP/01",
      administrators,
      transactionNumberBase: 0,
    });
    given(crowded).when("GrantPermission", may("RequestReset")).thenRefused("TooManyPermissions");
  });
});

describe("RevokePermission", () => {
  const history = [created, granted("RequestReset"), granted("SetStrictness")];
  decidedByOperator("RevokePermission", may("RequestReset", "olga"), [
    created,
    granted("RequestReset", "olga"),
  ]);
  it("takes one permission back and leaves the others", () => {
    const { state, ...ending } = given(history).when("RevokePermission", may("RequestReset"));
    ending.then(happened("PermissionRevoked", may("RequestReset")));
    expect(state.permissions.oscar).toEqual(["SetStrictness"]);
  });
  it("takes back only what was granted", () => {
    given(history)
      .when("RevokePermission", may("RequestClearCache"))
      .thenRefused("PermissionNotGranted", "oscar: RequestClearCache");
  });
  it("takes nothing from an administrator of the network", () => {
    const last = happened("PermissionRevoked", may("AllPermissions", "owner"));
    given(created, last).when("SetStrictness", { strict: true }, administrator).thenAllowed();
    const owner = { ...operator(), id: "owner" };
    given(created, last).when("SetStrictness", { strict: true }, owner).thenRefused("NotPermitted");
  });
});
