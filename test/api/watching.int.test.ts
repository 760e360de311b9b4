// What the person on duty watches: messages of all stations, add-ons, what can be permitted.
import { afterEach, describe, expect, it } from "vitest";
import type { Frame } from "#bus";
import { openApi, type TestApi } from "#support/api";

let api: TestApi;
afterEach(() => api.close());

const path = "/api/v1/messages";

function frame(n: number, given: Partial<Frame> = {}): Frame {
  return {
    station: "wire-1",
    at: `2026-05-04T10:00:00.${String(n).padStart(3, "0")}Z`,
    direction: "fromStation",
    protocol: "ocpp1.6",
    action: "Heartbeat",
    messageId: `m${n}`,
    call: `[2,"m${n}","Heartbeat",{}]`,
    answer: `[3,"m${n}",{}]`,
    ...given,
  };
}

const idsIn = ({ body }: { readonly body: { readonly items: readonly { messageId: string }[] } }) =>
  body.items.map(({ messageId }) => messageId);

describe("the messages of all stations", () => {
  it("are listed newest first, page by page, under the stations' own ids", async () => {
    api = await openApi();
    await api.post("/api/v1/charging-stations", { stationId: "WIRE-1" });
    for (let n = 0; n < 5; n += 1) api.frames.add(frame(n, n === 2 ? { station: "other" } : {}));
    const first = await api.get(`${path}?limit=3`);
    expect(first.body.items.map((one: { stationId: string }) => one.stationId)).toEqual([
      ...["WIRE-1", "WIRE-1", "other"],
    ]);
    expect(idsIn(first)).toEqual(["m4", "m3", "m2"]);
    const rest = await api.get(`${path}?limit=3&after=${first.body.next}`);
    expect(idsIn(rest)).toEqual(["m1", "m0"]);
    expect(rest.body.next).toBeUndefined();
    expect(await api.get(`${path}?after=yesterday`)).toMatchObject({
      status: 400,
      body: { code: "QueryInvalid" },
    });
  });

  it("are narrowed by station, action, direction, deviations, answers and text", async () => {
    api = await openApi();
    api.frames.add(frame(0));
    api.frames.add(frame(1, { station: "wire-2", action: "Authorize" }));
    api.frames.add(frame(2, { direction: "toStation", correlationId: "c-2" }));
    api.frames.add(frame(3, { deviations: ["payloadNull"] }));
    const { answer: _none, ...silent } = frame(4);
    api.frames.add({ ...silent, call: '[2,"m4","DataTransfer",{"vendorId":"ACME"}]' });
    const wanted: Readonly<Record<string, readonly string[]>> = {
      "stationId=Wire-2": ["m1"],
      "action=Authorize": ["m1"],
      "direction=toStation": ["m2"],
      "correlationId=c-2": ["m2"],
      "deviating=true": ["m3"],
      "answered=false": ["m4"],
      "search=acme": ["m4"],
      "search=WIRE-2": ["m1"],
      "search=payloadnull": ["m3"],
      "search=nothing+like+it": [],
      "stationId=wire-1&action=Heartbeat&deviating=false&answered=true": ["m2", "m0"],
    };
    for (const [query, ids] of Object.entries(wanted)) {
      expect(idsIn(await api.get(`${path}?${query}`)), query).toEqual(ids);
    }
  });

  it("are followed from a look on, whatever the filter has left out", async () => {
    api = await openApi();
    api.frames.add(frame(0));
    api.frames.add(frame(1, { action: "Authorize" }));
    const first = await api.get(`${path}?action=Heartbeat`);
    expect(idsIn(first)).toEqual(["m0"]);
    const none = await api.get(`${path}?action=Heartbeat&since=${first.body.newest}`);
    expect(none.body).toMatchObject({ items: [], newest: first.body.newest });
    for (const n of [2, 3]) api.frames.add(frame(n));
    const later = await api.get(`${path}?action=Heartbeat&since=${first.body.newest}`);
    expect(idsIn(later)).toEqual(["m3", "m2"]);
    expect(later.body.newest > first.body.newest).toBe(true);
  });

  it("are looked through up to a limit, and then from there on", async () => {
    api = await openApi({ messageScanMax: 250 });
    for (let n = 0; n < 600; n += 1) api.frames.add(frame(n, n === 0 ? { action: "Rare" } : {}));
    const ids: string[] = [];
    let pages = 0;
    let after = "";
    do {
      const page = await api.get(`${path}?action=Rare${after}`);
      ids.push(...idsIn(page));
      pages += 1;
      after = page.body.next === undefined ? "" : `&after=${page.body.next}`;
    } while (after !== "");
    expect({ ids, pages }).toEqual({ ids: ["m0"], pages: 3 });
  });
});

describe("add-ons", () => {
  const addOn = {
    name: "watchdog",
    grants: { events: ["ChargingStationCreated"], commands: [], queries: [], questions: [] },
    reactsTo: ["ChargingStationCreated"],
    answers: [],
  } as const;
  const shown = async () => (await api.get("/api/v1/installed-add-ons")).body.items[0];

  it("show whether they are up to date, behind, or wait for a person", async () => {
    api = await openApi({}, { addOns: [addOn] });
    expect(await shown()).toEqual({
      ...{ addOn: "watchdog", state: "upToDate", parked: 0, node: "node" },
      ...{ reactsTo: addOn.reactsTo, answers: [], grants: addOn.grants },
    });
    await api.post("/api/v1/charging-stations", { stationId: "NEW" });
    const behind = await shown();
    expect(behind).toMatchObject({ state: "behind", waitingSince: expect.stringContaining("T") });
    const head = await api.store.head();
    await api.store.saveCheckpoint({ consumer: "add-on/watchdog", position: head });
    expect((await shown()).state).toBe("upToDate");
    const parked = { partition: "new", cursor: "c", eventType: "ChargingStationCreated" };
    const data = { ...parked, attempts: 5, error: "Error: no", at: "2026-05-04T10:00:00.000Z" };
    await api.commit([{ stream: "add-on/watchdog", type: "ParkAddOnEvent", data }]);
    await expect.poll(shown).toMatchObject({ state: "parked", parked: 1 });
  });
});

describe("permissions", () => {
  it("are listed with what they are about, and each can be given", async () => {
    api = await openApi();
    const { items } = (await api.get("/api/v1/permissions")).body;
    expect(items).toContainEqual({ permission: "AllPermissions", about: "everything" });
    expect(items).toContainEqual({ permission: "RequestReset.hard", about: "charging-station" });
    expect(items).toContainEqual({ permission: "SetToken", about: "token" });
    const permissions = items.map((one: { permission: string }) => one.permission);
    expect(new Set(permissions).size).toBe(permissions.length);
    const made = await api.post("/api/v1/api-keys", { name: "all", permissions });
    expect(made.status).toBe(201);
  });
});
