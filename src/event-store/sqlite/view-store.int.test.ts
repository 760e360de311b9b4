import { join } from "node:path";
import { limitsWith } from "#limits";
import { dataDirectory } from "#support/data-directory";
import { lastingViewStoreContract, viewStoreContract } from "#support/view-store-contract";
import { openSqliteViewStore } from "./view-store.ts";

const limits = limitsWith({ viewStatementsMax: 8 });

viewStoreContract("SQLite in memory", async () => {
  const store = openSqliteViewStore(":memory:", limits);
  return { store, dispose: () => store.close() };
});

lastingViewStoreContract("SQLite in a file", async () => {
  const directory = await dataDirectory();
  const open = () => openSqliteViewStore(join(directory.path, "views.sqlite"), limits);
  let store = open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = open();
      return store;
    },
    dispose: async () => {
      await store.close();
      await directory.remove();
    },
  };
});
