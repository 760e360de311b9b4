// Goal: a log moves between databases by the commands that an operator runs, and stays the same.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "#bus";
import { createPostgresEventStore, openStores } from "#event-store";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { fillLog } from "#support/event-store/archive-contract";
import { unitOf } from "#support/event-store-contract";

const program = (name = "") => join(import.meta.dirname, `${name}.ts`);

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof dataDirectory>>;
let environment: Readonly<Record<string, string>>;
let password: string;
let address: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await dataDirectory();
  address = database.url;
  const url = new URL(address);
  password = decodeURIComponent(url.password);
  url.password = "";
  const passwordFile = join(folder.path, "password");
  await writeFile(passwordFile, `${password}\n`);
  const addressFile = join(folder.path, "address");
  await writeFile(addressFile, `${url.href}\n`);
  environment = {
    MOTOWN_DATABASE_FILE: addressFile,
    MOTOWN_DATABASE_PASSWORD_FILE: passwordFile,
    MOTOWN_DATABASE_SCHEMA: "moved",
  };
}, 60_000);
afterAll(async () => {
  await database.drop();
  await folder.remove();
});

/** Runs commands joined by pipes, as a shell does; what all of them said. */
async function motown(...commands: readonly string[]): Promise<{ code: number; said: string }> {
  const words = (text: string) => text.split(" ").map((word) => word.replace("~", folder.path));
  const env = { ...process.env, ...environment };
  const command = commands
    .map((text) => {
      const [name, ...args] = words(text);
      return [process.execPath, program(name), ...args].map((word) => `'${word}'`).join(" ");
    })
    .join(" | ");
  const child = spawn("bash", ["-o", "pipefail", "-c", command], { env });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (said += part));
  const [code] = await once(child, "close");
  return { code, said };
}

it("from SQLite to PostgreSQL and back, byte for byte", { timeout: 60_000 }, async () => {
  const directory = join(folder.path, "first");
  const options = { directory, limits: limitsWith(), clock: systemClock, log: keptLog() };
  const stores = await openStores(options);
  await fillLog(stores.events);
  await stores.close();
  const moved = await motown("export --data-dir ~/first", "import");
  expect(moved).toMatchObject({ code: 0 });
  const sums = [...moved.said.matchAll(/(Exported|Imported) .*SHA-256 ([0-9a-f]{64})/g)];
  expect(new Set(sums.map(([, what]) => what))).toEqual(new Set(["Exported", "Imported"]));
  expect(new Set(sums.map(([, , sum]) => sum)).size).toBe(1);
  const outs = [
    await motown("export --file ~/postgres.jsonl"),
    await motown("import --data-dir ~/back --file ~/postgres.jsonl"),
    // What is noted of a restore is no part of the log.
    await motown("restored --data-dir ~/back"),
    await motown("export --data-dir ~/back --file ~/back.jsonl"),
  ];
  for (const out of outs) expect(out).toMatchObject({ code: 0 });
  for (const { said } of [moved, ...outs]) {
    if (!said.startsWith("Noted")) expect(said).toContain(sums[0]?.[2]);
    expect(said).not.toContain(password);
  }
  const [there, back] = await Promise.all(
    ["postgres", "back"].map((name) => readFile(join(folder.path, `${name}.jsonl`), "utf8")),
  );
  expect(back).toBe(there);
});

it("says in plain words what cannot be", { timeout: 60_000 }, async () => {
  const [twice, nowhere, memory, missing, unheard] = await Promise.all([
    motown("import --file ~/back.jsonl"),
    motown("export --database-schema nowhere"),
    motown("export --database memory"),
    motown("import --database-schema fresh --file ~/missing.jsonl"),
    motown("restored --database-schema nowhere"),
  ]);
  // Not beside the import, which finds the schema's tables in other hands then.
  const restored = await motown("restored");
  expect(restored).toMatchObject({ code: 0, said: expect.stringMatching(/^Noted at event \d+\./) });
  expect(unheard).toMatchObject({ code: 1, said: expect.stringMatching(/^postgres:.*cannot be/) });
  expect([twice.code, nowhere.code, memory.code, missing.code]).toEqual([1, 1, 1, 1]);
  expect(missing.said).toMatch(/^ENOENT: no such file.*missing\.jsonl'\n$/);
  expect(twice.said).toMatch(/^The schema moved of postgres:\/\/motown@.* holds a log already/);
  expect(nowhere.said).toMatch(/^There is no log in the schema nowhere of postgres:/);
  expect(memory.said).toMatch(/^A log in memory/);
});

it("archives old partitions and brings them back", { timeout: 60_000 }, async () => {
  const limits = limitsWith({ eventPartitionEvents: 10 });
  const database = { url: address, schema: "small", limits, log: keptLog() };
  const store = await createPostgresEventStore({ ...database, clock: systemClock });
  const append = (stream: string, versionBefore: number, ...types: string[]) =>
    store.append(unitOf({ stream, versionBefore, types }));
  await append("charging-station/a", 0, "Created");
  await append("transaction/t", 0, "TransactionStarted", "TransactionStopped");
  await append("charging-station/a", 1, ...Array.from({ length: 20 }, () => "Moved"));
  const all = () => store.readAll({ after: 0, limit: 100 });
  const before = await all();
  const partitions = (words: string) => motown(`partitions ${words} --database-schema small`);

  expect((await partitions("list")).said).toMatch(/^events_1: events 1 to 10, 0 MB\n/);
  const archived = await partitions("archive --before 15 --folder ~/archive");
  expect(archived).toMatchObject({ code: 0, said: expect.stringContaining(": 2 events, ") });
  expect(await all()).toEqual(before.filter(({ stream }) => stream !== "transaction/t"));
  const [file = ""] = await readdir(join(folder.path, "archive"));
  expect(file).toBe("events-1-11-before-15.jsonl");
  const wrong = await motown(`import --file ~/archive/${file} --database-schema new`);
  expect(wrong.said).toMatch(/it is a part of a log, to be attached/);
  const attached = await partitions(`attach --file ~/archive/${file}`);
  expect(attached).toMatchObject({ code: 0, said: expect.stringContaining("Back in the log: 2") });
  expect(await all()).toEqual(before);
  await store.close();
});
