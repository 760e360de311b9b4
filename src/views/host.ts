// Views in a thread of their own: projector and store live there and read the log themselves; the
// main thread sends wake-ups and questions. Both sides speak through any port that carries
// messages.
import type { Log, ViewQuery, ViewRow, ViewValue } from "#bus";
import type { Projector, Rebuilt, ViewsHealth } from "./projector.ts";
import type { BadQuery, Item, ListQuery, Page, Queries } from "./queries.ts";
import type { Tally, TallyQuery } from "./tally.ts";

/** One end of a channel between two threads. */
export interface MessageChannelEnd {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
}

/** The views as the main thread knows them. */
export interface HostedViews extends Queries {
  /** The log has grown to this position. */
  wake(position: number): void;
  query(query: ViewQuery): Promise<readonly ViewRow[]>;
  health(): Promise<ViewsHealth>;
  rebuild(): Promise<Rebuilt>;
  /** Finishes what is in flight and closes the store. */
  stop(): Promise<void>;
  /** The thread is gone: everything that waits for it fails. */
  lost(reason: string): void;
}

/** What the thread does when it is asked. */
export interface ViewsService {
  readonly projector: Pick<Projector, "wake" | "passed" | "query" | "health">;
  readonly queries: Pick<Queries, "list" | "get" | "tally">;
  readonly rebuild: () => Promise<Rebuilt>;
  readonly stop: () => Promise<void>;
}

type Question =
  | readonly ["list", string, ListQuery]
  | readonly ["get", string, readonly ViewValue[]]
  | readonly ["tally", string, TallyQuery]
  | readonly ["passed", number]
  | readonly ["query", ViewQuery]
  | readonly ["health"]
  | readonly ["rebuild"]
  | readonly ["stop"];

type ToViews = { readonly wake: number } | { readonly id: number; readonly question: Question };

type FromViews =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string }
  | { readonly level: LogLevel; readonly message: string; readonly fields: LogFields };

type LogLevel = keyof Log;
type LogFields = Readonly<Record<string, unknown>>;

/** Serves the views to the other end. */
export function serveViews(end: MessageChannelEnd, service: ViewsService): void {
  end.on("message", (received) => {
    const message = received as ToViews;
    if ("wake" in message) {
      service.projector.wake(message.wake);
      return;
    }
    const { id, question } = message;
    answerOf(question, service).then(
      (answer) => end.postMessage({ id, answer } satisfies FromViews),
      (error: unknown) => end.postMessage({ id, failure: textOf(error) } satisfies FromViews),
    );
  });
}

/** The log of the views' thread: its lines are written by the main thread. */
export function remoteLog(end: MessageChannelEnd): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) =>
      end.postMessage({ level, message, fields } satisfies FromViews);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** The main thread's end. */
export function hostedViews(end: MessageChannelEnd, log: Log): HostedViews {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let gone: string | undefined;
  end.on("message", (received) => {
    const message = received as FromViews;
    if ("level" in message) {
      log[message.level](message.message, message.fields);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ("failure" in message) asked?.reject(new Error(message.failure));
    else asked?.resolve(message.answer);
  });
  const ask = <Answer>(...question: Question): Promise<Answer> =>
    new Promise<unknown>((resolve, reject) => {
      if (gone !== undefined) return reject(new Error(gone));
      last += 1;
      waiting.set(last, { resolve, reject });
      end.postMessage({ id: last, question } satisfies ToViews);
    }) as Promise<Answer>;
  return {
    wake: (position) => end.postMessage({ wake: position } satisfies ToViews),
    list: (view, query = {}) => ask<Page | BadQuery>("list", view, query),
    get: (view, key) => ask<Item | undefined>("get", view, key),
    tally: (view, asked) => ask<readonly Tally[]>("tally", view, asked),
    passed: (position) => ask<boolean>("passed", position),
    query: (query) => ask<readonly ViewRow[]>("query", query),
    health: () => ask<ViewsHealth>("health"),
    rebuild: () => ask<Rebuilt>("rebuild"),
    stop: () => ask<void>("stop"),
    lost: (reason) => {
      gone ??= `the views' thread has ended: ${reason}`;
      for (const { reject } of waiting.values()) reject(new Error(gone));
      waiting.clear();
    },
  };
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

async function answerOf(question: Question, service: ViewsService): Promise<unknown> {
  const { projector, queries } = service;
  switch (question[0]) {
    case "list":
      return queries.list(question[1], question[2]);
    case "get":
      return queries.get(question[1], question[2]);
    case "tally":
      return queries.tally(question[1], question[2]);
    case "passed":
      return projector.passed(question[1]);
    case "query":
      return projector.query(question[1]);
    case "health":
      return projector.health();
    case "rebuild":
      return service.rebuild();
    case "stop":
      return service.stop();
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
