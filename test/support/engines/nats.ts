// NATS for tests: a server of one's own, as a child of this process, which can be stopped, frozen
// and started again; or one that runs already, for whoever needs no more than that.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineFolder, engines, howToInstall } from "../../../tools/engines.ts";
import { freePort } from "./free-port.ts";

/** A running server, and what can befall it. */
export interface NatsServer {
  /** Without names and passwords. */
  readonly url: string;
  readonly port: number;
  /** Server's own words, newest last. */
  readonly said: () => string;
  start(): Promise<void>;
  /** As if it were killed, or (`inOrder`) with a farewell to its clients. */
  stop(how?: "killed" | "inOrder"): Promise<void>;
  /** It stands still (SIGSTOP), or goes on. */
  freeze(): void;
  thaw(): void;
  /** It tells its clients that it is about to stop: lame duck mode. */
  announceStop(): void;
  /** Replaces its settings; they count from the next start on. */
  configure(settings: string): Promise<void>;
  /** Stops and removes all of it. */
  remove(): Promise<void>;
}

const startMs = 10_000;
const saidMax = 100_000;

/** Starts a server; `settings` are lines of its configuration file (authorization, tls, …). */
export async function startNats(settings = ""): Promise<NatsServer> {
  const programs = engineFolder(engines.nats);
  if (programs === undefined) throw new Error(howToInstall(engines.nats));
  const directory = await mkdtemp(join(tmpdir(), "motown-nats-"));
  const port = await freePort();
  const file = join(directory, "nats.conf");
  const configure = (text: string) =>
    writeFile(file, `listen: "127.0.0.1:${port}"\n${text}\n`, { mode: 0o600 });
  await configure(settings);
  const program = createProgram(join(programs, "nats-server"), file);
  await program.start();
  return {
    ...program,
    ...{ url: `nats://127.0.0.1:${port}`, port, configure },
    remove: async () => {
      await program.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Address of a server without authorization, and how to be done with it. */
export async function plainNats(): Promise<{ readonly url: string; remove(): Promise<void> }> {
  const given = process.env[engines.nats.variable];
  return given === undefined ? startNats() : { url: given, remove: async () => {} };
}

function createProgram(program: string, file: string) {
  let child: ChildProcess | undefined;
  let said = "";
  // Whoever ends without a word leaves no server behind.
  const end = () => child?.kill("SIGKILL");
  const start = async () => {
    const from = said.length;
    const running = spawn(program, ["-c", file], { stdio: ["ignore", "ignore", "pipe"] });
    child = running;
    process.on("exit", end);
    running.stderr?.on("data", (part) => {
      said = (said + part).slice(-saidMax);
    });
    await saysReady(running, () => said.slice(from));
  };
  const stop = async (how: "killed" | "inOrder" = "killed") => {
    const running = child;
    child = undefined;
    process.off("exit", end);
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill(how === "killed" ? "SIGKILL" : "SIGTERM");
    await ended;
  };
  return {
    ...{ start, stop, said: () => said },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    announceStop: () => void child?.kill("SIGUSR2"),
  };
}

async function saysReady(child: ChildProcess, said: () => string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (why: string) => reject(new Error(`NATS ${why}: ${said()}`));
  const look = () => {
    if (said().includes("Server is ready")) resolve();
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
