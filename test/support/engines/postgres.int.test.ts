import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { postgresUrl, testDatabase } from "./postgres.ts";
import { startPostgres } from "./postgres-server.ts";

it("gives each who asks a database of its own on one server", { timeout: 60_000 }, async () => {
  const one = await testDatabase();
  const two = await testDatabase({ synced: true });
  try {
    expect(new URL(one.url).host).toBe(new URL(two.url).host);
    await one.query("CREATE TABLE here (n int)");
    await expect(two.query("SELECT * FROM here")).rejects.toThrow(/here/);
    expect(await one.query("SHOW synchronous_commit")).toEqual([{ synchronous_commit: "off" }]);
    expect(await two.query("SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
    expect(await two.query("SHOW fsync")).toEqual([{ fsync: "on" }]);
    const wrong = new URL(await postgresUrl());
    wrong.password = "wrong";
    const client = new pg.Client({ connectionString: wrong.href });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
  } finally {
    await one.drop();
    await two.drop();
  }
});

it("starts a server that can be stopped, cut off and started", { timeout: 60_000 }, async () => {
  const server = await startPostgres({ work_mem: "2MB" });
  try {
    const database = await testDatabase({ server: server.url });
    expect(await database.query("SHOW work_mem")).toEqual([{ work_mem: "2MB" }]);
    await database.query("CREATE TABLE kept AS SELECT 7 AS n");
    for (const how of ["fast", "immediate"] as const) {
      await server.stop(how);
      await expect(database.query("SELECT n FROM kept")).rejects.toThrow(/ECONNREFUSED|terminat/);
      await server.start();
    }
    await expect(readFile(join(server.directory, "PG_VERSION"), "utf8")).resolves.toMatch(/\d/);
  } finally {
    await server.remove();
  }
  await expect(readFile(join(server.directory, "PG_VERSION"))).rejects.toThrow(/ENOENT/);
});
