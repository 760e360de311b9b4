import type { Clock } from "#bus";

/**
 * The order among stations that send many calls without waiting for answers. What they sent lies
 * ready, and serving it at one go would keep timers, handshakes and everybody else waiting: so each
 * is served a few calls at a time, and a few of them in each turn of the event loop.
 */
export interface Turns {
  /** Resolves when it is the caller's turn. */
  next(): Promise<void>;
}

/** The shortest there is: everything else that is ready comes in between. */
const turnMs = 1;

export function createTurns(
  clock: Clock,
  limits: { readonly backlogStationsPerTurn: number },
): Turns {
  let waiting: (() => void)[] = [];
  let planned = false;

  function plan(): void {
    planned = true;
    clock.after(turnMs, turn);
  }

  function turn(): void {
    planned = false;
    const now = waiting.slice(0, limits.backlogStationsPerTurn);
    waiting = waiting.slice(now.length);
    if (waiting.length > 0) plan();
    for (const go of now) go();
  }

  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (!planned) plan();
      }),
  };
}
