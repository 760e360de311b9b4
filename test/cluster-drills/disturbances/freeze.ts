import { setTimeout as wait } from "node:timers/promises";
import type { Disturbance } from "../disturbance.ts";
import { busiest, returned } from "../watch.ts";

/**
 * A node stands still, with everything that it holds and was about to write, and goes on when
 * others have long done its work. That what it then does is refused, the audit of the whole drill
 * shows.
 */
export const freeze: Disturbance = async (scene) => {
  const { node, stations } = await busiest(scene);
  const since = performance.now();
  node.freeze();
  try {
    await wait(scene.pace.freezeMs);
  } finally {
    node.thaw();
  }
  return returned(scene, { stations, since, sockets: true });
};
