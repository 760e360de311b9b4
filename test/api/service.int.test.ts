import { afterEach, describe, expect, it } from "vitest";
import { limitTable } from "#limits";
import { openApi, type TestApi } from "#support/api";

let api: TestApi;
afterEach(() => api.close());

const stations = "/api/v1/charging-stations";

describe("documents", () => {
  it("carry a tag, and are not sent again to who has it", async () => {
    api = await openApi();
    await api.post(stations, { stationId: "CP1" });
    const first = await api.get(`${stations}/CP1`);
    const tag = String(first.headers.etag);
    const again = await api.get(`${stations}/CP1`, { "if-none-match": `"other", W/${tag}` });
    expect(again).toMatchObject({ status: 304, text: "", headers: { etag: tag } });
    await api.post(`${stations}/CP1/commands`, { type: "AcceptChargingStation" });
    const changed = await api.get(`${stations}/CP1`, { "if-none-match": tag });
    expect(changed).toMatchObject({ status: 200, body: { accepted: true } });
  });
});

describe("what cannot be served", () => {
  it("is a problem document with a code, whatever it is", async () => {
    api = await openApi({ apiBodyBytesMax: 1000 });
    const json = { "content-type": "application/json" };
    const raw = (payload: string, headers: Record<string, string>) =>
      api.ask("POST", stations, { headers, body: payload });
    const answers = [
      [await api.get("/api/v1/nothing"), 404, "NotFound"],
      [await api.remove(stations), 405, "MethodNotAllowed"],
      [await raw('{"stationId":', json), 400, "BodyUnreadable"],
      [await raw("stationId=CP1", { "content-type": "text/plain" }), 415, "BodyNotJson"],
      [await raw(`{"stationId":"${"x".repeat(2000)}"}`, json), 413, "BodyTooLarge"],
      [
        await api.post(stations, { stationId: "X" }, { "idempotency-key": "a b" }),
        400,
        "HeaderInvalid",
      ],
      [await api.get(`${stations}/${"x".repeat(300)}`), 400, "PathInvalid"],
      [await api.get("/api/v1/events?after=nowhere"), 400, "QueryInvalid"],
    ] as const;
    for (const [answer, status, code] of answers) {
      expect(answer.body, code).toMatchObject({
        status,
        code,
        title: expect.stringMatching(/\.$/),
      });
      expect(answer.status).toBe(status);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
  });

  it("says why nothing can be stored, and has one effect when it is asked again", async () => {
    let reason: string | undefined;
    const hit = (point: string) => {
      if (reason !== undefined && point === "afterCommitBeforeReply") throw new Error(reason);
    };
    api = await openApi({}, { faults: { hit } });
    const once = { "idempotency-key": "again" };
    const ask = () => api.post(stations, { stationId: "CP1" }, once);
    reason = "disk full";
    const refused = await ask();
    const problem = { code: "StoreUnavailable", detail: "disk full" };
    expect(refused).toMatchObject({ status: 503, body: problem });
    expect(refused.headers["retry-after"]).toBe("5");
    const ready = await api.get("/readyz");
    const checks = { store: { ok: false, reason: "disk full" } };
    expect(ready).toMatchObject({ status: 503, body: { ready: false, checks } });
    expect((await api.get("/livez")).body).toEqual({ live: true });
    reason = undefined;
    expect(await ask()).toMatchObject({ status: 201, body: { stationId: "CP1" } });
    const { text } = await api.get("/api/v1/events?type=ChargingStationCreated");
    expect(text.trim().split("\n")).toHaveLength(1);
  });
});

describe("the program itself", () => {
  it("lists its limits with the values in force", async () => {
    api = await openApi({ callTimeoutMs: 12_345 });
    const { items } = (await api.get("/api/v1/limits")).body;
    expect(items).toHaveLength(Object.keys(limitTable).length);
    const { unit, default: usual, protects } = limitTable.callTimeoutMs;
    const limit = { name: "callTimeoutMs", value: 12_345, unit, default: usual, protects };
    expect(items).toContainEqual(limit);
  });

  it("counts without naming a station", async () => {
    api = await openApi(
      {},
      { figures: { calls: { help: "Calls.", kind: "counter", read: () => 7 } } },
    );
    await api.post(stations, { stationId: "NAMED" });
    await api.get(`${stations}/NAMED`);
    const { text } = await api.get("/metrics");
    expect(text).toContain("motown_calls_total 7");
    expect(text).toContain('route="/api/v1/charging-stations/:stationId"');
    expect(text).not.toContain("NAMED");
  });

  it("builds its views again when an administrator asks", async () => {
    api = await openApi();
    await api.post(stations, { stationId: "CP1" });
    const rebuilt = await api.post("/api/v1/views/rebuild");
    expect(rebuilt).toMatchObject({ status: 200, body: { events: await api.store.head() } });
    expect((await api.get(`${stations}/CP1`)).status).toBe(200);
  });

  it("can be browsed without anything from elsewhere", async () => {
    api = await openApi();
    const page = await api.get("/docs/");
    expect(page.status).toBe(200);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? "");
    expect(assets.length).toBeGreaterThan(3);
    for (const url of assets) {
      expect(url).toMatch(/^\.\//);
      expect((await api.get(`/docs/${url.slice(2)}`)).status, url).toBe(200);
    }
  });
});

it("logs a failure with the address's pattern: the address may hold a token's value", async () => {
  const broken = () => Promise.reject(new Error("broken"));
  api = await openApi(
    {},
    { queries: { get: broken, list: broken, tally: broken, passed: async () => true } },
  );
  const answer = await api.put("/api/v1/tokens/Person-1", { status: "accepted" });
  expect(answer).toMatchObject({ status: 500, body: { code: "InternalError" } });
  const lines = JSON.stringify(api.environment.log.lines);
  expect(lines).toContain("/api/v1/tokens/:uid");
  expect(lines).not.toContain("Person-1");
});
