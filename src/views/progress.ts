// How far shared views are, where another node leads them: asked for and told by messages, which
// may be lost.
import type { Clock, Cluster } from "#bus";

/** What telling each other needs. */
export interface ProgressDeps {
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly limits: { readonly viewLookMs: number; readonly wakeUpMs: number };
  /** The other nodes, and the name of these views among them; absent: nobody tells anything. */
  readonly told?: { readonly cluster: Pick<Cluster, "tell" | "listen">; readonly views: string };
}

/** The progress of views that another node leads. */
export interface Progress {
  /** Asks for a position and waits for a moment: whether they are known to show it. */
  shown(position: number): Promise<boolean>;
  close(): void;
}

/** `wanted` answers for this node: true when it leads the views and they show the position. */
export function createProgress(
  { clock, limits, told }: ProgressDeps,
  { wanted }: { readonly wanted: (position: number) => Promise<boolean> },
): Progress {
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
    if (heard.message === "viewsWanted" && heard.views === told.views) void answer(heard.position);
    else if (heard.message === "viewsShown" && heard.views === told.views) {
      known = Math.max(known, heard.position);
      for (const { position, wake } of waiting) if (position <= known) wake();
    }
  });

  async function answer(position: number): Promise<void> {
    if (told === undefined || !(await wanted(position))) return;
    told.cluster.tell(undefined, { message: "viewsShown", views: told.views, position });
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
    close: () => stop?.(),
  };
}
