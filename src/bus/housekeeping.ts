import type { Environment } from "./bus.ts";
import type { LeasedWork } from "./leases.ts";
import type { EventStore } from "./ports/event-store.ts";
import type { FrameLog } from "./ports/frame-log.ts";
import { instantAfter } from "./system-instant.ts";

/** Lets go of what has served its time: receipts past their expiry, days of frames. */
export interface Housekeeping extends LeasedWork {
  start(): void;
  /** One round, for tests and for whoever cannot wait. */
  tidyUp(): Promise<void>;
}

const dayMs = 86_400_000;
/** Each looks through a bounded part of the receipts; together they go once round within hours. */
const looksPerRound = 10;
const receiptsPerLook = 1000;

export function createHousekeeping(parts: {
  readonly store: Pick<EventStore, "dropExpiredReceipts">;
  readonly frames: Pick<FrameLog, "dropBefore">;
  readonly environment: Environment;
}): Housekeeping {
  const { store, frames, environment } = parts;
  const { clock, limits, log } = environment;
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function tidyUp(): Promise<void> {
    const now = clock.now();
    await frames.dropBefore(instantAfter(now, -limits.frameDays * dayMs).slice(0, 10));
    for (let look = 0; look < looksPerRound && !stopped; look++) {
      await store.dropExpiredReceipts({ now, limit: receiptsPerLook });
    }
  }

  function schedule(): void {
    cancel = clock.after(limits.housekeepingMs, () => {
      running = tidyUp()
        .catch((error: unknown) => log.error("Old receipts and frames could not go", { error }))
        .finally(() => {
          running = undefined;
          if (!stopped) schedule();
        });
    });
  }

  return {
    name: "housekeeping",
    tidyUp,
    start: () => {
      stopped = false;
      schedule();
    },
    stop: async () => {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
