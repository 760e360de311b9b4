// Three nodes in one process on one PostgreSQL, as a user has them: stations by a client that was
// not written here, operators by the API, each on another node.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { allIdle, startNode } from "#support/nodes";
import type { HouseWithStations } from "#support/station-clients";

// Three nodes and a database share the machine with whatever else is tested.
vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let nodes: readonly HouseWithStations[];
const node = (at: number) => nodes[at] as HouseWithStations;
const timestamp = () => new Date().toISOString();
const type = { evses: [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }] };

beforeAll(async () => {
  database = await testDatabase();
  // At once, on an empty database: each finds what the others are making.
  nodes = await Promise.all(["a", "b", "c"].map((name) => startNode(database, name)));
}, 60_000);
afterAll(async () => {
  await Promise.all((nodes ?? []).map((one) => one.stop()));
  await database.drop();
}, 30_000);

/** Follows the live stream of a node. */
async function follow(house: HouseWithStations) {
  const ended = new AbortController();
  const response = await fetch(`${house.apiUrl}/api/v1/events`, {
    headers: { authorization: `Bearer ${house.apiKey}`, accept: "text/event-stream" },
    signal: ended.signal,
  });
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch((error: Error) => error);
  return {
    types: () =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? "{}").type),
    leave: async () => {
      ended.abort();
      await reading;
    },
  };
}

it("have one first administrator and one preset key, though they started together", async () => {
  const told = nodes.filter(({ motown }) => motown.firstAccess.administrator !== undefined);
  expect(told).toHaveLength(1);
  for (const one of nodes) expect((await one.api("GET", "/api/v1/me")).status).toBe(200);
  await allIdle(nodes);
  expect(await node(0).list("/api/v1/users")).toMatchObject([{ user: "admin" }]);
});

it("share the work, each piece on one node", async () => {
  const held = () => nodes.flatMap(({ motown }) => motown.held());
  await node(0).eventually("all the work", async () => {
    const names = held();
    return names.length >= 7 && new Set(names).size === names.length ? names : undefined;
  });
  expect(held().map((name) => name.replace(/_[0-9a-f]{12}$/, ""))).toEqual(
    expect.arrayContaining([
      "add-on/authorization",
      "add-on/authorization-list",
      "add-on/station-configuration",
      "housekeeping",
      "old-views",
      "sweeper",
      "views/motown_views",
    ]),
  );
});

it("are one Motown: the six flows, each step on another node", async () => {
  const [a, b, c] = [node(0), node(1), node(2)];
  const live = await follow(c);
  // 1. An unconfigured station boots.
  const station = await a.connect("NEW-1");
  expect((await station.boot()).status).toBe("Rejected");
  await allIdle(nodes);
  expect(await c.get("/api/v1/charging-stations/NEW-1")).toMatchObject({
    accepted: false,
    configured: false,
    connection: { connected: true, protocol: "ocpp1.6" },
  });
  // 2. The configuration add-on configures it, wherever it runs.
  expect((await b.api("PUT", "/api/v1/station-types/Acme/One", type)).status).toBeLessThan(300);
  await c.eventually("the configuration", async () => {
    const seen = await c.get("/api/v1/charging-stations/NEW-1");
    return seen.configured === true ? seen : undefined;
  });
  // 3. An operator accepts it.
  await c.command("NEW-1", { type: "AcceptChargingStation" });
  expect((await c.get("/api/v1/charging-stations/NEW-1")).accepted).toBe(true);
  expect((await station.boot()).status).toBe("Accepted");
  // 4. A token is authorized.
  await b.token("TAG");
  expect(await station.call("Authorize", { idTag: "tag" })).toMatchObject({
    idTagInfo: { status: "Accepted" },
  });
  // 5. A transaction starts and is metered.
  const start = { connectorId: 1, idTag: "TAG", meterStart: 1000, timestamp: timestamp() };
  const { transactionId: number } = await station.call("StartTransaction", start);
  const sampledValue = [{ value: "1.75", unit: "kWh" }];
  const meterValue = [{ timestamp: timestamp(), sampledValue }];
  await station.call("MeterValues", { connectorId: 1, transactionId: number, meterValue });
  await allIdle(nodes);
  const [session] = await b.list("/api/v1/transactions?stationId=NEW-1");
  expect(session).toMatchObject({ transactionNumber: number, state: "active" });
  // 6. An operator stops it remotely, through a node that does not hold its socket.
  station.answers("RemoteStopTransaction", { status: "Accepted" });
  const { transactionId } = session as { readonly transactionId: string };
  const asked = await b.request("NEW-1", { type: "RequestStopTransaction", transactionId });
  expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
  const stop = { transactionId: number, meterStop: 2500, timestamp: timestamp(), reason: "Remote" };
  await station.call("StopTransaction", stop);
  await allIdle(nodes);
  const [ended] = await c.list("/api/v1/transactions?stationId=NEW-1");
  expect(ended).toMatchObject({ state: "ended", energyWh: 1500 });
  await c.eventually("the live stream of another node", async () => {
    const types = live.types();
    return types.includes("TransactionClosed") ? types : undefined;
  });
  expect(live.types()).toEqual(
    expect.arrayContaining(["ChargingStationAccepted", "TransactionStarted", "RequestSent"]),
  );
  await live.leave();
  expect(station.violations).toEqual([]);
});

it("close a station's socket through whichever node is asked, and tell who holds it", async () => {
  const [a, b, c] = [node(0), node(1), node(2)];
  await a.admit("CP-2");
  const first = await a.connect("CP-2");
  const second = await b.connect("CP-2");
  await first.untilClosed();
  await c.eventually("the newer connection", async () => {
    const { connection } = await c.get("/api/v1/charging-stations/CP-2");
    return (connection as { connected?: boolean } | undefined)?.connected ? connection : undefined;
  });
  expect(await second.call("Heartbeat")).toHaveProperty("currentTime");
});

it("refuse to build the shared views again, and say how it is done", async () => {
  const answer = await node(1).api("POST", "/api/v1/views/rebuild");
  expect(answer).toMatchObject({ status: 409, body: { code: "ViewsShared" } });
  expect(String(answer.body.detail)).toContain("motown_views_");
});

it("take over stations and work when one of them is stopped", async () => {
  const [a, b, c] = [node(0), node(1), node(2)];
  await b.token("TAG");
  const station = await c.served("CP-3");
  const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: timestamp() };
  const { transactionId } = await station.call("StartTransaction", start);
  const stopped = c.motown.stop();
  const ready = await c.api("GET", "/readyz");
  expect(ready).toMatchObject({ status: 503, body: { checks: { node: { ok: false } } } });
  expect(await station.untilClosed()).toMatchObject({ code: 1012 });
  await stopped;
  const held = () => [...a.motown.held(), ...b.motown.held()];
  await a.eventually("the work of the node that has left", async () =>
    new Set(held()).size >= 7 ? held() : undefined,
  );
  expect(held()).toHaveLength(new Set(held()).size);
  const again = await a.connect("CP-3");
  const stop = { transactionId, meterStop: 700, timestamp: timestamp() };
  expect(await again.call("StopTransaction", stop)).toEqual({});
  await allIdle([a, b]);
  const [session] = await b.list("/api/v1/transactions?stationId=CP-3");
  expect(session).toMatchObject({ state: "ended", energyWh: 700 });
});
