import { expect, it } from "vitest";
import type { ViewTable } from "#bus";
import { limitsWith } from "#limits";
import { keptLog } from "#support/data-directory";
import { testDatabase } from "#support/engines/postgres";
import { startPostgres } from "#support/engines/postgres-server";
import { openPostgresViewStore } from "./view-store.ts";

const things: ViewTable = {
  name: "things",
  columns: { id: { type: "text" }, count: { type: "integer" } },
  key: ["id"],
};

// Who was shown a row, or was told that the views have passed it, would find it gone again.
it("shows after a crash of the server what it has shown before", { timeout: 60_000 }, async () => {
  const server = await startPostgres();
  try {
    const { url } = await testDatabase({ synced: true, server: server.url });
    const options = { url, schema: "views", limits: limitsWith(), log: keptLog() };
    const store = await openPostgresViewStore(options);
    await store.migrate([things]);
    for (let count = 1; count <= 20; count += 1) {
      const changes = [{ table: "things", put: [{ id: "a", count }], remove: [] }];
      await store.commit({ changes, checkpoint: count });
    }
    await server.stop("immediate");
    await store.close();
    await server.start();
    const again = await openPostgresViewStore(options);
    expect(await again.checkpoint()).toBe(20);
    await again.migrate([things]);
    expect(await again.get("things", ["a"])).toEqual({ id: "a", count: 20 });
    await again.close();
  } finally {
    await server.remove();
  }
});
