import { Worker } from "node:worker_threads";
import { StoreUnavailable, UnitRefused } from "#bus";
import { StoreProblem } from "#store-problem";
import { type Call, type Failure, type Handlers, openingId, type Reply } from "./worker-server.ts";

function errorOf(failure: Failure): Error {
  if (failure.isOfUnit === true) return new UnitRefused(failure.message);
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
  #lost: ((why: Error) => void) | undefined;

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
    /** Milliseconds that opening may take. */
    readonly openMs: number;
    /** Called once it has opened and then ends without having been stopped. */
    readonly lost?: ((why: Error) => void) | undefined;
  }): Promise<WorkerCalls<H>> {
    const worker = new Worker(options.file, { workerData: options.settings, name: options.name });
    const calls = new WorkerCalls<H>(worker);
    const late = `it did not open within ${options.openMs} ms`;
    const timer = setTimeout(() => calls.#end(late), options.openMs);
    try {
      await calls.#reply(calls.#nextId++);
      calls.#lost = options.lost;
      return calls;
    } catch (error) {
      await worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
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
    this.#lost = undefined;
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
    this.#lost?.(this.#gone);
    this.#lost = undefined;
  }
}
