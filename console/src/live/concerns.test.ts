import { describe, expect, it } from "vitest";
import { isOld } from "./concerns.ts";

const one = ["getChargingStationsByStationId", { params: { stationId: "CP1" } }];
const list = ["getChargingStations", { query: { state: "waiting" } }];
const sessions = ["getTransactions", { query: {} }];

describe("an answer is old", () => {
  it("when a thing of its kind has changed", () => {
    expect(isOld(list, { changed: { "charging-station": ["CP2"] } })).toBe(true);
    expect(isOld(list, { changed: { transaction: ["CP2"] } })).toBe(false);
    expect(isOld(sessions, { changed: { transaction: null } })).toBe(true);
  });

  it("when it is of the station that has changed, and not of another", () => {
    expect(isOld(one, { changed: { "charging-station": ["cp1"] } })).toBe(true);
    expect(isOld(one, { changed: { "charging-station": ["CP2"] } })).toBe(false);
    expect(isOld(one, { changed: { "charging-station": null } })).toBe(true);
  });

  it("when it is known otherwise to be of the station that has changed", () => {
    const asked = { params: { transactionId: "T1" }, about: { stationId: "CP1" } };
    const chain = ["getTransactionsByTransactionIdEvents", asked, "whole"];
    expect(isOld(chain, { changed: { transaction: ["CP1"] } })).toBe(true);
    expect(isOld(chain, { changed: { transaction: ["CP2"] } })).toBe(false);
    const session = ["getTransactionsByTransactionId", { params: { transactionId: "T1" } }];
    const changes = { changed: { transaction: ["CP2"] } };
    expect(isOld(session, changes, { stationId: "CP1" })).toBe(false);
    expect(isOld(session, changes)).toBe(true);
  });

  it("when everything may have changed, unless no event tells of it", () => {
    expect(isOld(one, { all: true, changed: {} })).toBe(true);
    expect(isOld(["getLimits", {}], { all: true, changed: {} })).toBe(false);
    expect(isOld(["something of the console's own"], { all: true, changed: {} })).toBe(false);
  });
});
