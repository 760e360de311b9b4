// NATS for tests: a server of one's own, as a child of this process, which can be stopped, frozen
// and started again; or one that runs already, for whoever needs no more than that.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineFolder, engines, howToInstall } from "../../../tools/engines.ts";
import { createEngineProcess } from "./engine-process.ts";
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

const signals = { killed: "SIGKILL", inOrder: "SIGTERM" } as const;
const startMs = 10_000;

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
  const nats = createEngineProcess({
    ...{ name: "NATS", program, args: ["-c", file] },
    ...{ readyWhen: "Server is ready", startMs, lastSignal: "SIGKILL" },
  });
  return {
    ...{ start: nats.start, said: nats.said },
    stop: (how: "killed" | "inOrder" = "killed") => nats.stopBy(signals[how]),
    freeze: () => nats.signal("SIGSTOP"),
    thaw: () => nats.signal("SIGCONT"),
    announceStop: () => nats.signal("SIGUSR2"),
  };
}
