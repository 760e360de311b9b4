import { eventStoreContract } from "#support/event-store-contract";
import { createMemoryEventStore } from "./event-store.ts";
import { emptyLog } from "./log-contents.ts";

eventStoreContract("memory", async () => {
  const contents = emptyLog();
  const store = createMemoryEventStore({ contents });
  const reopen = async () => createMemoryEventStore({ contents });
  return { store, reopen, dispose: () => store.close() };
});
