import type { AddOnContext, ExecutionResult, ViewItem } from "#bus";
import type { Command } from "#core";

/** What an add-on did, and what it may find, in a test without a bus. */
export interface FakeContext extends AddOnContext {
  readonly dispatched: readonly { readonly name: string; readonly command: Command }[];
  readonly logged: readonly string[];
}

/** A context whose views hold just these items, by view and joined key. */
export function fakeContext(given: {
  readonly now?: string;
  readonly views?: Readonly<Record<string, Readonly<Record<string, ViewItem>>>>;
  readonly tokens?: Readonly<Record<string, string>>;
}): FakeContext {
  const { now = "2026-05-04T10:00:00.000Z", views = {}, tokens = {} } = given;
  const dispatched: { name: string; command: Command }[] = [];
  const logged: string[] = [];
  let ids = 0;
  return {
    name: "test",
    now,
    settings: {},
    dispatched,
    logged,
    dispatch: async (name, command): Promise<ExecutionResult> => {
      dispatched.push({ name, command });
      return { status: "committed", cursor: "0-1", events: [] };
    },
    get: async (view, key) => views[view]?.[key.join(" ")],
    list: async (view, { filter = {}, limit }) => {
      const fits = (item: ViewItem) =>
        Object.entries(filter).every(([name, value]) => item[name] === value);
      return Object.values(views[view] ?? {})
        .filter(fits)
        .slice(0, limit);
    },
    caughtUp: async () => {},
    tokenValue: async (ref) => tokens[ref],
    newId: () => `id-${++ids}`,
    after: (milliseconds) => new Date(Date.parse(now) + milliseconds).toISOString(),
    log: (_level, message) => {
      logged.push(message);
    },
  };
}
