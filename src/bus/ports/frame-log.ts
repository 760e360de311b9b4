import type { StationKey } from "#core";

/** One exchange on a station's socket: a call and its answer, in the wire's words. */
export interface Frame {
  readonly station: StationKey;
  readonly at: string;
  /** Who called: the station, or we. */
  readonly direction: "fromStation" | "toStation";
  readonly protocol: string;
  readonly action?: string | undefined;
  readonly messageId?: string | undefined;
  /** The frame of the call as it was on the wire, cut to a limit. */
  readonly call: string;
  /** The frame of the answer; absent where none was given. */
  readonly answer?: string | undefined;
  /** Milliseconds from call to answer. */
  readonly tookMs?: number | undefined;
  /** Codes of what deviates from the specification, for example `payloadNull`. */
  readonly deviations?: readonly string[] | undefined;
  readonly correlationId?: string | undefined;
}

export interface StoredFrame extends Frame {
  /** Opaque, newest is greatest as text. */
  readonly id: string;
}

/** How often a station showed a deviation. */
export interface DeviationCount {
  readonly station: StationKey;
  readonly code: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/**
 * What went over the wire: one row per exchange, one file per day. Not synced per write: a power
 * cut may cost the last second. `add` never waits and never throws; when the queue is full the
 * oldest go, and that is counted.
 */
export interface FrameLog {
  add(frame: Frame): void;
  list(query: {
    readonly station: StationKey;
    readonly before?: string | undefined;
    readonly action?: string | undefined;
    readonly limit: number;
  }): Promise<readonly StoredFrame[]>;
  deviations(query: {
    readonly station?: StationKey | undefined;
  }): Promise<readonly DeviationCount[]>;
  /** Drops whole days before `day` (YYYY-MM-DD). */
  dropBefore(day: string): Promise<void>;
  dropped(): number;
  flush(): Promise<void>;
  close(): Promise<void>;
}
