import type { DrillStation } from "../../durability/drill-station.ts";
import type { Disturbance } from "../disturbance.ts";
import type { DrillNode } from "../node.ts";
import { gapsSince, soon } from "../watch.ts";

/** Code of a socket's end by which a server says that it is being restarted (IANA's registry). */
const restart = "1012";

/**
 * Every node is replaced by a new one, one after the other: the new one is there before the old one
 * drains, and the balancer sends whoever comes to new ones only. So each station moves once.
 */
export const rolling: Disturbance = async (scene) => {
  const { nodes, stations, pace } = scene;
  const since = performance.now();
  // In short, a busy machine alone makes stations give up on who is late, and come again.
  const moves = ({ line }: DrillStation) =>
    pace.share < 1 ? line.ends.filter((end) => end.startsWith(restart)).length : line.opened.length;
  const before = stations.map(moves);
  const fresh: DrillNode[] = [];
  const findings: string[] = [];
  for (const old of [...nodes]) {
    fresh.push(await scene.addNode());
    scene.nodes.push(...fresh.slice(-1));
    scene.route({ stations: fresh, apis: scene.nodes });
    findings.push(...(await old.stop()));
    scene.nodes.splice(scene.nodes.indexOf(old), 1);
    scene.route({ stations: fresh, apis: scene.nodes });
  }
  const until = performance.now() + pace.backWithinMs;
  await soon(until, () => (stations.every(hasMoved) ? true : undefined));
  for (const [at, station] of stations.entries()) {
    const times = moves(station) - (before[at] ?? 0);
    const ends = station.line.ends.slice(-times).join(", ");
    if (times > 1) findings.push(`${station.stationId} had to connect ${times} times: ${ends}`);
    if (!hasMoved(station)) findings.push(`${station.stationId} did not come back`);
  }
  const backMs = gapsSince(stations, since);
  const late = backMs.filter((ms) => ms > pace.backWithinMs);
  for (const ms of late) findings.push(`a station was without an answer for ${Math.round(ms)} ms`);
  return { backMs, findings };
};

/** It has lost a socket, and was answered on another one since. */
function hasMoved({ line, told }: DrillStation): boolean {
  const closed = line.closed.at(-1) ?? Number.POSITIVE_INFINITY;
  const opened = line.opened.at(-1) ?? 0;
  return opened > closed && (told.at(-1)?.answeredAt ?? 0) > opened;
}
