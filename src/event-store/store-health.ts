import type { Clock, Log } from "#bus";
import { StoreUnavailable, UnitRefused } from "#bus";
import type { Limits } from "#limits";

/** Whether the last commit worked; while it did not, tries by itself until one does. */
export function createStoreHealth(
  options: { readonly clock: Clock; readonly limits: Limits; readonly log: Log },
  probe: () => Promise<unknown>,
) {
  const { clock, limits, log } = options;
  let reason: string | undefined;
  let isOver = false;
  let stopProbing = () => {};

  const failed = (error: unknown) => {
    const why = error instanceof StoreUnavailable ? error.reason : String(error);
    if (why !== reason) log.error("the log cannot be written; nothing is acknowledged", { why });
    reason = why;
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
    watch: async <T>(write: () => Promise<T>): Promise<T> => {
      try {
        const result = await write();
        worked();
        return result;
      } catch (error) {
        // The disk was not asked for anything that it could have refused.
        if (!(error instanceof UnitRefused)) failed(error);
        throw error;
      }
    },
    now: () => (reason === undefined ? { ok: true } : { ok: false, reason }),
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
