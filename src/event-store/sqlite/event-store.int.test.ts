import { systemClock } from "#bus";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { eventStoreContract } from "#support/event-store-contract";
import { createSqliteEventStore } from "./event-store.ts";

eventStoreContract("SQLite", async () => {
  const directory = await dataDirectory();
  const open = () =>
    createSqliteEventStore({
      directory: directory.path,
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
    dispose: async () => {
      await current.close();
      await directory.remove();
    },
  };
});
