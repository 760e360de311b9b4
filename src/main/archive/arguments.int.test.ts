// Goal: whoever moves a log names it, and bounds the work on it, as the server has it named.
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dataDirectory } from "#support/data-directory";
import { archiveArguments } from "./arguments.ts";

let folder: Awaited<ReturnType<typeof dataDirectory>>;
let config: string;
beforeAll(async () => {
  folder = await dataDirectory();
  config = join(folder.path, "motown.config.json");
  const database = "postgres://motown@db/motown";
  const limits = { eventPartitionEvents: 10, databaseStatementMs: 100 };
  await writeFile(config, JSON.stringify({ database, databaseSchema: "filed", limits }));
});
afterAll(() => folder.remove());

async function optionsOf(words: string, environment: Readonly<Record<string, string>> = {}) {
  const given = await archiveArguments(words.split(" "), environment);
  if (given?.log.at !== "database") throw new Error("no database is named");
  return given.log.options;
}

it("takes database and limits from the configuration file", async () => {
  expect(await optionsOf(`--config ${config}`)).toMatchObject({
    url: "postgres://motown@db/motown",
    schema: "filed",
    limits: { eventPartitionEvents: 10, databaseStatementMs: 100 },
  });
});

it("takes limits from flags before the environment, and that before the file", async () => {
  const environment = {
    MOTOWN_CONFIG: config,
    MOTOWN_LIMIT_EVENT_PARTITION_EVENTS: "20",
    MOTOWN_LIMIT_DATABASE_STATEMENT_MS: "200",
  };
  expect(await optionsOf("--limit-event-partition-events 30", environment)).toMatchObject({
    limits: { eventPartitionEvents: 30, databaseStatementMs: 200 },
  });
});

it("takes a folder that is named at the command line before any other database", async () => {
  const environment = { MOTOWN_CONFIG: config, MOTOWN_DATABASE: "postgres://other/motown" };
  const words = ["list", "--data-dir", "here", "--before", "2026-01-01"];
  expect(await archiveArguments(words, environment)).toMatchObject({
    log: { at: "folder", directory: resolve("here") },
    before: "2026-01-01",
    words: ["list"],
  });
});

it.each([
  ["--limit-event-partition-events many", "must be a number from 0"],
  ["--database-schema Ä --database postgres://db/motown", "small letters"],
  ["--database oracle://db/motown", "sqlite, memory, or an address"],
  ["--database-password-file /no/such --database postgres://db/motown", "cannot be read"],
  ["--colour green", "--help lists what there is"],
])("refuses %s in plain words", async (words, problem) => {
  await expect(archiveArguments(words.split(" "), {})).rejects.toThrow(problem);
});
