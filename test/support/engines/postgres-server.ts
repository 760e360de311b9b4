// A PostgreSQL server of one's own: on a new folder and a free port, as a child of this process.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineFolder, engines, howToInstall } from "../../../tools/engines.ts";
import { type Account, unprivilegedAccount } from "./account.ts";
import { createEngineProcess } from "./engine-process.ts";
import { freePort } from "./free-port.ts";

/** A running server, and what can befall it. */
export interface PostgresServer {
  /** Of its superuser; its own database is `postgres`. */
  readonly url: string;
  readonly port: number;
  /** Of the data; what is put there can be read by the server. */
  readonly directory: string;
  /** Server's own words, newest last. */
  readonly said: () => string;
  start(): Promise<void>;
  /** `fast` is a stop in good order, `immediate` one as if the power were cut. */
  stop(how?: "fast" | "immediate"): Promise<void>;
  /** Stops and removes all of it. */
  remove(): Promise<void>;
}

const signals = { fast: "SIGINT", immediate: "SIGQUIT" } as const;
const startMs = 30_000;

// As a server in earnest syncs: a commit that was reported is on the disk.
const settings = {
  listen_addresses: "127.0.0.1",
  max_connections: "100",
  shared_buffers: "64MB",
  fsync: "on",
  synchronous_commit: "on",
  log_checkpoints: "off",
  autovacuum_naptime: "10s",
};

/** Makes and starts a server; `extra` are settings beside those of a server in earnest. */
export async function startPostgres(
  extra: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const programs = engineFolder(engines.postgres);
  if (programs === undefined) throw new Error(howToInstall(engines.postgres));
  const account = unprivilegedAccount("postgres");
  const directory = await mkdtemp(join(tmpdir(), "motown-postgres-"));
  if (account !== undefined) await chown(directory, account.uid, account.gid);
  const password = randomBytes(12).toString("hex");
  try {
    await initialize({ programs, account, directory, password });
    const port = await freePort();
    const server = createProgram({
      program: join(programs, "postgres"),
      account,
      directory,
      settings: { ...settings, unix_socket_directories: directory, ...extra, port: `${port}` },
    });
    await server.start();
    const url = `postgres://motown:${password}@127.0.0.1:${port}/postgres`;
    const remove = async () => {
      await server.stop("immediate");
      await rm(directory, { recursive: true, force: true });
    };
    return { url, port, directory, ...server, remove };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

interface Place {
  readonly account: Account | undefined;
  readonly directory: string;
}

async function initialize(
  given: Place & { readonly programs: string; readonly password: string },
): Promise<void> {
  const { programs, account, directory, password } = given;
  const passwordFile = join(directory, "..", `${directory.split("/").at(-1)}.password`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  const how = ["--auth=scram-sha-256", "--username=motown", `--pwfile=${passwordFile}`];
  const text = ["--encoding=UTF8", "--locale=C", "--no-sync", `--pgdata=${directory}`];
  try {
    const child = spawn(join(programs, "initdb"), [...how, ...text], {
      ...account,
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (part) => (said += part));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`initdb ended with code ${code}: ${said}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function createProgram(
  given: Place & { readonly program: string; readonly settings: Readonly<Record<string, string>> },
) {
  const { program, account, directory } = given;
  const options = Object.entries(given.settings).map(([name, value]) => `--${name}=${value}`);
  const postgres = createEngineProcess({
    ...{ name: "PostgreSQL", program, args: ["-D", directory, ...options] },
    readyWhen: "database system is ready to accept connections",
    ...{ startMs, lastSignal: "SIGQUIT", options: { ...account, cwd: directory } },
  });
  const stop = (how: keyof typeof signals = "fast") => postgres.stopBy(signals[how]);
  return { start: postgres.start, stop, said: postgres.said };
}
