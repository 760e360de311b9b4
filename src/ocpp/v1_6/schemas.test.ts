import schemas from "ocpp-rpc/lib/schemas/ocpp1_6.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import type { AnyRow } from "../message.ts";
import type { JsonSchema } from "../wire/json-schema.ts";
import { deviations } from "./deviations.ts";
import { messages, v1_6 } from "./index.ts";
import { outcomes } from "./outcomes.ts";

const all = schemas as readonly JsonSchema[];
const idPattern = /^urn:(\w+)\.(req|conf)$/;

describe("the table", () => {
  it("has a row for each of the 39 actions, under its own name", () => {
    const actions = new Set(all.map(({ $id = "" }) => idPattern.exec($id)?.[1]));
    expect(new Set(Object.keys(messages))).toEqual(actions);
    for (const [action, row] of Object.entries(messages)) expect(row.action).toBe(action);
    expect(actions.size).toBe(39);
  });
  it("is on each event once", () => {
    const rows: readonly AnyRow[] = Object.values(messages);
    const events = rows.flatMap((row) => {
      if (row.direction === "fromStation") return [];
      return (row.direction === "both" ? row.toStation : row).on ?? [];
    });
    expect(new Set(events).size).toBe(events.length);
    expect(events).toHaveLength(19);
  });
});

describe("outcomes", () => {
  it("judges every word that a schema lets a station answer with, and no other", () => {
    const toStation = Object.values(messages).filter((row) => row.direction !== "fromStation");
    const words = Object.fromEntries(
      toStation.flatMap(({ action }) => {
        const schema = all.find(({ $id }) => $id === `urn:${action}.conf`);
        const status = schema?.properties?.status;
        if (status === undefined) return [];
        const name = status.$ref?.replace("#/definitions/", "") ?? "";
        const listed = status.enum ?? schema?.definitions?.[name]?.enum ?? [];
        return [[action, [...listed].sort()]];
      }),
    );
    const judged = Object.entries(outcomes).map(([action, table]) => [
      action,
      Object.keys(table).sort(),
    ]);
    expect(Object.fromEntries(judged)).toEqual(words);
  });
});

describe("check", () => {
  const limit = (value: number) => ({
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxDefaultProfile",
      chargingProfileKind: "Absolute",
      chargingSchedule: {
        chargingRateUnit: "A",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: value }],
      },
    },
  });
  it("takes every tenth, whatever floating point says", () => {
    for (let tenths = 0; tenths <= 400; tenths += 1) {
      const fault = v1_6.check("SetChargingProfile", "request", limit(tenths / 10));
      expect(fault, `${tenths / 10}`).toBeUndefined();
    }
    expect(v1_6.check("SetChargingProfile", "request", limit(0.35))?.kind).toBe("value");
  });
  it.each([
    ["Authorize", {}, "missing", "must have required property 'idTag'"],
    ["Authorize", { idTag: 1 }, "type", "/idTag must be string"],
    ["Authorize", { idTag: "x".repeat(21) }, "value", "/idTag"],
    ["Authorize", { idTag: "a", extra: 1 }, "additional", "extra"],
    ["Authorize", null, "type", "payload must be object"],
    ["DiagnosticsStatusNotification", { status: "Done" }, "value", "Uploaded"],
  ])("says what is wrong with %s %j", (action, payload, kind, words) => {
    const fault = v1_6.check(action, "request", payload);
    expect(fault?.kind).toBe(kind);
    expect(fault?.description).toContain(words);
  });
  it("holds every length to the character", () => {
    expect(v1_6.check("Authorize", "request", { idTag: "x".repeat(20) })).toBeUndefined();
    const uri = { location: "no uri", retrieveDate: "2026-05-04T10:00:00Z" };
    expect(v1_6.check("UpdateFirmware", "request", uri)?.description).toContain("uri");
  });
  it("takes an action without a schema for a bug", () => {
    expect(() => v1_6.check("constructor", "request", {})).toThrow("no schema");
  });
});

it("gives each deviation a meaning of its own", () => {
  const meanings = Object.values(deviations).map(({ meaning }) => meaning);
  expect(new Set(meanings).size).toBe(meanings.length);
});
