// The operator API over stores in memory: what a test asks, and what it is answered.
import type { FastifyInstance } from "fastify";
import { createBus, type EventStore, type Faults, noFaults, positionOf } from "#bus";
import { type Actor, type Command, systemActor } from "#core";
import { createMemoryEventStore, createMemoryFrameLog, openSqliteViewStore } from "#event-store";
import type { Limits } from "#limits";
import {
  type ApiParts,
  type Connection,
  type ConnectionAttempt,
  createAccess,
  createOperatorApi,
  ensureFirstAccess,
} from "#operator-api";
import { createProjector, createQueries, views } from "#views";
import { testEnvironment, testIds } from "./environment.ts";

/** An answer of the API. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body, read as JSON. */
  readonly body: ReturnType<typeof JSON.parse>;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The key that tests come in with; it may do everything. */
export const administratorKey = "a-key-that-tests-were-given";

/** A log that nodes share; what they tell each other is lost. */
export interface SharedLog {
  readonly store: EventStore;
  readonly node: string;
}

/** An API over empty stores, with everything that a test may look at or change. */
export async function openApi(
  limits: Partial<Limits> = {},
  given: Partial<ApiParts> & { readonly faults?: Faults; readonly shared?: SharedLog } = {},
) {
  const { faults = noFaults, shared, ...replaced } = given;
  const own = shared === undefined ? {} : { ids: testIds(shared.node) };
  const environment = { ...testEnvironment(limits), ...own };
  const store = shared?.store ?? createMemoryEventStore({ faults });
  const frames = createMemoryFrameLog(environment.limits);
  const bus = createBus({ ...environment, store });
  if (shared !== undefined) await bus.events.follow();
  let viewStore = openSqliteViewStore(":memory:", environment.limits);
  const projector = createProjector({
    ...environment,
    source: store,
    store: viewStore,
    views: Object.values(views),
  });
  await projector.start();
  bus.events.subscribe((events) => projector.wake(positionOf(events.at(-1)?.cursor ?? "") ?? 0));
  const passed = (position: number) => projector.passed(position);
  const queries = createQueries({ store: projector, views, passed, limits: environment.limits });
  const access = createAccess({ ...environment, store, events: bus.events });
  const connections = new Map<string, Connection>();
  const attempts: ConnectionAttempt[] = [];
  const parts: ApiParts = {
    ...environment,
    ...{ bus, store, frames, queries, views, access },
    connections: { of: async (keys) => keys.map((key) => connections.get(key)) },
    attempts: { list: () => attempts },
    viewAdministration: {
      rebuild: () => {
        viewStore = openSqliteViewStore(":memory:", environment.limits);
        return projector.rebuild(viewStore);
      },
    },
    protocols: ["ocpp1.6"],
    checks: { store: () => store.health() },
    version: "0.0.0",
    ...replaced,
  };
  const first = await ensureFirstAccess({ ...parts, presetKey: administratorKey });
  const app = await createOperatorApi(parts);
  return {
    ...{ app, parts, environment, bus, store, frames, connections, attempts, first },
    ...asking(app),
    /** Lets something else than the API act: a station, the clockwork. */
    commit: (commands: readonly Command[], actor: Actor = systemActor("test")) =>
      bus.commands.execute({ actor, commands }),
    close: async () => {
      await app.close();
      bus.events.stop();
      await projector.stop();
      await viewStore.close();
      await store.close();
    },
  };
}

/** An open API of a test. */
export type TestApi = Awaited<ReturnType<typeof openApi>>;

function asking(app: FastifyInstance) {
  const ask = async (method: Method, url: string, asked: Asked = {}): Promise<Answered> => {
    const { headers, body } = asked;
    const answer = await app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${administratorKey}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(answer.headers["content-type"]).includes("json");
    const text = answer.payload;
    const parsed = isJson && !text.includes("\n") && text !== "" ? JSON.parse(text) : undefined;
    return { status: answer.statusCode, headers: answer.headers, text, body: parsed };
  };
  return {
    ask,
    get: (url: string, headers: Record<string, string> = {}) => ask("GET", url, { headers }),
    post: (url: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask("POST", url, { body, headers }),
    put: (url: string, body?: unknown) => ask("PUT", url, { body }),
    remove: (url: string) => ask("DELETE", url),
  };
}

/** The header of a user's name and password. */
export function basic(user: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
