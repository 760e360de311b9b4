// The event store: remembers events, in order, for ever, and beside them frames and views. Adapters
// of the bus's ports; it knows nothing of what an event means. Start reading at sqlite/stores.ts,
// then sqlite/log-writer.ts; memory/log-contents.ts says the same in plain data. For several nodes:
// postgres/log/event-store.ts, then postgres/log/commit-function.ts.
export * from "./memory/event-store.ts";
export * from "./memory/frame-log.ts";
export { emptyLog, type LogContents } from "./memory/log-contents.ts";
export {
  eventPartitionsOf,
  type LeavingKind,
  oldPartitions,
  openLeavingPart,
  positionAt,
} from "./postgres/archive/leaving.ts";
export { openReturningPart } from "./postgres/archive/returning.ts";
export { openPostgresArchive } from "./postgres/archive/source.ts";
export { createPostgresArchive } from "./postgres/archive/target.ts";
export { openPostgresFrameLog } from "./postgres/frames/frame-log.ts";
export {
  createPostgresEventStore,
  type PostgresEventStoreOptions,
} from "./postgres/log/event-store.ts";
export type { EventPartition } from "./postgres/log/partitions.ts";
export { createPostgresViewSchemas, type ViewSchemas } from "./postgres/views/view-schemas.ts";
export { dropPostgresViews, openPostgresViewStore } from "./postgres/views/view-store.ts";
export { createSqliteArchive, openSqliteArchive } from "./sqlite/archive.ts";
export { createSqliteEventStore, type SqliteEventStoreOptions } from "./sqlite/event-store.ts";
export { type LogEvents, openLogEvents } from "./sqlite/log-events.ts";
export { makeDirectory } from "./sqlite/opening/make-directory.ts";
export { isDamaged } from "./sqlite/opening/sqlite-errors.ts";
export { stepBack } from "./sqlite/step-back.ts";
export { openStores, type Stores, type StoresOptions } from "./sqlite/stores.ts";
export { openSqliteViewStore } from "./sqlite/view-store.ts";
