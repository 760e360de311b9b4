import type { Clock } from "#bus";

/** Those who wait until the views have passed a position. */
export interface Waiting {
  /** False: it took too long, or it was given up. */
  until(position: number): Promise<boolean>;
  reached(position: number): void;
  giveUp(): void;
}

/** Everybody's wait has a time limit of its own. */
export function createWaiting(deps: {
  readonly clock: Pick<Clock, "after">;
  readonly limits: { readonly viewWaitMs: number };
}): Waiting {
  const { clock, limits } = deps;
  const waiters = new Set<{ position: number; tell: (passed: boolean) => void }>();
  return {
    until: (position) =>
      new Promise((resolve) => {
        const late = clock.after(limits.viewWaitMs, () => waiter.tell(false));
        const waiter = {
          position,
          tell: (passed: boolean) => {
            late();
            waiters.delete(waiter);
            resolve(passed);
          },
        };
        waiters.add(waiter);
      }),
    reached: (position) => {
      for (const waiter of waiters) if (waiter.position <= position) waiter.tell(true);
    },
    giveUp: () => {
      for (const waiter of waiters) waiter.tell(false);
    },
  };
}
