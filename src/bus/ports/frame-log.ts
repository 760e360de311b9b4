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
  /** What the station was at the time; on frames with deviations, which are counted by it. */
  readonly shownBy?: ShownBy | undefined;
  readonly correlationId?: string | undefined;
}

export interface StoredFrame extends Frame {
  /** Opaque, newest is greatest as text. */
  readonly id: string;
}

/** What a station said it was; absent where it said nothing. */
export interface ShownBy {
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  readonly firmwareVersion?: string | undefined;
}

interface Counted {
  readonly code: string;
  /** Empty texts where the station had not said what it is. */
  readonly vendor: string;
  readonly model: string;
  readonly firmwareVersion: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** How often a station showed a deviation with one firmware. */
export interface DeviationCount extends Counted {
  readonly station: StationKey;
}

/** How often the stations of one model and firmware showed a deviation, and how many did. */
export interface ModelDeviation extends Counted {
  readonly stations: number;
}

/** Which counts are wanted: all that are left out fit. */
export interface DeviationQuery {
  readonly station?: StationKey | undefined;
  readonly code?: string | undefined;
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  readonly firmwareVersion?: string | undefined;
  /** The members of the last count's key, in order. */
  readonly after?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

/**
 * What went over the wire: one row per exchange, one file per day. Not synced per write: a power
 * cut may cost the last second. `add` never waits and never throws; when the queue is full the
 * oldest go, and that is counted.
 */
export interface FrameLog {
  add(frame: Frame): void;
  /** Newest first; of all stations where none is named. */
  list(query: {
    readonly station?: StationKey | undefined;
    readonly before?: string | undefined;
    readonly action?: string | undefined;
    readonly limit: number;
  }): Promise<readonly StoredFrame[]>;
  /** In the order of their key: station, code, vendor, model, firmware. */
  deviations(query: DeviationQuery): Promise<readonly DeviationCount[]>;
  /** In the order of their key: vendor, model, firmware, code. */
  modelDeviations(query: Omit<DeviationQuery, "station">): Promise<readonly ModelDeviation[]>;
  /** Drops whole days before `day` (YYYY-MM-DD). */
  dropBefore(day: string): Promise<void>;
  dropped(): number;
  /** How many wait to be written. */
  waiting(): number;
  flush(): Promise<void>;
  close(): Promise<void>;
}
