// How far shared views are, where another node leads them: asked for and told by messages, which
// may be lost.
import type { Clock, Cluster } from "#bus";

/** What telling each other needs. */
export interface ProgressDeps {
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly limits: {
    readonly viewLookMs: number;
    readonly viewWaitMs: number;
    readonly wakeUpMs: number;
  };
  /** The other nodes, and the name of these views among them; absent: nobody tells anything. */
  readonly told?: { readonly cluster: Pick<Cluster, "tell" | "listen">; readonly views: string };
}

/** The progress of views, between the node that leads them and the others. */
export interface Progress {
  /** Asks for a position and waits for a moment: whether they are known to show it. */
  shown(position: number): Promise<boolean>;
  /** This node leads them, and they have come so far. */
  advanced(position: number): void;
  close(): void;
}

/** `hurry` is this node's part: how far the views are; undefined: another node leads them. */
export function createProgress(
  { clock, limits, told }: ProgressDeps,
  { hurry }: { readonly hurry: (position: number) => number | undefined },
): Progress {
  /** The highest that others wait for: one number, however many of them ask however often. */
  let wish = { position: 0, untilMs: 0 };
  const waiting = new Set<{ readonly position: number; readonly wake: () => void }>();
  let known = 0;
  let asked = 0;
  let isResting = false;

  /** One message for all who begin to wait within a moment. */
  function ask(position: number): void {
    asked = Math.max(asked, position);
    if (isResting || told === undefined) return;
    const sent = asked;
    isResting = true;
    told.cluster.tell(undefined, { message: "viewsWanted", views: told.views, position: sent });
    clock.after(limits.wakeUpMs, () => {
      isResting = false;
      if (asked > sent) ask(asked);
    });
  }

  const stop = told?.cluster.listen((heard) => {
    if (heard.message === "viewsWanted" && heard.views === told.views) answer(heard.position);
    else if (heard.message === "viewsShown" && heard.views === told.views) {
      known = Math.max(known, heard.position);
      for (const { position, wake } of waiting) if (position <= known) wake();
    }
  });

  function answer(wanted: number): void {
    const position = hurry(wanted);
    if (position === undefined) return;
    if (position >= wanted) tell(position);
    else {
      const untilMs = clock.monotonicMs() + limits.viewWaitMs;
      wish = { position: Math.max(wish.position, wanted), untilMs };
    }
  }

  function tell(position: number): void {
    told?.cluster.tell(undefined, { message: "viewsShown", views: told.views, position });
  }

  return {
    shown: async (position) => {
      if (position <= known) return true;
      ask(position);
      await new Promise<void>((resolve) => {
        const wake = () => {
          cancel();
          waiting.delete(waiter);
          resolve();
        };
        const waiter = { position, wake };
        const cancel = clock.after(limits.viewLookMs, wake);
        waiting.add(waiter);
      });
      return position <= known;
    },
    advanced: (position) => {
      if (wish.position === 0) return;
      // Each step on the way: others may wait for less than the highest.
      tell(position);
      if (position >= wish.position || clock.monotonicMs() >= wish.untilMs) {
        wish = { position: 0, untilMs: 0 };
      }
    },
    close: () => stop?.(),
  };
}
