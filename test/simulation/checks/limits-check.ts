import { bounds, stationKey } from "#core";
import type { World } from "../world/world.ts";
import { queuesOf } from "./queues.ts";
import { overlaps } from "./tenures.ts";

/** Timers of a node that are there without any station. */
const timersOfHouse = 12;
/** Beside other nodes: its leases, its look at the log, and what it asks them. */
const timersBesideOthers = 40;
/** Of a station at most: a call, its drain, the wait for its configuration, handshakes. */
const timersPerLink = 8;
/** What a node holds must stay within its limits, at any moment. */
export function checkLimits(world: World): void {
  const { nodes, stations, network, profile, violate } = world;
  const { limits } = profile;
  const { links } = network;
  for (const { house, name } of nodes) {
    if (house === undefined) continue;
    const { life, rpc, bus } = house;
    const own = timersOfHouse + (world.between === undefined ? 0 : timersBesideOthers);
    const most = own + timersPerLink * (links.length + stations.length);
    if (life.timers > most) violate("limits", `${name} has ${life.timers} timers, ${most} at most`);
    if (rpc.size > stations.length) violate("limits", `${name} has ${rpc.size} connections`);
    for (const { stationId } of stations) {
      const state = bus.commands.stationNow(stationKey(stationId));
      if (state === undefined) continue;
      const { requests, openTransactions, reservations, awaited, knownDeviations } = state;
      const lists = [
        ["requests", requests.length, bounds.outstandingRequests],
        ["open transactions", openTransactions.length, bounds.openTransactions],
        ["reservations", reservations.length, bounds.reservations],
        ["awaited follow-ups", awaited.length, bounds.awaitedFollowUps],
        ["deviations", knownDeviations.length, bounds.knownDeviations],
      ] as const;
      for (const [what, count, bound] of lists) {
        if (count > bound) violate("limits", `${stationId} has ${count} ${what}, ${bound} at most`);
      }
    }
  }
  for (const overlap of overlaps(nodes)) violate("tenure", overlap);
  for (const { limit, held, most = limits[limit], of } of queuesOf(world)) {
    if (held > most) violate("limits", `${limit}: ${held} ${of}, ${most} at most`);
  }
}
