// Goal: a log moves between databases by the commands that an operator runs, and stays the same.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "#bus";
import { openStores } from "#event-store";
import { limitsWith } from "#limits";
import { fillLog } from "#support/archive-contract";
import { dataDirectory, keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";

const cli = join(import.meta.dirname, "../../cli/main.ts");

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof dataDirectory>>;
let environment: Readonly<Record<string, string>>;
let password: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await dataDirectory();
  const url = new URL(database.url);
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
    .map((text) => [process.execPath, cli, ...words(text)].map((word) => `'${word}'`).join(" "))
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
    await motown("export --data-dir ~/back --file ~/back.jsonl"),
    await motown("export --data-dir ~/first --file ~/first.jsonl"),
  ];
  for (const out of outs) expect(out).toMatchObject({ code: 0 });
  for (const { said } of [moved, ...outs]) {
    expect(said).toContain(sums[0]?.[2]);
    expect(said).not.toContain(password);
  }
  const [first, ...others] = await Promise.all(
    ["first", "postgres", "back"].map((name) =>
      readFile(join(folder.path, `${name}.jsonl`), "utf8"),
    ),
  );
  for (const other of others) expect(other).toBe(first);

  const twice = await motown("import --file ~/first.jsonl");
  expect(twice.code).toBe(1);
  expect(twice.said).toMatch(/^The schema moved of postgres:\/\/motown@.* holds a log already/);
  const nowhere = await motown("export --database-schema nowhere");
  expect(nowhere.code).toBe(1);
  expect(nowhere.said).toMatch(/^There is no log in the schema nowhere of postgres:/);
});
