import type { ServerResponse } from "node:http";
import { positionOf } from "#bus";
import { type StationKey, type StationState, stationKey } from "#core";
import { Problem } from "./http/problems.ts";
import { createTail, type Tail } from "./live/tail.ts";
import { type ConnectedKeys, connectedKeysOf } from "./operation/connected.ts";
import type { ApiParts } from "./parts.ts";
import { createShowing, type Showing } from "./shown.ts";

/** What resources work with. */
export interface Api extends ApiParts {
  readonly showing: Showing;
  readonly tail: Tail;
  readonly connectedKeys: ConnectedKeys;
  /** Everybody who follows the live stream. */
  readonly viewers: Set<ServerResponse>;
}

export function apiOf(parts: ApiParts): Api {
  const showing = createShowing(parts);
  const tail = createTail({ ...parts, showing });
  return { ...parts, showing, tail, connectedKeys: connectedKeysOf(parts), viewers: new Set() };
}

/** A station that is there, by the id in the address. */
export async function stationOf(
  { bus }: Api,
  stationId: string,
): Promise<{ readonly key: StationKey; readonly state: StationState }> {
  const key = stationKey(stationId);
  const state = await bus.commands.station(key);
  if (!state.exists) throw new Problem("StationNotFound", { detail: stationId });
  return { key, state };
}

/** Waits until the views show what was committed, so that a GET that follows shows it. */
export async function shownInViews({ queries }: Api, cursor: string): Promise<void> {
  const position = positionOf(cursor);
  if (position === undefined || (await queries.passed(position))) return;
  throw new Problem("ViewNotReady", {
    detail: `The views have not passed ${cursor} in time.`,
    headers: { "retry-after": "1" },
  });
}

/** Ids of stations by their keys, in the stations' own spelling. */
export async function stationIds(
  { queries }: Api,
  keys: readonly StationKey[],
): Promise<(key: StationKey) => string> {
  const different = [...new Set(keys)];
  const found = await Promise.all(different.map((key) => queries.get("chargingStations", [key])));
  const ids = new Map(different.map((key, at) => [key, found[at]?.stationId]));
  return (key) => String(ids.get(key) ?? decodeURIComponent(key));
}
