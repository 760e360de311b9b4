import { afterAll, beforeAll } from "vitest";
import { systemClock } from "#bus";
import { limitsWith } from "#limits";
import { keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { eventStoreContract } from "#support/event-store-contract";
import { createPostgresEventStore } from "./event-store.ts";

let database: TestDatabase;
let schemas = 0;

beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

eventStoreContract("PostgreSQL", async () => {
  schemas += 1;
  const schema = `log_${schemas}`;
  const open = () =>
    createPostgresEventStore({
      url: database.url,
      schema,
      limits: limitsWith(),
      clock: systemClock,
      log: keptLog(),
    });
  let current = await open();
  return {
    store: current,
    reopen: async () => {
      await current.close();
      current = await open();
      return current;
    },
    dispose: () => current.close(),
  };
});
