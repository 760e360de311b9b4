// Loaded into every thread of a measured server (`node --import`): on SIGUSR2 each of them notes
// what it holds, collects its garbage and notes what is left; the main thread writes it down. The
// program itself stays as it is.
import { renameSync, writeFileSync } from "node:fs";
import { getHeapSpaceStatistics, getHeapStatistics } from "node:v8";
import { BroadcastChannel, isMainThread, threadName } from "node:worker_threads";

/** Bytes of one thread. */
export interface Held {
  /** Of its heap, in use or not collected yet. */
  readonly used: number;
  /** Taken from the system for the heap, and not given back. */
  readonly taken: number;
  /** Of these, for what was just made: V8 keeps as much as the busiest moment wanted. */
  readonly young: number;
  /** Buffers that the heap's values own beside it. */
  readonly external: number;
}

/** One thread, before a collection and after it. */
export interface ThreadMemory {
  readonly thread: string;
  readonly before: Held;
  readonly after: Held;
}

/** Until the slowest thread has collected. */
const collectMs = 2_000;
const channel = new BroadcastChannel("motown-memory");
channel.unref();

function held(): Held {
  const heap = getHeapStatistics();
  const young = getHeapSpaceStatistics().filter(({ space_name }) => space_name.startsWith("new_"));
  return {
    used: heap.used_heap_size,
    taken: heap.total_physical_size,
    young: young.reduce((sum, space) => sum + space.physical_space_size, 0),
    external: heap.external_memory,
  };
}

function collected(): ThreadMemory {
  const before = held();
  // Twice: what the first finds with finalizers, the second frees.
  globalThis.gc?.();
  globalThis.gc?.();
  return { thread: isMainThread ? "main" : (threadName ?? ""), before, after: held() };
}

if (isMainThread) {
  let answers: ThreadMemory[] = [];
  channel.onmessage = (event) => answers.push((event as { data: ThreadMemory }).data);
  process.on("SIGUSR2", () => {
    answers = [];
    channel.postMessage("collect");
    const own = collected();
    setTimeout(() => {
      const file = process.env.MOTOWN_BENCH_MEMORY ?? "";
      const threads = [own, ...answers];
      writeFileSync(`${file}.new`, JSON.stringify({ rss: process.memoryUsage.rss(), threads }));
      renameSync(`${file}.new`, file);
    }, collectMs);
  });
} else {
  channel.onmessage = (event) => {
    if ((event as { data: unknown }).data === "collect") channel.postMessage(collected());
  };
}
