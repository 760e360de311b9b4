import type { Trait } from "../case.ts";

export type Payload = Readonly<Record<string, unknown>>;

/** A CALL of the station in one version's words. */
export interface Call {
  readonly action: string;
  readonly payload: Payload;
  /** Session as the story names it, where the CALL starts one. */
  readonly starts?: string;
}

/** One reading of a meter. */
export interface Reading {
  /** Absent: the station writes no timestamp. */
  readonly at?: string;
  /** Import register in Wh; a text is written as it is. */
  readonly wh?: number | string;
  readonly kwh?: string;
  readonly powerW?: number;
  readonly context?: string;
}

/** What a station says at a start. What is absent is left out, or is as it usually is. */
export interface StartSaid {
  readonly session: string;
  readonly evse: number;
  readonly token: string;
  readonly at: string | undefined;
  readonly wh: number | string | undefined;
  readonly reservation?: number | undefined;
}

/** What names a session: the story's name for it, or a number that the station makes up. */
export type Named = string | number | undefined;

export interface SamplesSaid {
  readonly session: Named;
  readonly evse: number;
  readonly readings: readonly Reading[];
}

export interface StopSaid {
  readonly session: Named;
  readonly token?: string | undefined;
  readonly at: string | undefined;
  readonly wh: number | string | undefined;
  readonly reason?: string | undefined;
  readonly readings?: readonly Reading[] | undefined;
}

/** What a station was answered: the token's status, and how the CSMS names the session. */
export interface Heard {
  readonly status?: string | undefined;
  readonly number?: number | undefined;
}

/** One station that speaks a version; it remembers what it was told. */
export interface Speaker {
  boot(): Call;
  heartbeat(): Call;
  status(evse: number, status: string): Call;
  start(said: StartSaid): Call;
  samples(said: SamplesSaid): Call;
  stop(said: StopSaid): Call;
  /** Reads an answer; throws where it holds anything that it should not. */
  hear(call: Call, answer: Payload): Heard;
  /** Takes over what another station knows, to be confused by it. */
  recall(other: Speaker): void;
}

/** How the stations of one version say what stories tell. */
export interface Speech {
  readonly protocol: string;
  readonly traits: readonly Trait[];
  /** The CALL that asks for a session's end, and the answer that agrees. */
  readonly remoteStop: { readonly action: string; readonly accepted: Payload };
  speaker(): Speaker;
}
