import { parentPort, workerData } from "node:worker_threads";
import { StoreProblem } from "#store-problem";

// A call to a worker and its answer: a number, a name, arguments; the number and the outcome.
// Nothing here loads the bus: a thread that knows SQLite alone is up in a fraction of the time.

// A table of functions of many shapes, each typed where it is written: never is what all can take.
type AnyHandler = (...args: never[]) => unknown;

/** What a worker can be asked. */
export type Handlers = Readonly<Record<string, AnyHandler>>;

/** A call on its way to a worker. */
export type Call = readonly [id: number, name: string, args: readonly unknown[]];
/** Its answer on the way back. */
export type Reply = readonly [id: number, failure: Failure | null, value: unknown];

/** An error on its way between threads. */
export interface Failure {
  readonly message: string;
  /** Present where a commit failed, or where the store cannot be opened. */
  readonly reason?: string;
  /** Present where one of its units is the reason. */
  readonly isOfUnit?: boolean;
  readonly problem?: StoreProblem["code"];
}

/** Number of the reply that says whether the worker came up. */
export const openingId = 0;

/**
 * A commit failed, in plain words: a `StoreUnavailable` once it has reached the main thread, or a
 * `UnitRefused` where the reason is one of its units.
 */
export class CommitFailed extends Error {
  override readonly name = "CommitFailed";
  readonly isOfUnit: boolean;

  constructor(reason: string, isOfUnit: boolean) {
    super(reason);
    this.isOfUnit = isOfUnit;
  }
}

/** Runs in a worker: opens what it works on, then answers calls one after the other. */
export async function serveCalls<Settings>(
  open: (settings: Settings) => Promise<Handlers>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("serveCalls runs in a worker");
  let handlers: Handlers;
  try {
    handlers = await open(workerData as Settings);
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
    return [id, null, await handler(...(args as never[]))];
  } catch (error) {
    return [id, failureOf(error), undefined];
  }
}

/** What cannot be sent is a bug: it ends the thread, and with it every call that waits. */
function raise(error: unknown): never {
  throw error;
}

function failureOf(error: unknown): Failure {
  if (error instanceof CommitFailed) {
    const { message, isOfUnit } = error;
    return { message, reason: message, isOfUnit };
  }
  if (error instanceof StoreProblem) return { message: error.message, problem: error.code };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
