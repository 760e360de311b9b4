// An engine as a child of this process: it is started, says when it is ready, and can be stopped
// and started again.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** What is started, and how one knows that it is there. */
export interface EngineCommand {
  /** For messages: PostgreSQL. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What it says on its standard error once it can be asked. */
  readonly readyWhen: string;
  readonly startMs: number;
  /** For whoever ends without a word: no server is left behind. */
  readonly lastSignal: NodeJS.Signals;
  readonly options?: Pick<SpawnOptions, "uid" | "gid" | "cwd">;
}

/** A program that runs, or has been stopped. */
export interface EngineProcess {
  start(): Promise<void>;
  /** Sends this signal and waits for the end; one that has ended already is left alone. */
  stopBy(signal: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Server's own words, newest last. */
  said(): string;
}

const saidMax = 100_000;

/** Makes it, and does not start it yet. */
export function createEngineProcess(command: EngineCommand): EngineProcess {
  let child: ChildProcess | undefined;
  let said = "";
  const end = () => child?.kill(command.lastSignal);
  const start = async () => {
    let sinceStart = "";
    const running = spawn(command.program, command.args, {
      ...command.options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = running;
    process.on("exit", end);
    running.stderr?.on("data", (part) => {
      said = (said + part).slice(-saidMax);
      sinceStart = (sinceStart + part).slice(-saidMax);
    });
    await saysReady(running, command, () => sinceStart);
  };
  const stopBy = async (signal: NodeJS.Signals) => {
    const running = child;
    child = undefined;
    process.off("exit", end);
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill(signal);
    await ended;
  };
  return { start, stopBy, signal: (signal) => void child?.kill(signal), said: () => said };
}

async function saysReady(
  child: ChildProcess,
  command: EngineCommand,
  said: () => string,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (why: string) => reject(new Error(`${command.name} ${why}: ${said()}`));
  const look = () => {
    if (said().includes(command.readyWhen)) resolve();
  };
  const onExit = () => failed("ended");
  const timer = setTimeout(() => failed("does not come up"), command.startMs);
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
