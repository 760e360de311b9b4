import type { Bus, Cluster, Environment, EventStore, Faults, FrameLog } from "#bus";
import type { StationKey } from "#core";
import type { OcppVersion, RowSettings } from "../message.ts";
import type { QuirkBook } from "../quirks/book.ts";
import type { Seldom } from "./seldom.ts";

/** Settings of the RPC layer beyond what rows see. */
export interface RpcSettings extends RowSettings {
  /** Refuses what a certification would refuse, on every station. */
  readonly strict: boolean;
  /** Users with every permission on a station that created itself by knocking. */
  readonly administrators: readonly string[];
  /** Whether quiet messages (heartbeats) of this station are kept as frames, too. */
  readonly isTraced: (key: StationKey) => boolean;
}

/** What the RPC layer works with. */
export interface RpcParts extends Environment {
  readonly bus: Bus;
  readonly store: Pick<EventStore, "connections" | "pendingRequests" | "readAt" | "readStation">;
  /** Other nodes, where there are any. */
  readonly cluster?: Cluster | undefined;
  readonly frames: FrameLog;
  readonly settings: RpcSettings;
  readonly quirks: QuirkBook;
  /** What is said of one station is not said with each of its frames. */
  readonly complaints: Seldom;
  readonly faults?: Faults;
}

/** The other end of a connection, as the runners see it. */
export interface Peer {
  readonly key: StationKey;
  /** Identity as the station spelled it when it connected. */
  readonly stationId: string;
  readonly epoch: number;
  readonly version: OcppVersion;
}

/** How much of what has happened, for metrics. */
export interface RpcCounts {
  callsFromStations: number;
  callErrorsToStations: number;
  /** Not answered, since nothing could be committed. */
  callsUnanswered: number;
  repeats: number;
  framesIgnored: number;
  callsToStations: number;
  callsTimedOut: number;
  lateAnswers: number;
  /** Sockets that ended since a newer one of their station came, here or to another node. */
  replacedHere: number;
  replacedElsewhere: number;
  /** Units that the log refused, since their station has a newer connection. */
  fenced: number;
}

/** All at zero. */
export function newCounts(): RpcCounts {
  return {
    callsFromStations: 0,
    callErrorsToStations: 0,
    callsUnanswered: 0,
    repeats: 0,
    framesIgnored: 0,
    callsToStations: 0,
    callsTimedOut: 0,
    lateAnswers: 0,
    replacedHere: 0,
    replacedElsewhere: 0,
    fenced: 0,
  };
}
