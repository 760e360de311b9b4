import { type Bus, type Clock, type Cluster, positionOf } from "#bus";
import type { Limits } from "#limits";

/**
 * Lets this node hear what others commit, and wakes them when it has committed something itself:
 * at once, then for what comes within a moment together. Where the log itself tells its growth,
 * this node does not say it a second time. The result ends it.
 */
export async function joinEvents(parts: {
  readonly cluster: Cluster;
  readonly bus: Pick<Bus, "events">;
  readonly clock: Clock;
  readonly limits: Limits;
}): Promise<() => void> {
  const { cluster, bus, clock, limits } = parts;
  if (cluster.isAlone) return () => {};
  let position = 0;
  let told = 0;
  let isResting = false;

  function tell(): void {
    if (isResting || position === told) return;
    told = position;
    isResting = true;
    cluster.tell(undefined, { message: "grown", position });
    clock.after(limits.wakeUpMs, () => {
      isResting = false;
      tell();
    });
  }

  const stopHearing = cluster.listen((heard) => {
    if (heard.message === "grown") bus.events.grown(heard.position);
  });
  const isTold = cluster.growthChannel !== undefined;
  const stopTelling = isTold
    ? () => {}
    : bus.events.subscribeOwn((events) => {
        position = Math.max(position, positionOf(events.at(-1)?.cursor ?? "") ?? 0);
        tell();
      });
  await bus.events.follow();
  return () => {
    stopHearing();
    stopTelling();
  };
}
