import { type EventStore, systemClock } from "#bus";
import { createPostgresEventStore, type PostgresEventStoreOptions } from "#event-store";
import { limitsWith } from "#limits";
import { keptLog } from "../data-directory.ts";
import type { TestDatabase } from "./postgres.ts";

let schemas = 0;

/** Nodes' stores on one log in a schema of its own, each with connections of its own. */
export function postgresStores(database: TestDatabase) {
  const opened: EventStore[] = [];
  schemas += 1;
  const schema = `nodes_${schemas}`;
  return {
    schema,
    open: async (options: Partial<PostgresEventStoreOptions> = {}) => {
      const store = await createPostgresEventStore({
        url: database.url,
        schema,
        limits: limitsWith(),
        clock: systemClock,
        log: keptLog(),
        ...options,
      });
      opened.push(store);
      return store;
    },
    close: async () => {
      await Promise.all(opened.map((store) => store.close()));
    },
  };
}
