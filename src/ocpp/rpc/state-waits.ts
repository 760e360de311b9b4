import type { Clock, CommandBus } from "#bus";
import type { StationKey, StationState } from "#core";

interface Waiter {
  readonly until: (state: StationState) => boolean;
  readonly done: (state: StationState) => void;
}

/** Those who wait until a station's state is as they want it. */
export interface StateWaits {
  /** The state once it fits, or as it is when the time is over. */
  wait(
    key: StationKey,
    given: { readonly until: (state: StationState) => boolean; readonly waitMs: number },
  ): Promise<StationState>;
  /** A station's state has changed. */
  changed(key: StationKey): void;
  /** Whether anybody waits at all. */
  idle(): boolean;
}

export function createStateWaits(commands: CommandBus, clock: Clock): StateWaits {
  const waiters = new Map<StationKey, Set<Waiter>>();

  function remove(key: StationKey, waiter: Waiter): void {
    const others = waiters.get(key);
    others?.delete(waiter);
    if (others?.size === 0) waiters.delete(key);
  }

  return {
    idle: () => waiters.size === 0,
    changed: (key) => {
      const state = commands.stationNow(key);
      if (state === undefined) return;
      for (const waiter of [...(waiters.get(key) ?? [])]) {
        if (waiter.until(state)) waiter.done(state);
      }
    },
    wait: async (key, { until, waitMs }) => {
      const now = await commands.station(key);
      if (until(now)) return now;
      const fitting = await new Promise<StationState | undefined>((resolve) => {
        const cancel = clock.after(waitMs, () => finish(undefined));
        const waiter: Waiter = { until, done: (state) => finish(state) };
        const finish = (state: StationState | undefined) => {
          cancel();
          remove(key, waiter);
          resolve(state);
        };
        const others = waiters.get(key) ?? new Set();
        waiters.set(key, others.add(waiter));
      });
      return fitting ?? commands.station(key);
    },
  };
}
