import { stationKey } from "#core";
import type { VirtualStation } from "../stations/station.ts";
import type { World } from "../world/world.ts";
import { nameOf } from "./fact-check.ts";
import { leftOver } from "./tenures.ts";

/** What is not settled yet, in words; empty: all is. */
export async function unsettled(world: World): Promise<readonly string[]> {
  const { log, disk, nodes } = world;
  log.readOn();
  const found: string[] = [];
  const houses = nodes.map(({ house }) => house);
  if (houses.some((house) => house === undefined)) found.push("a node is not up");
  for (const station of world.stations) found.push(...ofStation(world, station));
  const open = [...log.requests].filter(([, { ended }]) => ended === 0);
  for (const [requestId, { type, station }] of open) {
    found.push(`${type} ${requestId} of ${station} has no outcome`);
  }
  if (disk.contents.requests.size > 0) found.push(`${disk.contents.requests.size} requests wait`);
  const shown = await disk.views.current.store.checkpoint();
  const head = disk.contents.events.length;
  if (shown < head) found.push(`the views are at ${shown} of ${head}`);
  if (world.between !== undefined) found.push(...ofCluster(world, head));
  return found;
}

/** All nodes know all, and all work is done by somebody. */
function ofCluster({ nodes, order }: World, head: number): string[] {
  const behind = nodes.flatMap(({ name }) => {
    const heard = order.heardTo(name) ?? 0;
    return heard < head ? [`${name} has heard ${heard} of ${head} events`] : [];
  });
  return [...behind, ...leftOver(nodes).map((work) => `nobody is at ${work}`)];
}

function ofStation({ log, prepared }: World, station: VirtualStation): string[] {
  const key = stationKey(station.stationId);
  const isKnown = prepared.some((one) => one.station === station && one.known);
  const found: string[] = [];
  if (isKnown && !log.isServed(key)) found.push(`${station.stationId} is not served`);
  if (!log.station(key).admitted) return found;
  if (!station.isOnline) found.push(`${station.stationId} is not connected`);
  if (station.outbox.length > 0) {
    found.push(`${station.stationId} has ${station.outbox.length} facts to tell`);
  }
  for (const session of station.sessions) {
    if (session.stop === undefined) found.push(`${nameOf(session)} runs`);
    else if (!session.stopTold) found.push(`${nameOf(session)} was not told to the end`);
  }
  return found;
}

/** Sessions of the log that no meter knows of. */
export function ghosts({ log, stations }: World): readonly string[] {
  const known = new Set(
    stations.flatMap(({ sessions }) =>
      sessions.map(
        ({ stationId, evseId, start }) => `${stationKey(stationId)} ${evseId} ${start.wh * 1000}`,
      ),
    ),
  );
  return [...log.transactions.values()]
    .filter(
      ({ station, evseId, meterStartMilliWh }) =>
        !known.has(`${station} ${evseId} ${meterStartMilliWh}`),
    )
    .map(({ transactionId, station, number }) => `${transactionId} (${number}) of ${station}`);
}
