// A PostgreSQL server of one's own: on a new folder and a free port, as a child of this process.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineFolder, engines, howToInstall } from "../../../tools/engines.ts";
import { type Account, unprivilegedAccount } from "./account.ts";
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
const saidMax = 100_000;

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
  let child: ChildProcess | undefined;
  let said = "";
  // Whoever ends without a word leaves no server behind.
  const end = () => child?.kill("SIGQUIT");

  const start = async () => {
    const from = said.length;
    const running = spawn(program, ["-D", directory, ...options], {
      ...account,
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = running;
    process.on("exit", end);
    running.stderr?.on("data", (part) => {
      said = (said + part).slice(-saidMax);
    });
    await saysReady(running, () => said.slice(from));
  };
  const stop = async (how: keyof typeof signals = "fast") => {
    const running = child;
    child = undefined;
    process.off("exit", end);
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill(signals[how]);
    await ended;
  };
  return { start, stop, said: () => said };
}

async function saysReady(child: ChildProcess, said: () => string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (why: string) => reject(new Error(`PostgreSQL ${why}: ${said()}`));
  const look = () => {
    if (said().includes("database system is ready to accept connections")) resolve();
  };
  const onExit = () => failed("ended");
  const timer = setTimeout(() => failed("does not come up"), startMs);
  child.stderr?.on("data", look);
  child.once("exit", onExit);
  child.once("error", reject);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    child.stderr?.off("data", look);
    child.off("exit", onExit);
  }
}
