import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { systemClock } from "#bus";
import { limitsWith } from "#limits";
import { archiveContract } from "#support/event-store/archive-contract";
import { dataDirectory, keptLog } from "#support/data-directory";
import { createSqliteArchive, openSqliteArchive } from "./archive.ts";
import { openStores } from "./stores.ts";

let folder: Awaited<ReturnType<typeof dataDirectory>>;
let places = 0;
beforeAll(async () => {
  folder = await dataDirectory();
});
afterAll(() => folder.remove());

archiveContract("SQLite", {
  newPlace: () => {
    places += 1;
    const directory = join(folder.path, `log-${places}`);
    const options = { directory, limits: limitsWith(), clock: systemClock, log: keptLog() };
    return {
      openStore: async () => {
        const { events, close } = await openStores(options);
        return { ...events, close };
      },
      openSource: async () => openSqliteArchive(directory),
      createTarget: async () => createSqliteArchive(directory),
    };
  },
});
