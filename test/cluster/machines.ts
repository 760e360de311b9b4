// Parts of a world with several nodes: clocks and stores of machines that may stand still.
import type { Clock, EventStore } from "#bus";

/** A clock whose timers wait while the machine stands still; time itself goes on. */
export interface HeldClock extends Clock {
  hold(): void;
  /** What became due in the meantime is called now, in its order. */
  goOn(): void;
}

/** The clock of a machine that may stand still. */
export function heldClock(clock: Clock): HeldClock {
  let isHeld = false;
  let due: { readonly callback: () => void }[] = [];
  return {
    now: clock.now,
    monotonicMs: clock.monotonicMs,
    after: (delayMs, callback) => {
      const timer = { callback };
      const cancel = clock.after(delayMs, () => {
        if (isHeld) due.push(timer);
        else callback();
      });
      return () => {
        cancel();
        due = due.filter((one) => one !== timer);
      };
    },
    hold: () => {
      isHeld = true;
    },
    goOn: () => {
      isHeld = false;
      for (let timer = due.shift(); timer !== undefined; timer = due.shift()) timer.callback();
    },
  };
}

/** A store as a machine sees it that may stand still: it hears of nothing until it goes on. */
export function heldStore(store: EventStore) {
  let gate: Promise<void> | undefined;
  let open = () => {};
  const held = Object.fromEntries(
    Object.entries(store).map(([name, call]) => {
      if (name === "health" || name === "figures") return [name, call];
      const through = async (...given: unknown[]) => {
        if (gate !== undefined) await gate;
        const result = await (call as (...given: unknown[]) => Promise<unknown>)(...given);
        if (gate !== undefined) await gate;
        return result;
      };
      return [name, through];
    }),
  ) as unknown as EventStore;
  return {
    store: held,
    hold: () => {
      gate ??= new Promise((resolve) => {
        open = resolve;
      });
    },
    goOn: () => {
      gate = undefined;
      open();
    },
  };
}
