import type { Disturbance } from "../disturbance.ts";
import { busiest, returned } from "../watch.ts";

/** A node dies without a word. Its stations go to others, and later it is started again. */
export const kill: Disturbance = async (scene) => {
  const { node, stations } = await busiest(scene);
  const since = performance.now();
  await node.kill();
  const result = await returned(scene, { stations, since, sockets: true });
  await node.start();
  return result;
};
