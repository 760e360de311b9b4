// What stations do wrong and what is different about them, through the API: by station, by kind, by
// model; strict stations; quirks of a station's own; all of it after a restart as well.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testLog } from "#support/environment";
import { connectRaw, type RawStation } from "#support/rpc/raw-station";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";
import { startMotown } from "../../src/main/motown.ts";
import { loadSettings } from "../../src/main/settings.ts";

const folder = mkdtempSync(join(tmpdir(), "motown-quirks-"));
const file = join(folder, "ours.json");
writeFileSync(
  file,
  JSON.stringify({
    profiles: [
      {
        name: "Volta: readers add their own number",
        match: { vendor: "Volta*", firmware: { before: "2" } },
        quirks: { tokenCleaning: { cutAt: "#" }, advice: ["Press twice."] },
        rows: ["X1"],
      },
    ],
  }),
);

let house: HouseWithStations;
const sockets: RawStation[] = [];
beforeAll(async () => {
  house = await houseWithStations({ database: "sqlite", quirks: file });
});
afterAll(async () => {
  for (const { ws } of sockets) ws.terminate();
  await house.stop();
  rmSync(folder, { recursive: true });
});

async function booted(stationId: string, firmwareVersion: string): Promise<RawStation> {
  await house.admit(stationId);
  const raw = await connectRaw(`${house.wireUrl}/${stationId}`);
  sockets.push(raw);
  const boot = { chargePointVendor: "Volta", chargePointModel: "V1", firmwareVersion };
  const answer = await raw.ask(JSON.stringify([2, "boot", "BootNotification", boot]));
  expect(JSON.parse(answer)).toMatchObject([3, "boot", { status: "Accepted" }]);
  return raw;
}

const path = (stationId: string) => `/api/v1/charging-stations/${stationId}`;
const withNull = (id: string) => `[2,"${id}","Heartbeat",null]`;

describe("deviations", () => {
  it("are counted by station, kind, firmware and model, and outlive a restart", async () => {
    const one = await booted("Dev-1", "1.0");
    const two = await booted("Dev-2", "1.0");
    await one.ask(withNull("1"));
    await one.ask(withNull("2"));
    await two.ask(withNull("1"));
    await two.ask(`[2,7,"Heartbeat",{}]`);
    const newer = { chargePointVendor: "Volta", chargePointModel: "V1", firmwareVersion: "2.1" };
    await two.ask(JSON.stringify([2, "b2", "BootNotification", newer]));
    await two.ask(withNull("2"));
    for (let start = 0; start < 2; start += 1) {
      await house.idle();
      const volta = { vendor: "Volta", model: "V1" };
      const all = await house.list("/api/v1/deviations?vendor=Volta");
      expect(all).toMatchObject([
        { stationId: "Dev-1", code: "payloadNotAnObject", ...volta, count: 2 },
        { stationId: "Dev-2", code: "messageIdNumber", firmwareVersion: "1.0", count: 1 },
        { stationId: "Dev-2", code: "payloadNotAnObject", firmwareVersion: "1.0", count: 1 },
        { stationId: "Dev-2", code: "payloadNotAnObject", firmwareVersion: "2.1", count: 1 },
      ]);
      expect(all[0]).toMatchObject({ row: "R3", meaning: expect.stringContaining("null") });
      expect(String(all[0]?.firstAt) <= String(all[0]?.lastAt)).toBe(true);
      const models = "/api/v1/model-deviations?vendor=Volta";
      expect(await house.list(models)).toMatchObject([
        { ...volta, firmwareVersion: "1.0", code: "messageIdNumber", stations: 1, count: 1 },
        { ...volta, firmwareVersion: "1.0", code: "payloadNotAnObject", stations: 2, count: 3 },
        { ...volta, firmwareVersion: "2.1", code: "payloadNotAnObject", stations: 1, count: 1 },
      ]);
      expect(await house.list(`${models}&code=messageIdNumber`)).toHaveLength(1);
      expect(
        await house.list("/api/v1/deviations?stationId=DEV-2&firmwareVersion=2.1"),
      ).toHaveLength(1);
      expect(await house.list(`${path("Dev-2")}/deviations`)).toMatchObject([
        { code: "messageIdNumber", count: 1, row: "R2", firmwareVersions: ["1.0"] },
        { code: "payloadNotAnObject", count: 2, firmwareVersions: ["1.0", "2.1"] },
      ]);
      for (const { ws } of sockets.splice(0)) ws.terminate();
      if (start === 0) await house.restart();
    }
  }, 40_000);

  it("are listed page by page, and a cursor that is none is told so", async () => {
    const seen: unknown[] = [];
    let after = "";
    for (let page = 0; page < 9; page += 1) {
      const { items, next } = await house.get(`/api/v1/deviations?limit=1${after}`);
      seen.push(...(items as unknown[]));
      if (next === undefined) break;
      after = `&after=${next}`;
    }
    expect(seen).toEqual(await house.list("/api/v1/deviations"));
    for (const wrong of ["x", Buffer.from('["a"]').toString("base64url")]) {
      const answer = await house.api("GET", `/api/v1/deviations?after=${wrong}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "QueryInvalid" } });
    }
  });
});

describe("a station's quirks", () => {
  it("are those of its model's profiles, the operator's own among them", async () => {
    await booted("Quirk-1", "1.9");
    await booted("Quirk-2", "2.0");
    const profiles = await house.list("/api/v1/quirk-profiles");
    expect(profiles.length).toBeGreaterThan(5);
    expect(profiles.at(-1)).toMatchObject({ match: { vendor: "Volta*" }, rows: ["X1"] });
    expect(await house.get(`${path("Quirk-1")}/quirks`)).toEqual({
      strict: false,
      inForce: { tokenCleaning: { cutAt: "#" }, advice: ["Press twice."] },
      profiles: ["Volta: readers add their own number"],
      own: {},
    });
    const other = await house.get(`${path("Quirk-2")}/quirks`);
    expect(other).toMatchObject({ inForce: {}, profiles: [] });
  });

  it("may be its own, and go before its model's; null takes one back", async () => {
    const quirks = { connectorZeroIs: 2, advice: null };
    const done = await house.command("Quirk-1", { type: "SetQuirks", quirks });
    expect(done).toMatchObject({ events: [{ type: "QuirksSet", data: { quirks } }] });
    const inForce = { tokenCleaning: { cutAt: "#" }, connectorZeroIs: 2 };
    expect(await house.get(`${path("Quirk-1")}/quirks`)).toMatchObject({ inForce, own: quirks });
    expect(await house.get(path("Quirk-1"))).toMatchObject({ quirks });
    await house.command("Quirk-1", { type: "SetQuirks", quirks: {} });
    expect(await house.get(`${path("Quirk-1")}/quirks`)).toMatchObject({ own: {} });
  });

  it("that nobody knows, or that say nothing sensible, are refused", async () => {
    for (const quirks of [{ colour: "red" }, { connectorZeroIs: 0 }, { repairJson: ["all"] }]) {
      const body = { type: "SetQuirks", quirks };
      const answer = await house.api("POST", `${path("Quirk-1")}/commands`, body);
      expect(answer.status, JSON.stringify(quirks)).toBe(400);
    }
  });
});

describe("strict", () => {
  it("is set for one station, shown, and ends tolerance and quirks", async () => {
    const raw = await booted("Strict-1", "1.0");
    await house.command("Strict-1", { type: "SetStrictness", strict: true });
    expect(await house.get(path("Strict-1"))).toMatchObject({ strict: true });
    const strict = await house.list("/api/v1/charging-stations?strict=true");
    expect(strict.map(({ stationId }) => stationId)).toEqual(["Strict-1"]);
    const quirks = await house.get(`${path("Strict-1")}/quirks`);
    expect(quirks).toMatchObject({ strict: true, inForce: {} });
    const refused = JSON.parse(await raw.ask(withNull("1")));
    expect(refused.slice(0, 3)).toEqual([4, "1", "TypeConstraintViolation"]);
    await house.command("Strict-1", { type: "SetStrictness", strict: false });
    expect(JSON.parse(await raw.ask(withNull("2")))).toMatchObject([3, "2", {}]);
  });

  it("may hold for all stations", async () => {
    const all = await houseWithStations({ strict: true });
    await all.admit("S-1");
    const raw = await connectRaw(`${all.wireUrl}/S-1`);
    const refused = JSON.parse(await raw.ask(withNull("1")));
    expect(refused.slice(0, 2)).toEqual([4, "1"]);
    expect(await all.get(`${path("S-1")}/quirks`)).toMatchObject({ strict: true });
    raw.ws.terminate();
    await all.stop();
  });
});

describe("profiles that cannot be used", () => {
  it.each([
    ["no JSON", "{", "ours.json"],
    ["an unknown quirk", '[{"name":"a","match":{"vendor":"V"},"quirks":{"colour":1}}]', "/colour"],
    ["a match of all stations", '[{"name":"a","match":{},"quirks":{}}]', "/match"],
    ["a wrong value", '[{"name":"a","match":{"vendor":"V"},"quirks":{"idSegments":0}}]', "idSegm"],
    ["no list", '{"profiles":7}', "ours.json"],
  ])("end the start in plain words: %s", async (_what, text, words) => {
    const own = mkdtempSync(join(tmpdir(), "motown-quirks-"));
    writeFileSync(join(own, "ours.json"), text);
    const defaults = await loadSettings([], {});
    for (const quirks of [own, join(own, "ours.json")]) {
      const settings = { ...defaults, database: "memory", port: 0, dataDir: own, quirks } as const;
      const starting = startMotown(settings, { log: testLog() });
      await expect(starting).rejects.toThrow(/^The quirk profiles cannot be used\. /);
      await expect(starting).rejects.toThrow(words);
    }
    rmSync(own, { recursive: true });
  });
});
