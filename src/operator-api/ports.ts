// What the API needs from rooms that it may not know; main hands it in.
import type { TSchema } from "@sinclair/typebox";
import type { Cluster, Issue, NodeCard, StoreFigures, Timings } from "#bus";
import type { StationKey, StationState } from "#core";

/** A station's socket, as the gateway knows it. */
export interface Connection {
  readonly connected: boolean;
  readonly protocol?: string | undefined;
  readonly connectedAt?: string | undefined;
  readonly disconnectedAt?: string | undefined;
  readonly lastSeenAt?: string | undefined;
  readonly address?: string | undefined;
}

export interface Connections {
  /** In the order of the keys; undefined: it was never connected. */
  of(stations: readonly StationKey[]): Promise<readonly (Connection | undefined)[]>;
}

/** A handshake that was refused, as often as it came: why, in words, and what would have worked. */
export interface ConnectionAttempt {
  /** Of the last time. */
  readonly at: string;
  readonly firstAt: string;
  readonly count: number;
  readonly address?: string | undefined;
  readonly url: string;
  readonly stationId?: string | undefined;
  readonly status: number;
  readonly reason: string;
  readonly workingUrl?: string | undefined;
}

export interface ConnectionAttempts {
  /** Newest first. */
  list(): readonly ConnectionAttempt[];
}

/** What is different about stations, as the OCPP room's quirk profiles say. */
export interface QuirkKnowledge {
  /** Shape of the quirks that a station may have of its own. */
  readonly shape: TSchema;
  readonly profiles: readonly object[];
  of(state: StationState): {
    readonly strict: boolean;
    readonly inForce: Readonly<Record<string, unknown>>;
    /** Names of the profiles that fit. */
    readonly profiles: readonly string[];
  };
}

/** Connections of one purpose to a database. */
export interface PoolFigures {
  readonly purpose: string;
  readonly most: number;
  readonly open: number;
  readonly inUse: number;
  readonly waiting: number;
  readonly failures: StoreFigures["failures"];
}

/** This node among the others, and the engines on which they stand. */
export interface Operation {
  readonly cluster: Cluster;
  /** What this node tells the others of itself. */
  readonly card: NodeCard;
  /** What keeps the log: `memory`, `sqlite`, `postgres`. */
  readonly storeKind: string;
  /** How far the views are, whichever node leads them. */
  views(): Promise<{
    readonly ok: boolean;
    readonly position: number;
    readonly reason?: string | undefined;
  }>;
  /** Names of the work that this node does now, of which one node does a part at a time. */
  work(): readonly string[];
  /** Of this node's connections to the database; none where it has none. */
  pools(): Iterable<PoolFigures>;
}

/** One thing that must be well for the program to be of use. */
export type Check = () =>
  | { readonly ok: boolean; readonly reason?: string }
  | Promise<{ readonly ok: boolean; readonly reason?: string }>;

/** Undefined: it cannot be told at the moment. */
export type Reading<T> = T | undefined | Promise<T | undefined>;

interface Described {
  readonly help: string;
}

/**
 * A figure for `/metrics` that somebody else counts, read when somebody looks. Its name gets
 * `motown_`, and `_total` or `_seconds` by its kind. No label names a station.
 */
export type Figure = Described &
  (
    | { readonly kind: "counter" | "gauge"; readonly label?: undefined; read(): Reading<number> }
    | {
        readonly kind: "counter" | "gauge";
        /** What its values differ by. */
        readonly label: string;
        read(): Reading<Readonly<Record<string, number>>>;
      }
    | { readonly kind: "histogram"; read(): Reading<Timings> }
  );

/** A call that a client writes out by itself (`RequestOcppCall`). */
export interface OwnCall {
  /** Protocol of the station's last boot; absent where it never booted. */
  readonly protocol: string | undefined;
  readonly action: string;
  readonly payload: unknown;
}

/** The wire's own rules for such calls. */
export interface CallRules {
  /** What is wrong with a call by its version's schema; undefined where it may go out. */
  faultOf(call: OwnCall): Issue | undefined;
  /** Its payload with a reference in the place of each token's value. */
  withoutTokens(call: OwnCall, refOf: (value: string) => Promise<string>): Promise<unknown>;
}

/** An action of a version of OCPP that can be called at a station. */
export interface CallableAction {
  readonly action: string;
  /** Document, edition and section; absent where the action is sent as it is written out. */
  readonly spec?: string | undefined;
}

/** The calls that can be written out for a station, by what its version says of them. */
export interface CallCatalogue {
  /** The protocols that are spoken, the best one first. */
  readonly protocols: readonly string[];
  /** In the order of the version's table; undefined: no such protocol. */
  actionsOf(protocol: string): readonly CallableAction[] | undefined;
  /** JSON schemas of the call and its answer; undefined: no such action. */
  schemasOf(call: {
    readonly protocol: string;
    readonly action: string;
  }): { readonly request: object; readonly response: object } | undefined;
}

/** Work on the views that an administrator may ask for. */
export interface ViewAdministration {
  /** Builds all views again from the log, and answers when they have caught up; or why not. */
  rebuild(): Promise<
    { readonly events: number; readonly milliseconds: number } | { readonly refused: string }
  >;
}
