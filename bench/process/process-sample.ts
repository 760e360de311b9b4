// What the kernel says about a process: CPU of all its threads, and memory. Linux only.
import { readdirSync, readFileSync } from "node:fs";
import { rounded } from "../tally.ts";

/**
 * A process at one moment. CPU is that of its life so far, with that of its children: a PostgreSQL
 * is one process for each connection.
 */
export interface ProcessSample {
  readonly cpuSeconds: number;
  readonly rssKb: number;
  readonly pssKb: number;
  /** CPU seconds by thread name. */
  readonly threads: Readonly<Record<string, number>>;
}

/** What a process used between two samples. */
export interface ProcessUse {
  readonly cpuSeconds: number;
  readonly cores: number;
  readonly rssMb: number;
  readonly threads: Readonly<Record<string, number>>;
}

/** CPU of a process's life so far, and the most that it ever had in memory. */
export interface ProcessLife {
  readonly cpuSeconds: number;
  readonly peakKb: number;
}

const ticksPerSecond = 100;

/** A process and its children, each by itself and by its id; those that are gone are left out. */
export function livesFrom(pid: number): ReadonlyMap<number, ProcessLife> {
  const lives = [pid, ...childrenOf(pid)].map((one) => {
    const status = readIfThere(`/proc/${one}/status`) ?? "";
    const peakKb = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return [one, { cpuSeconds: cpuOfProcess(one), peakKb }] as const;
  });
  return new Map(lives.filter(([, { peakKb }]) => peakKb > 0));
}

export function sampleProcess(pid: number): ProcessSample {
  const memory = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(memory)?.[1]);
  return {
    cpuSeconds: [pid, ...childrenOf(pid)].reduce((sum, one) => sum + cpuOfProcess(one), 0),
    rssKb: kb("Rss"),
    pssKb: kb("Pss"),
    threads: threadsOf(pid),
  };
}

export function useBetween(
  before: ProcessSample,
  after: ProcessSample,
  options: { readonly seconds: number },
): ProcessUse {
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  const threads = Object.entries(after.threads)
    .map(([name, cpu]) => [name, rounded(cpu - (before.threads[name] ?? 0), 2)] as const)
    .filter(([, cpu]) => cpu > 0)
    .sort(([, a], [, b]) => b - a);
  return {
    cpuSeconds: rounded(cpuSeconds, 2),
    cores: rounded(cpuSeconds / options.seconds, 2),
    rssMb: rounded(after.rssKb / 1024, 1),
    threads: Object.fromEntries(threads),
  };
}

function threadsOf(pid: number): Record<string, number> {
  const threads: Record<string, number> = {};
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    const text = readIfThere(`/proc/${pid}/task/${id}/stat`);
    // A thread may end between the listing and the look.
    if (text === undefined) continue;
    const { name, cpuSeconds } = cpuSecondsIn(text);
    threads[name] = (threads[name] ?? 0) + cpuSeconds;
  }
  return threads;
}

function childrenOf(pid: number): number[] {
  return tasksOf(pid).flatMap((task) => {
    const children = readIfThere(`/proc/${pid}/task/${task}/children`) ?? "";
    return children
      .trim()
      .split(" ")
      .filter((text) => text !== "")
      .map(Number);
  });
}

/** Ids of its threads; of a process that is gone: none. */
function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** CPU seconds of a process by now, without its children's; of one that is gone: 0. */
function cpuOfProcess(pid: number): number {
  const text = readIfThere(`/proc/${pid}/stat`);
  // A child may end between the listing and the look.
  return text === undefined ? 0 : cpuSecondsIn(text).cpuSeconds;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ESRCH";
}

function cpuSecondsIn(text: string): { name: string; cpuSeconds: number } {
  const end = text.lastIndexOf(")");
  // proc(5): fields 14 and 15 are user and system time; the name may hold spaces.
  const fields = text.slice(end + 2).split(" ");
  return {
    name: text.slice(text.indexOf("(") + 1, end),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
  };
}
