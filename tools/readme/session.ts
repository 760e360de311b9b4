import { type ChildProcess, spawn } from "node:child_process";

/** One shell that runs a page's commands one after the other, and those that go on beside it. */
export interface Session {
  /** Runs a block to its end; what it printed. */
  run(commands: string): Promise<{ readonly output: string; readonly code: number }>;
  /** Starts a block that goes on; what it printed until the text came. */
  start(commands: string, until: string): Promise<string>;
  /** What everything in the background has printed so far. */
  background(): string;
  /** Ends what goes on, in good order, the last first. */
  end(): Promise<void>;
}

const startMs = 180_000;
const commandMs = 180_000;
const endMs = 30_000;

export function openSession(directory: string, environment: NodeJS.ProcessEnv): Session {
  const shell = spawn("bash", ["--noprofile", "--norc"], {
    cwd: directory,
    env: environment,
    stdio: "pipe",
  });
  const beside: { readonly child: ChildProcess; output: string }[] = [];
  let printed = "";
  let wake = () => {};
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on("data", (chunk) => {
      printed += String(chunk);
      wake();
    });
  }

  return {
    run: (commands) =>
      within(commandMs, `the end of: ${commands}`, (resolve) => {
        const mark = `end-of-block-${Math.random().toString(36).slice(2)}`;
        printed = "";
        wake = () => {
          const end = new RegExp(`${mark} (\\d+)\\n`).exec(printed);
          if (end !== null) resolve({ output: printed.slice(0, end.index), code: Number(end[1]) });
        };
        shell.stdin.write(`${commands}\n__code=$?; echo; echo ${mark} $__code\n`);
      }),
    start: (commands, until) =>
      within(startMs, `"${until}" of: ${commands}`, (resolve, reject) => {
        const child = spawn("bash", ["-c", `exec ${commands}`], {
          cwd: directory,
          env: environment,
          detached: true,
        });
        const entry = { child, output: "" };
        beside.push(entry);
        const hear = (chunk: unknown) => {
          entry.output += String(chunk);
          if (entry.output.includes(until)) setTimeout(() => resolve(entry.output), 500);
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
        child.on("exit", () => reject(new Error(`${commands} ended early:\n${entry.output}`)));
      }),
    background: () => beside.map((entry) => entry.output).join("\n"),
    end: async () => {
      shell.stdin.end();
      for (const { child } of beside.reverse()) {
        const gone = new Promise<void>((resolve) => {
          child.once("exit", () => resolve());
          if (child.exitCode !== null) resolve();
        });
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGINT");
        await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, endMs).unref())]);
      }
    },
  };
}

function within<T>(
  milliseconds: number,
  what: string,
  work: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${what} did not come within ${milliseconds / 1000} s`));
    }, milliseconds);
    const settled = (value: T) => {
      clearTimeout(timer);
      resolve(value);
    };
    const failed = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    work(settled, failed);
  });
}
