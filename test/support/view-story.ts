// Stories of views: these events happened, so this is what a query answers.
import { Value } from "@sinclair/typebox/value";
import type { StoredEvent, ViewRow, ViewStore } from "#bus";
import type { EventMeta, EventType } from "#core";
import { type EventDataOf, eventRowOf } from "#core";
import { openSqliteViewStore } from "#event-store";
import { limitsWith } from "#limits";
import {
  createProjector,
  createQueries,
  type EventSource,
  itemSchema,
  type Projector,
  type Queries,
  type View,
  views,
} from "#views";
import "./story.ts";

/** A log that a test writes by hand; what is written must have the shape of its event. */
export interface WrittenLog extends EventSource {
  readonly events: StoredEvent[];
  write<T extends EventType>(
    stream: string,
    type: T,
    data: EventDataOf<T>,
    meta?: Partial<EventMeta>,
  ): number;
}

/** An empty log. Instants of recording are one second apart. */
export function writtenLog(): WrittenLog {
  const events: StoredEvent[] = [];
  const versions = new Map<string, number>();
  return {
    events,
    head: async () => events.length,
    readAll: async ({ after, limit }) => events.slice(after, after + limit),
    write: (stream, type, data, meta = {}) => {
      const row = eventRowOf(type);
      if (row === undefined) throw new Error(`no row for ${type}`);
      const wrong = Value.Errors(row.data, data).First();
      if (wrong !== undefined) throw new Error(`${type}${wrong.path}: ${wrong.message}`);
      const position = events.length + 1;
      const version = (versions.get(stream) ?? 0) + 1;
      versions.set(stream, version);
      const recordedAt = new Date(Date.UTC(2026, 4, 4, 10, 0, position)).toISOString();
      const whole = { recordedAt, actor: { kind: "system", id: "test" }, ...meta };
      const text = { data: JSON.stringify(data), meta: JSON.stringify(whole) };
      events.push({ position, stream, version, type, schema: row.schema, ...text });
      return position;
    },
  };
}

export const testLimits = limitsWith({ viewWaitMs: 4_000, projectorRetryMs: 1 });

/** Time for tests of views: real, and short. */
const clock = {
  monotonicMs: () => performance.now(),
  after: (delayMs: number, callback: () => void) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Lines that were logged. */
export function listeningLog() {
  const lines: { level: string; message: string; fields?: unknown }[] = [];
  const at = (level: string) => (message: string, fields?: unknown) => {
    lines.push({ level, message, fields });
  };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Views over a log, as a program would have them. */
export interface Viewed {
  readonly projector: Projector;
  readonly queries: Queries;
  readonly store: ViewStore;
  readonly log: ReturnType<typeof listeningLog>;
  /** Leads all that was written through the views. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Opens views over a log, by default all of them and in memory. */
export async function viewsOver(
  source: EventSource,
  options: {
    readonly store?: ViewStore;
    readonly views?: Readonly<Record<string, View>>;
    readonly limits?: Partial<typeof testLimits>;
  } = {},
): Promise<Viewed> {
  const store = options.store ?? memoryViews();
  const shown = options.views ?? views;
  const limits = { ...testLimits, ...options.limits };
  const log = listeningLog();
  const projector = createProjector({
    source,
    store,
    views: Object.values(shown),
    limits,
    clock,
    log,
  });
  const queries = createQueries({
    store: projector,
    views: shown,
    passed: projector.passed,
    limits,
  });
  await projector.start();
  return {
    projector,
    queries,
    store,
    log,
    caughtUp: async () => {
      const passed = await projector.passed(await source.head());
      if (!passed) throw new Error(`the views stand still: ${JSON.stringify(projector.health())}`);
    },
    close: async () => {
      await projector.stop();
      await store.close();
    },
  };
}

/** An empty store of views in memory. */
export function memoryViews(): ViewStore {
  return openSqliteViewStore(":memory:", testLimits);
}

/** What a query answers after these events; items must have the shape that their view declares. */
export async function asked<T>(
  source: EventSource,
  question: (queries: Queries) => Promise<T>,
): Promise<T> {
  const viewed = await viewsOver(source);
  await viewed.caughtUp();
  const answer = await question(viewed.queries);
  await viewed.close();
  return answer;
}

/** All items of a view, each checked against the shape that the view declares. */
export async function itemsOf(
  source: EventSource,
  name: keyof typeof views,
  query: Parameters<Queries["list"]>[1] = {},
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const page = await asked(source, (queries) => queries.list(name, query));
  if ("invalid" in page) throw new Error(`${page.invalid}: ${page.reason}`);
  const schema = itemSchema(views[name]);
  for (const item of page.items) {
    const told = JSON.parse(JSON.stringify(item)) as unknown;
    const wrong = Value.Errors(schema, told).First();
    if (wrong !== undefined) throw new Error(`${name}${wrong.path}: ${wrong.message}`);
  }
  return page.items;
}

/** Every row of every table, as the store has it. */
export async function allRows(
  projector: Pick<Projector, "query">,
): Promise<Readonly<Record<string, readonly ViewRow[]>>> {
  const tables: Record<string, readonly ViewRow[]> = {};
  for (const { table } of Object.values<View>(views)) {
    const order = table.key.map((column) => `"${column}"`).join(", ");
    const sql = `select * from "${table.name}" order by ${order}`;
    tables[table.name] = await projector.query({ sql, parameters: [] });
  }
  return tables;
}
