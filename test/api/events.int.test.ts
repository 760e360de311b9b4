import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toChargingStation } from "#core";
import { administratorKey, openApi, type TestApi } from "#support/api";

const stations = "/api/v1/charging-stations";

let api: TestApi;
let url: string;
beforeAll(async () => {
  api = await openApi({ liveStreamsMax: 2, sendBufferBytesMax: 20_000 });
  await api.app.listen({ port: 0, host: "127.0.0.1" });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/api/v1/events`;
});
afterAll(() => api.close());

interface Shown {
  readonly type: string;
  readonly cursor: string;
  readonly stationId?: string;
}

const eventsOf = (ndjson: string): readonly Shown[] =>
  ndjson
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** A viewer of the live stream. */
async function watch(query: string, headers: Record<string, string> = {}) {
  const ended = new AbortController();
  const authorization = `Bearer ${administratorKey}`;
  const response = await fetch(`${url}${query}`, {
    headers: { authorization, accept: "text/event-stream", ...headers },
    signal: ended.signal,
  });
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch((error: Error) => error);
  return {
    status: response.status,
    text: () => text,
    events: (): readonly Shown[] =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? "")),
    leave: async () => {
      ended.abort();
      await reading;
    },
  };
}

/** How many follow the live stream. */
async function watching(): Promise<number> {
  const { text } = await api.get("/metrics");
  return Number(/^motown_live_streams (\d+)$/m.exec(text)?.[1]);
}

/** Whoever left is gone. */
async function nobodyWatches(): Promise<void> {
  await expect.poll(watching).toBe(0);
}

/** An event of some hundred kilobytes. */
async function configure(round: number): Promise<void> {
  const connectors = Array.from({ length: 20 }, (_none, at) => ({
    connectorId: at + 1,
    type: `plug ${round} `.padEnd(50, "x"),
  }));
  const evses = Array.from({ length: 200 }, (_none, at) => ({ evseId: at + 1, connectors }));
  const done = await api.commit([toChargingStation("big", "ConfigureChargingStation", { evses })]);
  expect(done.status).toBe("committed");
}

describe("pages of the log", () => {
  it("go on from a cursor to the end", async () => {
    for (const stationId of ["A1", "A2", "A3"]) await api.post(stations, { stationId });
    const seen: Shown[] = [];
    let after = "";
    for (let more = "true"; more === "true"; ) {
      const page = await api.get(`/api/v1/events?limit=2${after}`);
      expect(page.headers["content-type"]).toContain("application/x-ndjson");
      seen.push(...eventsOf(page.text));
      after = `&after=${page.headers["next-cursor"]}`;
      more = String(page.headers.more);
    }
    expect(seen).toHaveLength(await api.store.head());
    expect(seen.at(-1)).toMatchObject({ type: "ChargingStationCreated", stationId: "A3" });
  });

  it("are narrowed by station, type and correlation", async () => {
    const one = await api.get("/api/v1/events?stationId=a2&type=ChargingStationCreated,TokenSet");
    expect(eventsOf(one.text)).toMatchObject([{ stationId: "A2" }]);
    const none = await api.get("/api/v1/events?correlationId=nobody");
    expect(none).toMatchObject({ status: 200, text: "" });
  });
});

describe("the live stream", () => {
  it("shows what happens from now on, and goes on after a break", async () => {
    const first = await watch("?type=ChargingStationCreated");
    await api.post(stations, { stationId: "B1" });
    await expect.poll(() => first.events()).toMatchObject([{ stationId: "B1" }]);
    const cursor = first.events()[0]?.cursor ?? "";
    await first.leave();
    await api.post(stations, { stationId: "B2" });
    const second = await watch("?type=ChargingStationCreated", { "last-event-id": cursor });
    await expect.poll(() => second.events()).toMatchObject([{ stationId: "B2" }]);
    await api.post(stations, { stationId: "B3" });
    await expect.poll(() => second.events().length).toBe(2);
    expect(second.text()).toMatch(/^id: \S+$/m);
    await second.leave();
  });

  it("misses nothing and doubles nothing while others come and go", async () => {
    const early = await watch("?type=TokenSet");
    const sets = Array.from({ length: 40 }, (_none, at) => `T${at}`);
    const cursor = (await api.get("/api/v1/events?limit=1")).headers["next-cursor"];
    const setting = sets.map((uid) => api.put(`/api/v1/tokens/${uid}`, { status: "accepted" }));
    const late = await watch(`?type=TokenSet&after=${cursor}`);
    await Promise.all(setting);
    for (const viewer of [early, late]) {
      await expect.poll(() => viewer.events().length).toBe(sets.length);
      const cursors = viewer.events().map((event) => event.cursor);
      expect(new Set(cursors).size).toBe(sets.length);
    }
    await Promise.all([early.leave(), late.leave()]);
  });

  it("stays alive with comments", async () => {
    await nobodyWatches();
    const viewer = await watch("");
    api.environment.clock.advance(api.environment.limits.liveHeartbeatMs);
    await expect.poll(() => viewer.text()).toContain(": still here");
    await viewer.leave();
  });

  it("is for so many viewers and no more", async () => {
    await nobodyWatches();
    const viewers = [await watch(""), await watch("")];
    const third = await watch("");
    expect(third.status).toBe(503);
    await expect.poll(() => third.text()).toContain("TooManyStreams");
    await Promise.all(viewers.map((viewer) => viewer.leave()));
  });

  it("drops a viewer who does not read, and nobody else", async () => {
    await nobodyWatches();
    await api.post(stations, { stationId: "BIG" });
    const { port } = new URL(url);
    const deaf = connect(Number(port), "127.0.0.1");
    const head = ["GET /api/v1/events HTTP/1.1", "Host: motown", "Accept: text/event-stream"];
    deaf.write(`${[...head, `Authorization: Bearer ${administratorKey}`].join("\r\n")}\r\n\r\n`);
    deaf.pause();
    const viewer = await watch("?type=TokenSet");
    await expect.poll(watching).toBe(2);
    // Far more than what sockets hold for those who do not read.
    for (let round = 0; round < 60 && (await watching()) > 1; round++) await configure(round);
    await expect.poll(watching, { timeout: 4_000 }).toBe(1);
    await api.put("/api/v1/tokens/after-all", { status: "accepted" });
    await expect.poll(() => viewer.events().length).toBe(1);
    await viewer.leave();
    deaf.destroy();
  });

  it("refuses what is no cursor of this log", async () => {
    const lost = await watch("", { "last-event-id": "yesterday" });
    expect(lost.status).toBe(400);
    await expect.poll(() => lost.text()).toContain("/Last-Event-ID");
  });
});
