import { type DecidedEvent, type EventEnvelope, type EventMeta, eventRowOf } from "#core";
import { cursorOf } from "../cursor.ts";
import type { NewEvent, StoredEvent } from "../ports/event-store.ts";

/** An event in the log that this release does not know; its stream cannot be decided on here. */
export class UnknownEvent extends Error {
  override readonly name = "UnknownEvent";
  constructor(event: Pick<StoredEvent, "stream" | "version" | "type" | "schema">) {
    const { stream, version, type, schema } = event;
    super(
      `${stream} holds ${type} of schema ${schema} at version ${version}, ` +
        "which this release of Motown does not know. Run a release that does.",
    );
  }
}

/**
 * Data of an older schema turned into the next one, by event type and the older schema's number.
 */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, (data: never) => unknown>>>>;

const noUpcasts: Upcasts = {};

/** Text of an event for the store. */
export function encode(event: DecidedEvent, meta: string): NewEvent {
  const row = eventRowOf(event.type);
  if (row === undefined) throw new Error(`no row for the event ${event.type}`);
  return { type: event.type, schema: row.schema, data: JSON.stringify(event.data), meta };
}

/** An event from the store in its newest shape. */
export function decode(stored: StoredEvent, upcasts: Upcasts = noUpcasts): EventEnvelope {
  const row = eventRowOf(stored.type);
  if (row === undefined || stored.schema > row.schema) throw new UnknownEvent(stored);
  let data: unknown = JSON.parse(stored.data);
  for (let schema = stored.schema; schema < row.schema; schema++) {
    const upcast = upcasts[stored.type]?.[schema];
    if (upcast === undefined) throw new UnknownEvent(stored);
    data = upcast(data as never);
  }
  return envelopeOf(stored, { schema: row.schema, data });
}

/**
 * An event to be shown: one that this release does not know is shown as it is stored. Nothing may
 * be decided by it.
 */
export function readable(stored: StoredEvent): EventEnvelope {
  try {
    return decode(stored);
  } catch (error) {
    if (!(error instanceof UnknownEvent)) throw error;
    return envelopeOf(stored, { schema: stored.schema, data: JSON.parse(stored.data) });
  }
}

function envelopeOf(
  { stream, version, position, type, meta }: StoredEvent,
  { schema, data }: Pick<EventEnvelope, "schema" | "data">,
): EventEnvelope {
  const cursor = cursorOf(position);
  return { stream, version, cursor, type, schema, data, meta: JSON.parse(meta) as EventMeta };
}
