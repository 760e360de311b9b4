// Loaded into every thread of a measured server (`node --import`): on SIGUSR2 all of them collect
// their garbage, and the main thread writes down what is left. The program itself stays as it is.
import { renameSync, writeFileSync } from "node:fs";
import { BroadcastChannel, isMainThread, threadId } from "node:worker_threads";

interface Collected {
  readonly thread: number;
  readonly heapUsed: number;
  readonly heapTotal: number;
  readonly external: number;
}

/** Until the slowest thread has collected. */
const collectMs = 2_000;
const channel = new BroadcastChannel("motown-memory");
channel.unref();

function collected(): Collected {
  // Twice: what the first finds with finalizers, the second frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, heapTotal, external } = process.memoryUsage();
  return { thread: threadId, heapUsed, heapTotal, external };
}

if (isMainThread) {
  let answers: Collected[] = [];
  channel.onmessage = (event) => answers.push((event as { data: Collected }).data);
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
