// How fast a drill goes. In full, outages are as long as in earnest and every limit has its default;
// in short, outages and the limits that answer to them are a twentieth, so that all keeps its shape.
import { type LimitName, limitTable } from "#limits";
import { limitSettingName, variableOf } from "../../src/main/setting-table.ts";

/** Times of a drill, in milliseconds where nothing else is said. */
export interface Pace {
  readonly name: "full" | "short";
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

/** Times as in earnest. */
export const fullPace: Pace = {
  name: "full",
  loadMs: 20_000,
  outageMs: 30_000,
  freezeMs: 60_000,
  backWithinMs: 60_000,
  answerWithinMs: 10_000,
  reconnectMs: 2_000,
  pauseMs: 4_000,
  requestDeadlineSeconds: 20,
  patience: 6,
  environment: {},
};

const share = 1 / 20;

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
  databaseConnectMs: 500,
  databaseStatementMs: 1_000,
  databaseKeepAliveMs: 500,
  storeProbeMs: 50,
  sweepIntervalMs: 50,
  projectorRetryMs: 50,
  addOnBackoffMs: 10,
  drainMs: 2_000,
  drainWindowMs: 300,
};

/** The same world, twenty times as fast. */
export const shortPace: Pace = {
  name: "short",
  loadMs: 500,
  outageMs: fullPace.outageMs * share,
  freezeMs: fullPace.freezeMs * share,
  backWithinMs: fullPace.backWithinMs * share,
  answerWithinMs: fullPace.answerWithinMs * share,
  reconnectMs: fullPace.reconnectMs * share,
  pauseMs: 40,
  requestDeadlineSeconds: 1,
  patience: 1,
  environment: Object.fromEntries(
    Object.entries(shortened).map(([name, least]) => {
      const value = Math.max(least, limitTable[name as LimitName].default * share);
      return [variableOf(limitSettingName(name as LimitName)), String(Math.round(value))];
    }),
  ),
};
