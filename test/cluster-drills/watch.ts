// Whether stations are served again, and how long that took, by what they were answered.
import { setTimeout as wait } from "node:timers/promises";
import type { DrillStation } from "../durability/drill-station.ts";
import type { DrillNode } from "./node.ts";
import type { Scene } from "./scene.ts";

const lookMs = 25;

/** Polls until there is something, or the time is over. */
export async function soon<Found>(
  untilMs: number,
  look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found | undefined> {
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > untilMs) return found;
    await wait(lookMs);
  }
}

/** Who lost their sockets, and since when. */
export interface Loss {
  readonly stations: readonly DrillStation[];
  readonly since: number;
  /** Whether they lost their sockets; else only answers. */
  readonly sockets: boolean;
}

/** How long each station of a loss was without an answer that concerns a session. */
export interface Return {
  readonly backMs: readonly number[];
  readonly findings: readonly string[];
}

/** Waits until all are back and charging. */
export async function returned(scene: Scene, loss: Loss): Promise<Return> {
  const { backWithinMs } = scene.pace;
  const { stations, since } = loss;
  const until = Math.max(since + backWithinMs, performance.now());
  const all = await soon(until, () => {
    const found = stations.map((station) => chargedAt(station, loss));
    return found.includes(undefined) ? undefined : found;
  });
  const found = all ?? stations.map((station) => chargedAt(station, loss));
  const backMs = found.flatMap((at) => (at === undefined ? [] : [at - since]));
  return {
    backMs,
    findings: stations.flatMap(({ stationId }, at) => {
      const charged = found[at];
      if (charged === undefined) return [`${stationId} was not back and charging in time`];
      const ms = Math.round(charged - since);
      return ms <= backWithinMs ? [] : [`${stationId} was back and charging after ${ms} ms`];
    }),
  };
}

/** When it was told something of a session, for the first time since then. */
function chargedAt({ told, line }: DrillStation, { since, sockets }: Loss): number | undefined {
  const from = sockets ? line.opened.find((at) => at > since) : since;
  if (from === undefined) return undefined;
  let first: number | undefined;
  for (let at = told.length - 1; at >= 0; at -= 1) {
    const fact = told[at];
    if (fact === undefined || fact.answeredAt <= from) break;
    if (fact.kind !== "status") first = fact.answeredAt;
  }
  return first;
}

/** For each connection that ended since then: how long until the next one had its first answer. */
export function gapsSince(stations: readonly DrillStation[], since: number): number[] {
  return stations.flatMap(({ told, line }) =>
    line.closed
      .filter((at) => at > since)
      .flatMap((closed) => {
        const opened = line.opened.find((at) => at > closed);
        const answered = told.find(({ answeredAt }) => answeredAt > (opened ?? Infinity));
        return answered === undefined ? [] : [answered.answeredAt - closed];
      }),
  );
}

/** All that stations were told until now. */
export function toldCount({ stations }: Scene): number {
  return stations.reduce((sum, { told }) => sum + told.length, 0);
}

/** A node, and the stations that have their sockets on it. */
export interface Held {
  readonly node: DrillNode;
  readonly stations: readonly DrillStation[];
}

/**
 * The node with the most stations at this moment, so that somebody feels what is done to it; one of
 * those that are spared only where no other has any. Waits until one has.
 */
export async function busiest(
  scene: Pick<Scene, "nodes" | "stations" | "pace">,
  spared: readonly DrillNode[] = [],
): Promise<Held> {
  const found = await soon(performance.now() + scene.pace.backWithinMs, () => {
    const held = scene.nodes.map((node) => ({ node, stations: stationsOn(scene, node) }));
    const byLoad = held.sort((a, b) => b.stations.length - a.stations.length);
    const [most] = byLoad.filter(({ stations }) => stations.length > 0);
    const fresh = byLoad.find(({ node }) => !spared.includes(node));
    return fresh !== undefined && fresh.stations.length > 0 ? fresh : most;
  });
  if (found === undefined) throw new Error("no node has any station that would feel it");
  return found;
}

function stationsOn({ stations }: Pick<Scene, "stations">, { server }: DrillNode): DrillStation[] {
  return stations.filter(({ line }) => line.url === server.stationUrl);
}

/** Waits until every node can serve and every operator was answered once more. */
export async function allWell(scene: Scene): Promise<string[]> {
  const { operators, pace } = scene;
  const since = performance.now();
  const until = since + pace.backWithinMs;
  const before = operators.map(({ told }) => told.length);
  const answered = await soon(until, () =>
    operators.every(({ told }, at) => told.length > (before[at] ?? 0)) ? true : undefined,
  );
  const answeredMs = Math.round(performance.now() - since);
  // Whatever operators took of the time, nodes have some of their own.
  const unready = await unreadyAt(
    scene,
    Math.max(until, performance.now() + pace.backWithinMs / 2),
  );
  const waited = `operators were answered after ${answeredMs} ms`;
  return [
    ...(answered ? [] : ["an operator was not answered any more"]),
    ...unready.map((finding) => `${finding} (${waited})`),
  ];
}

/** Who cannot serve by then. */
async function unreadyAt({ nodes }: Scene, until: number): Promise<string[]> {
  const waiting = new Map(nodes.map((node) => [node, "it was never asked"]));
  await soon(until, async () => {
    await Promise.all(
      [...waiting.keys()].map(async (node) => {
        const state = await node.server.readiness();
        if (state?.status === 200) waiting.delete(node);
        else waiting.set(node, state?.body ?? "it does not answer");
      }),
    );
    return waiting.size === 0 ? true : undefined;
  });
  return [...waiting].map(([{ name }, said]) => `${name} is not ready again: ${said}`);
}
