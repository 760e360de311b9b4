import type { Clock, Log, StoreFigures } from "#bus";
import { createTally, createTimings, StoreUnavailable, UnitRefused } from "#bus";
import type { Limits } from "#limits";

/** A batch on its way. */
interface Commit<T> {
  /** How much it writes. */
  readonly size: number;
  readonly write: () => Promise<T>;
}

/**
 * Whether the last commit worked, and what all of them came to; while none works, tries by itself
 * until one does.
 */
export function createStoreHealth(
  options: { readonly clock: Clock; readonly limits: Limits; readonly log: Log },
  probe: () => Promise<unknown>,
) {
  const { clock, limits, log } = options;
  const commits = createTimings();
  const failures = createTally(limits.figureReasonsMax);
  let writes = 0;
  let reason: string | undefined;
  let isOver = false;
  let stopProbing = () => {};

  const failed = (error: unknown) => {
    const why = error instanceof StoreUnavailable ? error.reason : String(error);
    if (why !== reason) log.error("the log cannot be written; nothing is acknowledged", { why });
    reason = why;
    failures.add(why);
    stopProbing();
    if (isOver) return;
    stopProbing = clock.after(limits.storeProbeMs, () => {
      // A failed probe has come through `watch`, which plans the next one.
      probe().catch(() => undefined);
    });
  };
  const worked = () => {
    if (reason === undefined) return;
    log.info("the log can be written again");
    reason = undefined;
    stopProbing();
  };
  return {
    watch: async <T>({ size, write }: Commit<T>): Promise<T> => {
      const startedMs = clock.monotonicMs();
      try {
        const result = await write();
        commits.add(clock.monotonicMs() - startedMs);
        writes += size;
        worked();
        return result;
      } catch (error) {
        // The disk was not asked for anything that it could have refused.
        if (error instanceof UnitRefused) failures.add("a unit that no store can take");
        else failed(error);
        throw error;
      }
    },
    now: () => (reason === undefined ? { ok: true } : { ok: false, reason }),
    figures: (waiting: number): StoreFigures => ({
      ...{ commits, writes, waiting },
      failures: failures.counts(),
    }),
    lost: (why: Error) => {
      isOver = true;
      failed(why);
    },
    close: () => {
      isOver = true;
      stopProbing();
    },
  };
}
