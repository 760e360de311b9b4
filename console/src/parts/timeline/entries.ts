// What happened to a station, as entries of a timeline: its events, and the frames on its wire.
import type { Item } from "../../api/call.ts";

/** An event of a station. */
export type StationEvent = Item<"getChargingStationsByStationIdEvents">;
/** A call over its wire, with its answer. */
export type StationFrame = Item<"getChargingStationsByStationIdMessages">;

/** One line of a timeline. */
export interface Entry {
  readonly id: string;
  readonly at: string;
  readonly kind: "event" | "frame";
  /** The API's own name for it, or the action on the wire. */
  readonly title: string;
  readonly direction?: string;
  readonly beside: string;
  readonly correlationId?: string | undefined;
  /** As the API says it. */
  readonly raw: StationEvent | StationFrame;
}

export function entryOfEvent(event: StationEvent): Entry {
  const { cursor, type, meta } = event;
  return {
    ...{ id: cursor, at: meta.recordedAt, kind: "event", title: type, raw: event },
    beside: meta.actor.kind === "station" ? "" : meta.actor.id,
    correlationId: meta.correlationId,
  };
}

export function entryOfFrame(frame: StationFrame): Entry {
  const { id, at, action, direction, tookMs } = frame;
  return {
    ...{ id, at, kind: "frame", title: action ?? "?", direction, raw: frame },
    beside: tookMs === undefined ? "" : `${Math.round(tookMs)} ms`,
    correlationId: frame.correlationId,
  };
}

/** The newest entry that is not later than an instant; the lists are newest first. */
export function entryAt(entries: readonly Entry[], at: string | undefined): Entry | undefined {
  if (at === undefined) return undefined;
  const instant = Date.parse(at);
  return entries.find((entry) => Date.parse(entry.at) <= instant);
}

/** Every instant at which something happened, the oldest first. */
export function instantsOf(...lists: readonly (readonly Entry[])[]): readonly string[] {
  const instants = new Set(lists.flatMap((list) => list.map(({ at }) => at)));
  return [...instants].sort((one, other) => Date.parse(one) - Date.parse(other));
}

/** Entries as lines of JSON, the oldest first, as they can be read by a program. */
export function asJsonLines(entries: readonly Entry[]): string {
  return [...entries]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ kind, at, raw }) => `${JSON.stringify({ kind, at, ...raw })}\n`)
    .join("");
}

/** An entry as people read it: frames as the JSON that they are. */
export function readableOf({ raw }: Entry): string {
  if (!("call" in raw)) return JSON.stringify(raw, null, 2);
  const { call, answer, ...rest } = raw;
  const frames = {
    call: readJson(call),
    ...(answer === undefined ? {} : { answer: readJson(answer) }),
  };
  return JSON.stringify({ ...frames, ...rest }, null, 2);
}

/** A frame that is no JSON is shown as it was. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
