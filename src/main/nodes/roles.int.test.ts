// Nodes with a part of the roles each: what they do, and what they say at a path that is another's.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { allIdle, startNode } from "#support/nodes";
import type { HouseWithStations } from "#support/station-clients";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let gateway: HouseWithStations;
let api: HouseWithStations;
let background: HouseWithStations;

beforeAll(async () => {
  database = await testDatabase();
  [gateway, api, background] = await Promise.all([
    startNode(database, "gateway", { roles: ["gateway"] }),
    startNode(database, "api", { roles: ["api"] }),
    startNode(database, "background", { roles: ["background"] }),
  ]);
}, 60_000);
afterAll(async () => {
  await Promise.all([gateway, api, background].map((node) => node?.stop()));
  await database.drop();
}, 30_000);

it("together are one Motown", async () => {
  await api.admit("CP-1");
  const station = await gateway.connect("CP-1");
  station.answers("Reset", { status: "Accepted" });
  expect((await station.boot()).status).toBe("Accepted");
  const asked = await api.request("CP-1", { type: "RequestReset", kind: "soft" });
  expect(asked).toMatchObject({ outcome: "accepted" });
  await allIdle([gateway, api, background]);
  expect(await api.get("/api/v1/charging-stations/CP-1")).toMatchObject({
    vendor: "Acme",
    connection: { connected: true },
  });
});

it("leave the work to the one that works in the background", async () => {
  await background.eventually("the work", async () =>
    background.motown.held().length >= 7 ? true : undefined,
  );
  expect([...gateway.motown.held(), ...api.motown.held()]).toEqual([]);
});

it("say in words what they do not do, and who does", async () => {
  for (const node of [gateway, background]) {
    const answer = await node.api("GET", "/api/v1/charging-stations");
    expect(answer).toMatchObject({ status: 503, body: { code: "RoleElsewhere" } });
    expect(answer.body.detail).toContain("Use a node with the role api.");
  }
  for (const node of [api, background]) {
    const page = await fetch(`${node.apiUrl}/ocpp/CP-1`);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain("Use a node with the role gateway.");
    await expect(node.connect("CP-1")).rejects.toMatchObject({ code: 503 });
  }
});

it("all say how they are", async () => {
  for (const node of [gateway, api, background]) {
    expect((await node.api("GET", "/livez")).status).toBe(200);
    expect(await node.api("GET", "/readyz")).toMatchObject({ status: 200, body: { ready: true } });
    expect((await node.api("GET", "/metrics")).status).toBe(200);
  }
});
