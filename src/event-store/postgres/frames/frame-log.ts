import type { Clock, FrameLog } from "#bus";
import { type DatabaseOptions, migrate, whyUnavailable } from "#postgres";
import { createQueuedFrameLog } from "../../frame-outbox.ts";
import { frameSettings } from "./frame-schema.ts";
import { FrameTables } from "./frame-tables.ts";

/** Opens the frames of a database; their tables are made where they are missing. */
export async function openPostgresFrameLog(
  options: DatabaseOptions & { readonly clock: Clock },
): Promise<FrameLog> {
  await migrate(options, frameSettings);
  const folder = new FrameTables(options);
  const log = createQueuedFrameLog({ ...options, folder, reasonOf: whyUnavailable });
  return {
    ...log,
    close: async () => {
      await log.close();
      await folder.close();
    },
  };
}
