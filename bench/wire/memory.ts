// What a server holds in memory once its garbage is collected, in all of its threads.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whileRunning } from "../process/child.ts";
import { sampleProcess } from "../process/process-sample.ts";
import { type Server, type ServerOptions, startServer } from "../process/server.ts";
import { rounded } from "../tally.ts";
import type { Held, ThreadMemory } from "./memory-probe.ts";

/** Megabytes of a process. */
export interface Memory {
  /** Once garbage is collected. */
  readonly rssMb: number;
  readonly mainHeapMb: number;
  readonly heapsMb: number;
  readonly externalMb: number;
  readonly threads: readonly ThreadUse[];
}

/** Megabytes of a thread's heap, around a collection. */
export interface ThreadUse {
  readonly thread: string;
  /** What V8 had taken from the system before it, and of that for what was just made. */
  readonly takenMb: number;
  readonly youngMb: number;
  /** What was left after it. */
  readonly liveMb: number;
  readonly externalMb: number;
}

/** A server whose garbage can be collected from outside. */
export interface MeasuredServer extends Server {
  readonly rssMb: () => number;
  /** RSS without what is mapped from files. */
  readonly anonMb: () => number;
  readonly collect: () => Promise<Memory>;
}

const collectWithinMs = 30_000;
const mb = (bytes: number) => rounded(bytes / 1024 / 1024, 1);

/** Starts Motown with a probe in each thread; otherwise as `startServer`. */
export async function startMeasured(options: ServerOptions = {}): Promise<MeasuredServer> {
  const folder = mkdtempSync(join(tmpdir(), "motown-memory-"));
  const file = join(folder, "memory.json");
  const probe = join(import.meta.dirname, "memory-probe.ts");
  const server = await startServer({
    ...options,
    nodeOptions: ["--expose-gc", "--import", probe, ...(options.nodeOptions ?? [])],
    environment: { ...options.environment, MOTOWN_BENCH_MEMORY: file },
  });
  return {
    ...server,
    rssMb: () => mb(sampleProcess(server.pid).rssKb * 1024),
    anonMb: () => {
      const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
      return mb(1024 * Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1]));
    },
    collect: async () => {
      rmSync(file, { force: true });
      process.kill(server.pid, "SIGUSR2");
      const options = { what: "the memory's figures", withinMs: collectWithinMs };
      const text = await whileRunning(server, options, () =>
        existsSync(file) ? readFileSync(file, "utf8") : undefined,
      );
      const { rss, threads } = JSON.parse(text) as { rss: number; threads: ThreadMemory[] };
      return memoryOf(threads, mb(rss));
    },
    stop: async (signal) => {
      await server.stop(signal);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function memoryOf(threads: readonly ThreadMemory[], rssMb: number): Memory {
  const [main] = threads;
  const live = (value: (held: Held) => number) =>
    mb(threads.reduce((sum, { after }) => sum + value(after), 0));
  return {
    rssMb,
    mainHeapMb: mb(main?.after.used ?? Number.NaN),
    heapsMb: live(({ used }) => used),
    externalMb: live(({ external }) => external),
    threads: threads.map(({ thread, before, after }) => ({
      thread,
      ...{ takenMb: mb(before.taken), youngMb: mb(before.young) },
      ...{ liveMb: mb(after.used), externalMb: mb(after.external) },
    })),
  };
}
