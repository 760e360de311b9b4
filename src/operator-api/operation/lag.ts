import type { Clock, EventStore } from "#bus";
import type { Operation } from "../ports.ts";

/** How far the views are behind the log. */
export interface ViewsLag {
  readonly ok: boolean;
  readonly reason?: string | undefined;
  readonly head: number;
  readonly position: number;
  readonly events: number;
  /** Age of the oldest event that they do not show; 0 where there is none. */
  readonly seconds: number;
}

/** Looks at log and views; fails where one of them does. */
export async function viewsLag(parts: {
  readonly store: Pick<EventStore, "head" | "readAt">;
  readonly clock: Pick<Clock, "now">;
  readonly operation: Pick<Operation, "views">;
}): Promise<ViewsLag> {
  const { store, clock, operation } = parts;
  const { ok, reason, position } = await operation.views();
  const head = await store.head();
  const events = Math.max(0, head - position);
  const oldest = events === 0 ? undefined : await store.readAt(position + 1);
  const seconds = oldest === undefined ? 0 : ageSeconds(oldest.meta, clock.now());
  return { ok, reason, head, position, events, seconds };
}

/** Another node's clock may be ahead of ours. */
function ageSeconds(meta: string, now: string): number {
  const { recordedAt } = JSON.parse(meta) as { readonly recordedAt: string };
  return Math.max(0, Date.parse(now) - Date.parse(recordedAt)) / 1000;
}
