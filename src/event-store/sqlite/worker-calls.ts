import { parentPort, Worker, workerData } from "node:worker_threads";
import { StoreUnavailable } from "#bus";
import { StoreProblem } from "../problem.ts";

// A call to a worker and its answer: a number, a name, arguments; the number and the outcome.

// biome-ignore lint/suspicious/noExplicitAny: a table of functions of many shapes, typed where each is written.
type AnyHandler = (...args: any[]) => unknown;

/** What a worker can be asked. */
export type Handlers = Readonly<Record<string, AnyHandler>>;

type Call = readonly [id: number, name: string, args: readonly unknown[]];
type Reply = readonly [id: number, failure: Failure | null, value: unknown];

/** An error on its way between threads. */
interface Failure {
  readonly message: string;
  /** Present where it is a `StoreUnavailable`, or a `StoreProblem`. */
  readonly reason?: string;
  readonly problem?: StoreProblem["code"];
}

/** Number of the reply that says whether the worker came up. */
const openingId = 0;

/** Runs in a worker: opens what it works on, then answers calls one after the other. */
export function serveCalls<Settings>(open: (settings: Settings) => Handlers): void {
  const port = parentPort;
  if (port === null) throw new Error("serveCalls runs in a worker");
  let handlers: Handlers;
  try {
    handlers = open(workerData as Settings);
  } catch (error) {
    port.postMessage([openingId, failureOf(error), undefined] satisfies Reply);
    return;
  }
  port.on("message", (call: Call) => {
    answer(handlers, call).then((reply) => port.postMessage(reply), raise);
  });
  port.postMessage([openingId, null, undefined] satisfies Reply);
}

async function answer(handlers: Handlers, [id, name, args]: Call): Promise<Reply> {
  try {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`the worker has no ${name}`);
    return [id, null, await handler(...args)];
  } catch (error) {
    return [id, failureOf(error), undefined];
  }
}

/** What cannot be sent is a bug: it ends the thread, and with it every call that waits. */
function raise(error: unknown): never {
  throw error;
}

function failureOf(error: unknown): Failure {
  if (error instanceof StoreUnavailable) return { message: error.message, reason: error.reason };
  if (error instanceof StoreProblem) return { message: error.message, problem: error.code };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function errorOf(failure: Failure): Error {
  if (failure.reason !== undefined) return new StoreUnavailable(failure.reason);
  if (failure.problem !== undefined) return new StoreProblem(failure.problem, failure.message);
  return new Error(failure.message);
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The main side of a worker: calls it, and knows when it is gone. */
export class WorkerCalls<H extends Handlers> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = openingId;
  #gone: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (reply: Reply) => this.#settle(reply));
    worker.on("error", (error: Error) => this.#end(error.message));
    worker.on("exit", () => this.#end("it was closed"));
  }

  /** Starts a worker and waits until it has opened what it works on. */
  static async start<H extends Handlers>(options: {
    readonly file: URL;
    readonly settings: unknown;
    readonly name: string;
  }): Promise<WorkerCalls<H>> {
    const worker = new Worker(options.file, { workerData: options.settings, name: options.name });
    const calls = new WorkerCalls<H>(worker);
    try {
      await calls.#reply(calls.#nextId++);
      return calls;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  call<N extends keyof H & string>(
    name: N,
    ...args: Parameters<H[N]>
  ): Promise<Awaited<ReturnType<H[N]>>> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const id = this.#nextId++;
    this.#worker.postMessage([id, name, args] satisfies Call);
    return this.#reply(id);
  }

  /** Ends the worker; what it still owes is rejected. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #reply<T>(id: number): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #settle([id, failure, value]: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === null) waiting?.resolve(value as never);
    else waiting?.reject(errorOf(failure));
  }

  #end(why: string): void {
    this.#gone ??= new StoreUnavailable(`the store's thread has ended: ${why}`);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone);
    this.#waiting.clear();
  }
}
