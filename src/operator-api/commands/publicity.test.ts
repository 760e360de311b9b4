import { expect, it } from "vitest";
import {
  type AnyCommandRow,
  asAddOn,
  asOperator,
  chargingStation,
  type StationState,
  toStation,
} from "#core";
import { publicShape } from "./public-shape.ts";
import { namesOf, publicity } from "./publicity.ts";

const rows: Readonly<Record<string, AnyCommandRow<StationState>>> = chargingStation.commands;

/** Motown's 24 commands of its operator API under our names (inventory §7.2). */
const ofMotown = [
  "AcceptChargingStation",
  "RequestStartTransaction",
  "RequestStopTransaction",
  "RequestUnlockEvse",
  "RequestReset",
  "RequestChangeAvailability",
  "RequestConfigurationItems",
  "RequestChangeConfigurationItem",
  "RequestClearCache",
  "RequestDataTransfer",
  "RequestDiagnostics",
  "RequestFirmwareUpdate",
  "RequestAuthorizationListVersion",
  "RequestSendAuthorizationList",
  "RequestReserveNow",
  "RequestCancelReservation",
  "PlaceChargingStation",
  "ImproveChargingStationLocation",
  "MoveChargingStation",
  "SetChargingStationOpeningTimes",
  "AddChargingStationOpeningTimes",
  "GrantPermission",
  "RevokePermission",
];

it("offers as a request what is spoken to the station, and nothing else", () => {
  const spoken = Object.keys(rows).filter((name) => rows[name]?.guards === toStation);
  expect([...namesOf("request")].sort()).toEqual(spoken.sort());
});

it("offers as a decision only what an operator or an add-on may do", () => {
  for (const name of namesOf("command")) {
    expect([asOperator, asAddOn], name).toContain(rows[name]?.guards);
  }
});

it("keeps to itself only what nobody outside may say", () => {
  for (const [name, place] of Object.entries(publicity)) {
    if (place === "internal") expect([asOperator, asAddOn], name).not.toContain(rows[name]?.guards);
  }
});

it("has every command of Motown's API under one name", () => {
  const offered = [...namesOf("command"), ...namesOf("request")];
  // The twenty-fourth, UpdateChargingStationReservable, is two commands of the decider.
  expect(offered).toEqual(expect.arrayContaining(ofMotown));
  expect(publicity.MakeChargingStationReservable).toBe("elsewhere");
});

it("never asks a client for what is minted here, nor for a token's reference", () => {
  for (const name of [...namesOf("command"), ...namesOf("request")]) {
    const text = JSON.stringify(publicShape(name));
    expect(text, name).not.toMatch(
      /"(requestId|correlationId|requestedAt|deadline|\w*[tT]okenRef)"/,
    );
  }
});

it("derives the shape of a request from its row", () => {
  const { properties, required } = publicShape("RequestReserveNow");
  expect(Object.keys(properties).sort()).toEqual([
    "deadlineSeconds",
    "evseId",
    "expiresAt",
    "groupToken",
    "identifyingToken",
    "type",
    "validUntil",
  ]);
  expect(required?.sort()).toEqual(["expiresAt", "identifyingToken", "type"]);
});
