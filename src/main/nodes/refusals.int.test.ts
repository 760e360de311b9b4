// Nodes that cannot join: each is told why in words, and those that are there go on.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { startNode } from "#support/nodes";
import type { HouseWithStations } from "#support/station-clients";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let node: HouseWithStations;
beforeAll(async () => {
  database = await testDatabase();
  node = await startNode(database, "a");
}, 60_000);
afterAll(async () => {
  await node?.stop();
  await database.drop();
}, 30_000);

it("by a name that another node has", async () => {
  const refused = startNode(database, "a");
  await expect(refused).rejects.toMatchObject({ name: "SettingProblem" });
  await expect(refused).rejects.toThrow(/Another node is called a \(http:.*--node/);
  const { motown } = node;
  await motown.idle();
  expect((await node.api("GET", "/readyz")).status).toBe(200);
});

it("but by the name of one that died, once it is silent", async () => {
  await database.query(
    `INSERT INTO motown.nodes (node, card, lease_until)
      SELECT 'b', card, now() + interval '1 minute' FROM motown.nodes WHERE node = 'a'`,
  );
  const again = await startNode(database, "b");
  expect(again.motown.node).toBe("b");
  await again.stop();
});

it("with another secret than the database's", async () => {
  const refused = startNode(database, "c", { secret: "quite another secret, and long enough" });
  await expect(refused).rejects.toMatchObject({ name: "SettingProblem" });
  await expect(refused).rejects.toThrow("--secret");
  const nodes = await database.query("SELECT node FROM motown.nodes ORDER BY node");
  expect(nodes).toEqual([{ node: "a" }]);
});

it("on a database that does not let them in, without a word of the password", async () => {
  const wrong = new URL(database.url);
  wrong.password = "a-password-of-somebody";
  const away = new URL(wrong);
  away.port = "1";
  for (const url of [wrong.href, away.href]) {
    const refused = startNode({ url }, "d");
    await expect(refused).rejects.toMatchObject({ name: "StoreProblem", code: "unopenable" });
    await expect(refused).rejects.toThrow(/cannot be opened: PostgreSQL/);
    await expect(refused).rejects.not.toThrow(/a-password-of-somebody/);
  }
});
