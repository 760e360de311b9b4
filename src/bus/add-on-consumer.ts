import { addOnActor, type EventEnvelope, streams, systemActor } from "#core";
import type { AddOn, AddOnContext } from "./add-on.ts";
import type { Bus, Environment } from "./bus.ts";
import { decode } from "./codec.ts";
import { stationOfStream } from "./command-bus.ts";
import { positionOf } from "./cursor.ts";
import { createMailboxes } from "./mailboxes.ts";
import type { EventStore, StoredEvent } from "./ports/event-store.ts";
import type { ViewItem, ViewReader } from "./ports/view-reader.ts";
import { instantAfter } from "./system-instant.ts";

/** One add-on's reactions: from its checkpoint on, in order per station, each until it worked. */
export interface AddOnConsumer {
  readonly name: string;
  start(): Promise<void>;
  /** There may be something to react to. */
  wake(): void;
  /** Resolves when everything committed so far was reacted to. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** What an add-on's consumer and its answers need. */
export interface AddOnParts {
  readonly addOn: AddOn;
  readonly bus: Bus;
  readonly store: EventStore;
  readonly views: ViewReader;
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, unknown>>;
}

const pageSize = 200;
const system = systemActor("add-on-host");

/** What an add-on sees during one reaction or answer; `cause` ties its dispatches to one event. */
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
    dispatch: (dispatch, command) => {
      const position = cause === undefined ? undefined : cause.cursor.padStart(16, "0");
      return bus.commands.execute({
        actor: addOnActor(name, grants.commands),
        station: stationOfStream(command.stream),
        commands: [command],
        causationId: cause?.cursor,
        correlationId: command.correlationId ?? cause?.meta.correlationId,
        receipt:
          position === undefined
            ? undefined
            : {
                id: `add-on ${position} ${name} ${dispatch}`,
                expiresAt: instantAfter(now, environment.limits.receiptDays * 86_400_000),
              },
        answer: () => "",
      });
    },
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

/** Runs an add-on's reactions. */
export function createAddOnConsumer(parts: AddOnParts): AddOnConsumer {
  const { addOn, bus, store, environment } = parts;
  const { clock, limits, log } = environment;
  const { name } = addOn;
  const types = Object.keys(addOn.on ?? {});
  const mailboxes = createMailboxes();
  /** Partition to the position of the event that waits there for a person. */
  const parked = new Map<string, number>();
  let checkpoint = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function drain(): Promise<void> {
    do {
      again = false;
      const head = await store.head();
      const page = await store.readAll({ after: checkpoint, limit: pageSize, types });
      await Promise.all(page.map((stored) => handle(stored)));
      const last = page.at(-1)?.position;
      const full = page.length === pageSize;
      checkpoint = full && last !== undefined ? last : Math.max(head, last ?? 0, checkpoint);
      await store.saveCheckpoint({ consumer: `add-on/${name}`, position: checkpoint });
      again ||= full;
    } while (again && !stopped);
  }

  function handle(stored: StoredEvent): Promise<void> {
    const partition = stationOfStream(stored.stream) ?? stored.stream;
    return mailboxes.run(partition, async () => {
      if (!parked.has(partition)) await react(decode(stored), { partition, stored });
    });
  }

  async function react(
    event: EventEnvelope,
    where: { readonly partition: string; readonly stored: StoredEvent },
  ): Promise<void> {
    const reaction = addOn.on?.[event.type as keyof typeof addOn.on] as
      | ((event: EventEnvelope, context: AddOnContext) => Promise<void>)
      | undefined;
    if (reaction === undefined) return;
    for (let attempt = 1; !stopped; attempt++) {
      try {
        await reaction(event, contextOf(parts, event));
        return;
      } catch (error) {
        log.warn("An add-on failed on an event", {
          addOn: name,
          event: event.type,
          attempt,
          error,
        });
        if (attempt >= limits.addOnAttemptsMax) return park(event, { ...where, attempt, error });
        await pause(limits.addOnBackoffMs * 2 ** (attempt - 1));
      }
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      clock.after(milliseconds, resolve);
    });
  }

  async function park(
    event: EventEnvelope,
    failure: {
      readonly partition: string;
      readonly stored: StoredEvent;
      readonly attempt: number;
      readonly error: unknown;
    },
  ): Promise<void> {
    const { partition, stored, attempt, error } = failure;
    parked.set(partition, stored.position);
    const data = {
      partition,
      cursor: event.cursor,
      eventType: event.type,
      attempts: attempt,
      error: String(error).slice(0, 2000),
      at: clock.now(),
    };
    const stream = streams.addOn(name);
    await bus.commands.execute({
      actor: system,
      commands: [{ stream, type: "ParkAddOnEvent", data }],
    });
  }

  /** Takes a partition up again, from the event that was parked. */
  async function release(partition: string): Promise<void> {
    const from = parked.get(partition);
    if (from === undefined) return;
    parked.delete(partition);
    const until = checkpoint;
    for (let after = from - 1; after < until; ) {
      const page = await store.readAll({ after, limit: pageSize, types });
      for (const stored of page) {
        after = stored.position;
        const own = (stationOfStream(stored.stream) ?? stored.stream) === partition;
        if (own && stored.position <= until) await handle(stored);
      }
      if (page.length < pageSize) break;
    }
  }

  async function recoverParked(): Promise<void> {
    const stream = streams.addOn(name);
    for (let afterVersion = 0; ; ) {
      const page = await store.readStream({ stream, afterVersion, limit: pageSize });
      for (const stored of page) {
        const { partition, cursor } = JSON.parse(stored.data) as Record<string, string>;
        if (partition === undefined || cursor === undefined) continue;
        if (stored.type === "AddOnEventParked") parked.set(partition, positionOf(cursor) ?? 0);
        else parked.delete(partition);
      }
      afterVersion += page.length;
      if (page.length < pageSize) return;
    }
  }

  function wake(): void {
    again = true;
    if (running !== undefined || stopped || types.length === 0) return;
    running = drain()
      .catch((error: unknown) => log.error("An add-on's consumer stopped", { addOn: name, error }))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    name,
    wake,
    start: async () => {
      checkpoint = await store.checkpoint(`add-on/${name}`);
      await recoverParked();
      bus.events.subscribe((events) => {
        for (const event of events) {
          if (event.type === "AddOnEventReleased" && event.stream === streams.addOn(name)) {
            const { partition } = event.data as { readonly partition: string };
            void release(partition).catch((error: unknown) =>
              log.error("A parked event could not be taken up again", { addOn: name, error }),
            );
          }
          if (types.includes(event.type)) wake();
        }
      });
      wake();
    },
    idle: async () => {
      while (running !== undefined) await running;
    },
    stop: async () => {
      stopped = true;
      while (running !== undefined) await running;
      // Nothing that was missed is skipped: the checkpoint says how far it came.
      await store.saveCheckpoint({ consumer: `add-on/${name}`, position: checkpoint });
    },
  };
}
