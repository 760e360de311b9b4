import type { Item } from "../../../api/call.ts";

/** A station that is somewhere. */
export interface Place {
  readonly stationId: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly state: Item<"getChargingStations">["state"];
  readonly status: Item<"getChargingStations">["status"];
  readonly connected: boolean;
  readonly sessions: number;
}

/** The stations of which it is known where they stand. */
export function placesOf(stations: readonly Item<"getChargingStations">[]): readonly Place[] {
  return stations.flatMap((station) => {
    const { stationId, latitude, longitude, state, status, openTransactions } = station;
    if (latitude === undefined || longitude === undefined) return [];
    const { connected } = station.connection;
    return [
      { stationId, latitude, longitude, state, status, connected, sessions: openTransactions },
    ];
  });
}

/** What a mark's colour says: the same as the words of the list. */
export type Mark = "faulted" | "waiting" | "away" | "charging" | "serves";

/** The most urgent first. */
const urgency: readonly Mark[] = ["faulted", "waiting", "away", "charging", "serves"];

/** The most urgent of what is to be said of a station. */
export function markOf({ state, status, connected, sessions }: Place): Mark {
  if (state === "waiting" || state === "unconfigured") return "waiting";
  if (status === "faulted") return "faulted";
  if (!connected || state !== "operational") return "away";
  return sessions > 0 ? "charging" : "serves";
}

/** Stations so near to each other that one mark stands for all. */
export interface Cluster {
  /** In the order of the list; the mark stands where the first one does. */
  readonly places: readonly [Place, ...Place[]];
  readonly mark: Mark;
}

/** A place as the map draws it at its zoom, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One mark for stations that would lie over each other, so that each mark can be hit. */
export function clustered(
  places: readonly Place[],
  pointOf: (place: Place) => Point,
  apartPixels: number,
): readonly Cluster[] {
  const groups: { readonly at: Point; readonly places: [Place, ...Place[]] }[] = [];
  for (const place of places) {
    const { x, y } = pointOf(place);
    const near = groups.find(
      ({ at }) => Math.abs(at.x - x) < apartPixels && Math.abs(at.y - y) < apartPixels,
    );
    if (near === undefined) groups.push({ at: { x, y }, places: [place] });
    else near.places.push(place);
  }
  return groups.map(({ places: together }) => ({ places: together, mark: worstOf(together) }));
}

function worstOf(places: readonly Place[]): Mark {
  const marks = new Set(places.map(markOf));
  return urgency.find((mark) => marks.has(mark)) ?? "serves";
}

/** Whether stations stand so much on one spot that no zoom tells them apart. */
export function isOneSpot(places: readonly [Place, ...Place[]]): boolean {
  const [{ latitude, longitude }] = places;
  const nearDegrees = 0.0001;
  return places.every(
    (one) =>
      Math.abs(one.latitude - latitude) < nearDegrees &&
      Math.abs(one.longitude - longitude) < nearDegrees,
  );
}

/** The edges of a part of the world, as the API narrows stations by them. */
export interface Edges {
  readonly latitudeFrom: number;
  readonly latitudeUntil: number;
  readonly longitudeFrom: number;
  readonly longitudeUntil: number;
}

/** Rounded outwards, so that a map that is hardly moved asks for nothing new. */
export function edgesOf(seen: {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}): Edges {
  const step = graticuleStep(seen.north - seen.south);
  const down = (degrees: number) => Number((Math.floor(degrees / step) * step).toFixed(6));
  const up = (degrees: number) => Number((Math.ceil(degrees / step) * step).toFixed(6));
  return {
    latitudeFrom: Math.max(-90, down(seen.south)),
    latitudeUntil: Math.min(90, up(seen.north)),
    longitudeFrom: Math.max(-180, down(seen.west)),
    longitudeUntil: Math.min(180, up(seen.east)),
  };
}

/** How far apart lines of a graticule are, in degrees, so that some are in sight. */
export function graticuleStep(visibleDegrees: number): number {
  const steps = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
  return steps.find((step) => visibleDegrees / step >= 3) ?? 0.002;
}

/** The round degrees between two, a step apart. */
export function linesBetween(from: number, until: number, step: number): readonly number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(until / step) - first + 1);
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toFixed(3)));
}

/** `52.5° N`, `0.1° W`: the sign as the letter of the side, none on the line between them. */
export function degrees(value: number, plus: string, minus: string): string {
  if (value === 0) return "0°";
  return `${Math.abs(value)}° ${value < 0 ? minus : plus}`;
}

/** A text as HTML that says just that. */
export function asHtml(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
    ...{ '"': "&quot;", "'": "&#39;" },
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
