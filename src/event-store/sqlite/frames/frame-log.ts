import type { FrameLog } from "#bus";
import { createQueuedFrameLog, type QueuedFrameLogOptions } from "../../frame-outbox.ts";
import { reasonOf } from "../opening/sqlite-errors.ts";

/** Frames on their way to a folder of SQLite files. */
export function createSqliteFrameLog(options: Omit<QueuedFrameLogOptions, "reasonOf">): FrameLog {
  return createQueuedFrameLog({ ...options, reasonOf });
}
