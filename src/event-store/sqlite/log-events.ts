import type { EventStore, StoredEvent } from "#bus";
import { createLogReader, type EventColumns } from "./log-reader.ts";
import { openLogReader } from "./log-schema.ts";

/** A log's events, read from its file beside its writer. */
export interface LogEvents extends Pick<EventStore, "head" | "readAll"> {
  close(): void;
}

/** Opens them for whoever builds something of them in a thread that may block. */
export function openLogEvents(path: string): LogEvents {
  const log = openLogReader(path);
  const reader = createLogReader(log);
  return {
    head: async () => reader.head(),
    readAll: async (query) => reader.readAll(query).map(storedEvent),
    close: () => log.close(),
  };
}

/** The driver's columns, in the order in which the reader selects them. */
function storedEvent(row: EventColumns): StoredEvent {
  const [position, stream, version, type, schema, data, meta] = row as [
    number,
    string,
    number,
    string,
    number,
    string,
    string,
  ];
  return { position, stream, version, type, schema, data, meta };
}
