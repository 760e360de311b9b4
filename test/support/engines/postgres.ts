// PostgreSQL for tests: one server for all of a run, started by whoever asks first, and a database
// of its own for each test file. A server to be killed and restarted is postgres-server.ts.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { engineFolder, engines, howToInstall } from "../../../tools/engines.ts";

/** A database that nobody else uses. */
export interface TestDatabase {
  readonly url: string;
  /** Runs a statement as the superuser; its rows. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

const waitMs = 60_000;
const lookMs = 25;
let databases = 0;

/**
 * Makes a new database on the run's server. By default its commits are reported before they are
 * synced, which no test of a contract can see; `synced` makes them as durable as in earnest.
 */
export async function testDatabase(
  options: { readonly synced?: boolean; readonly server?: string } = {},
): Promise<TestDatabase> {
  const server = options.server ?? (await postgresUrl());
  databases += 1;
  const name = `motown_test_${process.pid}_${databases}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  if (options.synced !== true) {
    await onServer(server, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  // A server that a test takes down cuts idle connections; the next query makes a new one.
  pool.on("error", () => undefined);
  return {
    url: url.href,
    query: async (sql, values) => (await pool.query(sql, values && [...values])).rows,
    drop: async () => {
      await pool.end();
      await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Address of the run's server, as its superuser. */
export function postgresUrl(): Promise<string> {
  known ??= findOrStart();
  return known;
}

let known: Promise<string> | undefined;

async function findOrStart(): Promise<string> {
  const given = process.env[engines.postgres.variable];
  if (given !== undefined) return given;
  if (engineFolder(engines.postgres) === undefined) throw new Error(howToInstall(engines.postgres));
  // Vitest runs files in children of one process, and that one lives as long as the run.
  const run = process.env.VITEST === undefined ? process.pid : process.ppid;
  const folder = join(tmpdir(), `motown-postgres-of-${run}${bornAt(run)}`);
  if (isFirst(folder)) startKeeper(folder, run);
  return addressIn(folder);
}

/** Tells a process from an earlier one of the same number, where that can be seen. */
function bornAt(pid: number): string {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return "";
  const afterName = readFileSync(file, "utf8").split(") ").at(-1) ?? "";
  return `-${afterName.split(" ")[19]}`;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** A process of its own, since it outlives the one that asks first. */
function startKeeper(folder: string, run: number): void {
  const file = join(import.meta.dirname, "postgres-keeper.ts");
  const child = spawn(process.execPath, [file, folder, String(run)], {
    detached: true,
    stdio: "ignore",
  });
  child.unref();
}

async function addressIn(folder: string): Promise<string> {
  const file = join(folder, "server.json");
  const deadline = performance.now() + waitMs;
  while (!existsSync(file)) {
    if (performance.now() > deadline) throw new Error(`no PostgreSQL after ${waitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  const told: { url: string } | { problem: string } = JSON.parse(readFileSync(file, "utf8"));
  if ("problem" in told) throw new Error(told.problem);
  return told.url;
}
