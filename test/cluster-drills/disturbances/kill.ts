import type { Disturbance } from "../disturbance.ts";
import { firstOf } from "../scene.ts";
import { returned, stationsOn } from "../watch.ts";

/** A node dies without a word. Its stations go to others, and later it is started again. */
export const kill: Disturbance = async (scene) => {
  const node = firstOf(scene.nodes);
  const stations = stationsOn(scene, node.server.stationUrl);
  await node.kill();
  const since = performance.now();
  const result = await returned(scene, { stations, since, sockets: true });
  await node.start();
  return result;
};
