// How fast a drill goes. At full length outages are as long as in earnest, and every limit has its
// default; in short they and the limits that answer to them are a share, so that all keeps its
// shape.
import { type LimitName, limitTable } from "#limits";
import { limitsAsEnvironment } from "../durability/limits-as-environment.ts";

/** Times of a drill, in milliseconds where nothing else is said. */
export interface Pace {
  /** Of the times in earnest. */
  readonly share: number;
  /** Between two disturbances, so that there is something to disturb. */
  readonly loadMs: number;
  /** For so long an engine is down, or a way is cut. */
  readonly outageMs: number;
  /** For so long a node is frozen. */
  readonly freezeMs: number;
  /** Within this time all stations must be back and charging. */
  readonly backWithinMs: number;
  /** Stations hang up on who does not answer within this time. */
  readonly answerWithinMs: number;
  readonly reconnectMs: number;
  /** Between two messages of a station, on the average. */
  readonly pauseMs: number;
  readonly requestDeadlineSeconds: number;
  /** How much longer than a small drill it may take to conclude. */
  readonly patience: number;
  /** Limits as a node's environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What answers to outages, and what it has at least: less than that is noise of a busy machine. */
const shortened: Readonly<Partial<Record<LimitName, number>>> = {
  leaseMs: 750,
  leaseRenewMs: 200,
  leaseMarginMs: 100,
  tailPollMs: 50,
  nodeAnswerMs: 500,
  nodeLinkConnectMs: 500,
  nodeLinkRetryMs: 10,
  nodeLinkRetryMsMax: 250,
  nodeLinkProbeMs: 250,
  nodeLinkStallMs: 3_000,
  silenceMs: 2_000,
  pingIntervalMs: 500,
  callTimeoutMs: 1_000,
  databaseConnectMs: 2_000,
  databaseStatementMs: 5_000,
  databaseKeepAliveMs: 500,
  storeProbeMs: 50,
  sweepIntervalMs: 50,
  projectorRetryMs: 50,
  addOnBackoffMs: 10,
  drainMs: 2_000,
  drainWindowMs: 300,
};

/** Of the times in earnest, in `npm test`. */
export const shortShare = 1 / 20;

/** Times in earnest, or a share of them. */
export function paceOf(share: number): Pace {
  return {
    share,
    loadMs: Math.max(500, 20_000 * share),
    outageMs: 30_000 * share,
    freezeMs: 60_000 * share,
    // Processes do not start any faster in short, and several times slower beside other work.
    backWithinMs: Math.max(30_000, 60_000 * share),
    answerWithinMs: Math.max(750, 10_000 * share),
    reconnectMs: 2_000 * share,
    pauseMs: Math.max(100, 4_000 * share),
    requestDeadlineSeconds: Math.ceil(20 * share),
    patience: Math.ceil(6 * share),
    environment: share < 1 ? environmentOf(share) : {},
  };
}

function environmentOf(share: number): Record<string, string> {
  const limits = Object.entries(shortened).map(([name, least]) => {
    const value = Math.max(least, limitTable[name as LimitName].default * share);
    return [name, Math.round(value)] as const;
  });
  return limitsAsEnvironment(Object.fromEntries(limits));
}
