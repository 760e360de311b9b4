import type { Actor } from "./actor.ts";

/** Name of a stream: `{category}/{key}`, for example `charging-station/cp%2f01`. */
export type StreamName = string;

/** A command on its way to one stream. `data` is checked against the schema of its row. */
export interface Command {
  readonly stream: StreamName;
  readonly type: string;
  readonly data: unknown;
  /** The stream is new by construction (its key was just minted): no need to look for it. */
  readonly fresh?: true;
  /** Set where the command belongs to something that was asked for earlier (a remote stop). */
  readonly correlationId?: string | undefined;
}

/** An event as a decider emits it, before the store has given it a place. */
export interface DecidedEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Who, why and when: everything about an event that decides nothing. */
export interface EventMeta {
  /** Instant of the commit, ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly actor: Pick<Actor, "kind" | "id">;
  /** Shared by a request, its outcome and what followed from it; absent where nobody asked. */
  readonly correlationId?: string;
  /** The frame, API call or event that caused this one. */
  readonly causationId?: string;
  /** The station's own clock, as it said it. */
  readonly stationTime?: string;
  /** Protocol of the station's message, for example `ocpp1.6`. */
  readonly protocol?: string;
}

/** An event as everybody but the store sees it. `cursor` is opaque and ordered per station. */
export interface EventEnvelope<Type extends string = string, Data = unknown> {
  readonly stream: StreamName;
  readonly version: number;
  readonly cursor: string;
  readonly type: Type;
  readonly schema: number;
  readonly data: Data;
  readonly meta: EventMeta;
}

/** Category of a stream name: `charging-station` of `charging-station/cp01`. */
export function categoryOf(stream: StreamName): string {
  const slash = stream.indexOf("/");
  return slash < 0 ? stream : stream.slice(0, slash);
}

/** Key of a stream name: `cp01` of `charging-station/cp01`. */
export function keyOf(stream: StreamName): string {
  return stream.slice(stream.indexOf("/") + 1);
}
