// A station's own settings: OCPP 1.6 edition 2, §5.3, §5.8 and §9.1.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const configuration = (stationId: string) => shown.list(stationId, "configuration");

describe("GetConfiguration", () => {
  it("of more keys than the station takes at once goes out in parts, as one request", async () => {
    const station = await house.served("KEYS-1");
    const most = { key: "getConfigurationMaxKeys", readonly: true, value: " 2 " };
    station.answersOnce("GetConfiguration", { configurationKey: [most], unknownKey: [] });
    await house.request("KEYS-1", { type: "RequestConfigurationItems" });
    station.answers("GetConfiguration", ({ payload }) => ({
      configurationKey: (payload.key as string[])
        .filter((key) => key !== "E")
        .map((key) => ({ key, readonly: key === "A", value: `of ${key}` })),
      unknownKey: (payload.key as string[]).filter((key) => key === "E"),
    }));
    const keys = ["A", "B", "C", "D", "E"];
    const asked = await house.request("KEYS-1", { type: "RequestConfigurationItems", keys });
    const parts = station.received.slice(1).map(({ payload }) => payload.key);
    expect(parts).toEqual([["A", "B"], ["C", "D"], ["E"]]);
    expect(asked).toMatchObject({
      ...{ state: "done", outcome: "accepted" },
      result: {
        items: ["A", "B", "C", "D"].map((key) => expect.objectContaining({ key })),
        unknownKeys: ["E"],
      },
    });
    const seen = new Map((await configuration("KEYS-1")).map((item) => [item.key, item]));
    expect([...seen.keys()].sort()).toEqual([...keys, "getConfigurationMaxKeys"]);
    expect(seen.get("A")).toMatchObject({ readonly: true, value: "of A", unknown: false });
    expect(seen.get("B")).toMatchObject({ readonly: false });
    expect(seen.get("E")).toMatchObject({ unknown: true });
  });

  it("of everything forgets what the station no longer tells", async () => {
    const station = await house.served("KEYS-2");
    const item = (key: string) => ({ key, readonly: false, value: "1" });
    station.answersOnce("GetConfiguration", { configurationKey: [item("OLD"), item("NEW")] });
    station.answersOnce("GetConfiguration", { configurationKey: [item("NEW")] });
    await house.request("KEYS-2", { type: "RequestConfigurationItems" });
    await house.request("KEYS-2", { type: "RequestConfigurationItems" });
    expect((await configuration("KEYS-2")).map(({ key }) => key)).toEqual(["NEW"]);
  });
});

describe("ChangeConfiguration", () => {
  it("RebootRequired marks key and station until the next boot", async () => {
    const station = await house.served("KEYS-3");
    station.answers("ChangeConfiguration", { status: "RebootRequired" });
    const change = { key: "WebSocketPingInterval", value: "30" };
    const wish = { type: "RequestChangeConfigurationItem", ...change };
    const asked = await house.request("KEYS-3", wish);
    expect(asked).toMatchObject({ outcome: "accepted", status: "RebootRequired" });
    expect(await configuration("KEYS-3")).toEqual([
      expect.objectContaining({ ...change, rebootRequired: true }),
    ]);
    expect((await shown.station("KEYS-3")).rebootRequired).toBe(true);
    await station.close();
    const again = await house.connect("KEYS-3");
    await again.call("Heartbeat");
    expect((await shown.station("KEYS-3")).rebootRequired).toBe(true);
    await again.boot();
    expect((await shown.station("KEYS-3")).rebootRequired).toBe(false);
    expect((await configuration("KEYS-3"))[0]?.rebootRequired).toBe(false);
  });

  it("of a read-only or unknown key goes out; what is shown stays as it was", async () => {
    const station = await house.served("KEYS-4");
    const before = { key: "NumberOfConnectors", readonly: true, value: "2" };
    station.answers("GetConfiguration", { configurationKey: [before] });
    await house.request("KEYS-4", { type: "RequestConfigurationItems" });
    const change = (key: string) => ({ type: "RequestChangeConfigurationItem", key, value: "9" });
    station.answersOnce("ChangeConfiguration", { status: "Rejected" });
    expect(await house.request("KEYS-4", change("NumberOfConnectors"))).toMatchObject({
      outcome: "rejected",
    });
    station.answersOnce("ChangeConfiguration", { status: "NotSupported" });
    expect(await house.request("KEYS-4", change("Nonsense"))).toMatchObject({
      ...{ outcome: "notSupported", status: "NotSupported" },
    });
    expect(await configuration("KEYS-4")).toEqual([expect.objectContaining(before)]);
  });
});
