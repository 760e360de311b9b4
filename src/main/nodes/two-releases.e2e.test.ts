// Goal: a rolling upgrade. Two releases serve one log side by side, each by views of its own; what
// the older one cannot know it leaves to the newer one. Method: the newer release is this tree with
// a view and an event more, as processes on one PostgreSQL.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newerRelease } from "#support/engines/newer-release";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { OcppClient } from "#support/ocpp-client";
import { type Server, startServer } from "../../../bench/process/server.ts";

type Body = Record<string, unknown>;

const registration = "src/core/charging-station/registration.ts";
const accepted = '{ type: "ChargingStationAccepted", data: {} }';
/** Its stations are welcomed when they are accepted, and it shows other rows of stations. */
const changes = [
  { file: "package.json", from: /"version": "[^"]*"/, to: '"version": "99.0.0"' },
  { file: "src/views/station/charging-stations.ts", from: /version: \d+/, to: "version: 999" },
  {
    file: registration,
    from: "ChargingStationAccepted: event(",
    to: `ChargingStationWelcomed: event(closed({}), (state) => state),
  ChargingStationAccepted: event(`,
  },
  {
    file: registration,
    from: `[${accepted}]`,
    to: `[${accepted}, { type: "ChargingStationWelcomed", data: {} }]`,
  },
];
const apiKey = "key-of-a-rolling-upgrade-0123456789";
const environment = {
  MOTOWN_SECRET: "of all nodes of this test, long enough",
  MOTOWN_LIMIT_LEASE_MS: "1500",
  MOTOWN_LIMIT_LEASE_RENEW_MS: "200",
  MOTOWN_LIMIT_LEASE_MARGIN_MS: "300",
  MOTOWN_LIMIT_TAIL_POLL_MS: "200",
  MOTOWN_LIMIT_DRAIN_MS: "3000",
};
const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }];

let database: TestDatabase;
let folder: string;
let release: ReturnType<typeof newerRelease>;
let older: Server;
let newer: Server;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "motown-releases-"));
  release = newerRelease(changes);
  older = await start("older");
  await ask(older, "POST", "charging-stations", { stationId: "cp-1", accepted: true, evses });
}, 120_000);
afterAll(async () => {
  await older?.stop();
  await newer?.stop();
  release?.remove();
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
}, 60_000);

function start(name: string, program?: string): Promise<Server> {
  return startServer({
    ...{ apiKey, dataDir: join(folder, name), args: ["--node", name] },
    ...(program !== undefined && { program }),
    environment: { ...environment, MOTOWN_DATABASE: database.url },
  });
}

async function ask(server: Server, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.apiUrl}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

async function connected(server: Server, stationId: string): Promise<OcppClient> {
  return new OcppClient({ port: server.port, stationId }).connect();
}

/** Beside other work the machine may be slow. */
const soon = { timeout: 20_000, interval: 50 };
const statusOf = async (server: Server) => (await ask(server, "GET", "cluster")).body;
const transactionsOf = async (server: Server) => {
  const items = (await ask(server, "GET", "transactions")).body.items as Body[];
  return items.map(({ transactionNumber, state, energyWh }) => [
    transactionNumber,
    state,
    energyWh,
  ]);
};
const heldBy = async (server: Server, name: string) => {
  const leases = (await statusOf(server)).leases as Body[];
  return leases
    .filter(({ live, node }) => live === true && node === name)
    .map((lease) => lease.name);
};

it("serve side by side, each with views of its own", { timeout: 120_000 }, async () => {
  newer = await start("newer", release.program);
  await expect
    .poll(async () => (await Promise.all([older, newer].map(statusOf))).map(({ ok }) => ok), soon)
    .toEqual([true, true]);
  const { nodes } = await statusOf(older);
  expect((nodes as Body[]).map((node) => node.release)).toEqual(["99.0.0", expect.any(String)]);
  const [ofOlder, ofNewer] = await Promise.all(
    ["older", "newer"].map((name) => heldBy(newer, name)),
  );
  const ownViews = (names: unknown[] = []) => names.filter((name) => /^views\//.test(String(name)));
  expect([ownViews(ofOlder).length, ownViews(ofNewer).length]).toEqual([1, 1]);
  expect(ownViews(ofOlder)).not.toEqual(ownViews(ofNewer));

  const timestamp = new Date().toISOString();
  const before = await connected(older, "cp-1");
  await before.boot();
  const begun = { connectorId: 1, idTag: "04AB", meterStart: 100, timestamp };
  const { transactionId } = await before.call("StartTransaction", begun);
  // The station comes back at a node of the newer release, and later at one of the older.
  const after = await connected(newer, "cp-1");
  const over = { transactionId, idTag: "04AB", meterStop: 400, timestamp };
  await after.call("StopTransaction", over);
  const ended = [[transactionId, "ended", 300]];
  for (const server of [older, newer]) {
    await expect.poll(() => transactionsOf(server), soon).toEqual(ended);
  }
  const back = await connected(older, "cp-1");
  const status = { connectorId: 1, errorCode: "NoError", status: "Available" };
  expect(await back.call("StatusNotification", status)).toEqual({});
  for (const client of [before, after, back]) await client.terminate();
});

it("the older one leaves to the newer what it cannot know", { timeout: 120_000 }, async () => {
  const created = { stationId: "cp-2", accepted: true, evses };
  expect(await ask(newer, "POST", "charging-stations", created)).toMatchObject({ status: 201 });
  const wish = { type: "UnacceptChargingStation" };
  expect(await ask(older, "POST", "charging-stations/cp-2/commands", wish)).toMatchObject({
    status: 503,
    body: { code: "NewerRelease", detail: expect.stringContaining("ChargingStationWelcomed") },
  });
  // Nobody is sent to it any more; whom it serves already it goes on to serve.
  await expect.poll(async () => (await older.readiness())?.status, soon).toBe(503);
  const [one, two] = [await connected(older, "cp-1"), await connected(newer, "cp-2")];
  expect(await one.boot()).toMatchObject({ status: "Accepted" });
  expect(await two.boot()).toMatchObject({ status: "Accepted" });
  expect((await newer.readiness())?.status).toBe(200);
  await Promise.all([one.terminate(), two.terminate()]);
});

it("the newer one does all the work once the older is gone", { timeout: 120_000 }, async () => {
  await older.stop();
  expect(await older.exit).toEqual({ code: 0, signal: null });
  await expect.poll(async () => (await statusOf(newer)).problems, soon).toEqual([]);
  const { nodes, leases } = await statusOf(newer);
  expect(nodes).toMatchObject([{ node: "newer", release: "99.0.0" }]);
  const holders = new Set((leases as Body[]).map(({ node }) => node));
  expect(holders).toEqual(new Set(["newer"]));
});
