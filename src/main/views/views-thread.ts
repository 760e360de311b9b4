// The views' thread loads as much code as the main thread. Begun first, it loads beside it.
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";

const file = new URL("./projector-worker.ts", import.meta.url);
let loading: Worker | undefined;

/** Begins to load the thread before it is known what it will work on. Holds no process up. */
export function loadViewsThread(): void {
  loading ??= new Worker(file, { name: "motown-views" });
  loading.unref();
}

/** Starts the thread on what it works on; it is spoken to through the port. */
export function takeViewsThread(settings: unknown): { worker: Worker; port: MessagePort } {
  loadViewsThread();
  const worker = loading as Worker;
  loading = undefined;
  worker.ref();
  const { port1: port, port2: itsPort } = new MessageChannel();
  worker.postMessage({ settings, port: itsPort }, [itsPort]);
  return { worker, port };
}

/** Ends a thread that nobody has taken: a log in memory has its views beside it. */
export async function dropViewsThread(): Promise<void> {
  await loading?.terminate();
  loading = undefined;
}
