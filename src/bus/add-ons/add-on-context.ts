import { addOnActor, type EventEnvelope, stationOfStream } from "#core";
import type { Bus, Environment } from "../bus.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { ViewItem, ViewReader } from "../ports/view-reader.ts";
import type { Asking } from "../questions.ts";
import { instantAfter } from "../system-instant.ts";
import type { AddOn, AddOnContext } from "./add-on.ts";

/** What an add-on's reactions and answers need. */
export interface AddOnParts {
  readonly addOn: AddOn;
  readonly bus: Bus;
  readonly store: EventStore;
  readonly views: ViewReader;
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What an add-on sees during one reaction; `cause` ties its dispatches to one event. */
export function contextOf(parts: AddOnParts, cause?: EventEnvelope): AddOnContext {
  const { addOn, bus, store, views, environment, settings } = parts;
  const { name, grants } = addOn;
  const now = environment.clock.now();
  const granted = (view: string): void => {
    if (!grants.queries.includes(view)) throw new Error(`${name} is not granted the view ${view}`);
  };
  return {
    name,
    now,
    settings,
    dispatch: (dispatch, command) =>
      bus.commands.execute({
        actor: addOnActor(name, grants.commands),
        station: stationOfStream(command.stream),
        commands: [command],
        causationId: cause?.cursor,
        correlationId: command.correlationId ?? cause?.meta.correlationId,
        receipt: cause === undefined ? undefined : receiptOf(parts, { cause, dispatch, now }),
        answer: () => "",
      }),
    list: async (view, query) => {
      granted(view);
      return listAll(views, view, query);
    },
    get: async (view, key) => {
      granted(view);
      return views.get(view, key);
    },
    caughtUp: async () => views.passed(await store.head()),
    tokenValue: async (ref) => {
      if (!grants.questions.includes("AuthorizeToken")) {
        throw new Error(`${name} is not granted token values`);
      }
      return bus.tokens.valueOf(ref);
    },
    newId: () => environment.ids.next(),
    after: (milliseconds) => instantAfter(now, milliseconds),
    log: (level, message, fields) => environment.log[level](message, { addOn: name, ...fields }),
  };
}

/** The same during one answer: while it waits for the store, its time is the store's. */
export function answerContextOf(parts: AddOnParts, { read }: Asking): AddOnContext {
  const context = contextOf(parts);
  return {
    ...context,
    dispatch: (name, command) => read(context.dispatch(name, command)),
    list: (view, query) => read(context.list(view, query)),
    get: (view, key) => read(context.get(view, key)),
    caughtUp: () => read(context.caughtUp()),
    tokenValue: (ref) => read(context.tokenValue(ref)),
  };
}

/**
 * The same (add-on, event, name of the dispatch) has one effect, however often the event is met.
 */
function receiptOf(
  { addOn, environment }: AddOnParts,
  dispatch: { readonly cause: EventEnvelope; readonly dispatch: string; readonly now: string },
): { id: string; expiresAt: string } {
  const place = dispatch.cause.cursor.padStart(16, "0");
  return {
    id: `add-on ${place} ${addOn.name} ${dispatch.dispatch}`,
    expiresAt: instantAfter(dispatch.now, environment.limits.receiptDays * 86_400_000),
  };
}

async function listAll(
  views: ViewReader,
  view: string,
  query: Parameters<AddOnContext["list"]>[1],
): Promise<readonly ViewItem[]> {
  const items: ViewItem[] = [];
  let after: string | undefined;
  do {
    const page = await views.list(view, { ...query, after, limit: query.limit - items.length });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined && items.length < query.limit);
  return items;
}
