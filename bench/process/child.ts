import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A program that was started here, and how it ended. */
export interface Child {
  readonly pid: number;
  /** What it said last, on both channels. */
  readonly said: () => string;
  readonly exit: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly running: () => boolean;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

const charactersKept = 20_000;
const stopWithinMs = 20_000;

/** Starts a program and keeps the end of what it says. */
export function startChild(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Child {
  const [file = "", ...args] = command;
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let said = "";
  const keep = (text: Buffer) => {
    said = (said + text).slice(-charactersKept);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exit = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const running = () => child.exitCode === null && child.signalCode === null;
  if (child.pid === undefined) throw new Error(`${file} cannot be started`);
  return {
    pid: child.pid,
    said: () => said,
    exit,
    running,
    stop: (signal = "SIGTERM") => stop(child, signal),
  };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  await gone;
  clearTimeout(late);
}

/** Looks until it finds something; fails when the program ends or the time is over. */
export async function whileRunning<Found>(
  child: Pick<Child, "running" | "said">,
  options: { readonly what: string; readonly withinMs: number },
  look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> {
  const deadline = performance.now() + options.withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    const over = performance.now() > deadline;
    if (over || !child.running()) {
      const why = over ? `did not come within ${options.withinMs} ms` : "cannot come any more";
      throw new Error(`${options.what} ${why}; the program said:\n${child.said()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
