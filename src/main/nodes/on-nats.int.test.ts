// Two nodes whose messages NATS carries, and what they do without it.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startNats } from "#support/engines/nats";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { allIdle, startNode } from "#support/nodes";
import type { HouseWithStations } from "#support/station-clients";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startNats>>;
let one: HouseWithStations;
let two: HouseWithStations;
beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase(), startNats()]);
  const start = (name: string) => startNode(database, name, { bus: nats.url });
  [one, two] = await Promise.all([start("one"), start("two")]);
}, 60_000);
afterAll(async () => {
  await Promise.all([one, two].map((node) => node?.stop()));
  await Promise.all([nats?.remove(), database?.drop()]);
}, 30_000);

it("ask a station through the node that does not hold it, with NATS and without", async () => {
  const station = await one.served("CP-1");
  station.answers("Reset", { status: "Accepted" });
  await station.boot();
  const reset = () => two.request("CP-1", { type: "RequestReset", kind: "soft" });
  expect(await reset()).toMatchObject({ outcome: "accepted" });
  await nats.stop("killed");
  // What no message tells is found by looking at the log.
  expect(await reset()).toMatchObject({ outcome: "accepted" });
  await allIdle([one, two]);
  expect(await two.get("/api/v1/charging-stations/CP-1")).toMatchObject({
    connection: { connected: true },
  });
  for (const node of [one, two]) expect((await node.api("GET", "/readyz")).status).toBe(200);
  await nats.start();
  expect(await reset()).toMatchObject({ outcome: "accepted" });
});
