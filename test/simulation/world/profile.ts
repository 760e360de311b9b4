// What a world is like: rolled from its seed, so that each seed looks at another corner.
import { type Limits, limitsWith } from "#limits";
import type { Temper } from "../stations/temper.ts";
import type { ClusterProfile } from "./cluster-profile.ts";
import type { Dice } from "./dice.ts";
import type { Weather } from "./link.ts";

/** Mean virtual milliseconds between two strikes of a fault; absent: never. */
export type Rates = Readonly<Record<string, number>>;

export interface Profile {
  readonly stations: number;
  /** Virtual time with faults. */
  readonly chaosMs: number;
  readonly weather: Weather;
  readonly rates: Rates;
  readonly limits: Limits;
  readonly unknownStations: "reject" | "pending" | "accept";
  /** Mean time between two wishes of the desk. */
  readonly deskMs: number;
  readonly keepsViewHistory: boolean;
  /** Chance per commit that the process dies at each point of a write. */
  readonly deathAtPoint: number;
  /** Several nodes that share a database; absent: one, with a disk of its own. */
  readonly cluster?: ClusterProfile;
}

const minute = 60_000;
const hour = 60 * minute;

/** A small world of the gate: an hour or so of a few stations, most of what can go wrong. */
export function smallWorld(dice: Dice): Profile {
  const wild = dice.pick([0, 0.3, 1, 1, 3]);
  const chaosMs = dice.between(4, 12) * minute;
  return {
    stations: dice.strikes(0.01) ? 60 : dice.pick([1, 2, 3, 4, 6]),
    chaosMs,
    weather: {
      lose: 0.01 * wild * dice.next(),
      double: 0.02 * wild * dice.next(),
      swap: 0.02 * wild * dice.next(),
      cut: 0.004 * wild * dice.next(),
      latencyMs: dice.pick<readonly [number, number]>([
        [1, 5],
        [20, 200],
        [50, 3_000],
      ]),
    },
    rates: wild === 0 ? {} : ratesOf(dice, chaosMs / wild),
    limits: limitsOf(dice),
    unknownStations: dice.pick(["reject", "reject", "pending", "accept"]),
    deskMs: dice.pick([0.3, 1, 4]) * minute,
    keepsViewHistory: true,
    deathAtPoint: wild === 0 ? 0 : dice.pick([0, 0.0005, 0.003]),
  };
}

/** Hundreds of stations for some minutes. */
export function crowdedWorld(dice: Dice, stations: number): Profile {
  const limits = limitsWith({ sweepIntervalMs: 10_000, viewWakeMs: 1_000 });
  return { ...smallWorld(dice), stations, limits, chaosMs: 2 * minute, deskMs: 5_000 };
}

/** Many stations for a long time, and what goes wrong in an ordinary day. */
export function longWorld(dice: Dice, given: { stations: number; hours: number }): Profile {
  const { stations, hours } = given;
  return {
    ...smallWorld(dice),
    ...{ stations, chaosMs: hours * hour, keepsViewHistory: false, deathAtPoint: 0 },
    weather: { lose: 0.0005, double: 0.0005, swap: 0.0005, cut: 0.0002, latencyMs: [5, 100] },
    rates: Object.fromEntries(ofADay.map((name) => [name, 3 * hour])),
    limits: limitsWith(smallCaches),
    unknownStations: "reject",
    deskMs: minute,
  };
}

/** Caches that are full after an hour or two: what grows beyond them is a leak. */
const smallCaches = {
  frameQueueMax: 500,
  viewRowCacheMax: 500,
  stationCacheMax: 10,
  transactionCacheMax: 50,
  tokenCacheMax: 10,
  lateAnswersMax: 20,
  recalledTransactionsMax: 20,
  connectionAttemptsMax: 50,
  complaintsMax: 20,
};

/** All faults that strike by themselves; see chaos.ts. */
export const faultNames = [
  "socketDropped",
  "socketHalfOpen",
  "socketTakenOver",
  "stationFlaps",
  "stationForgets",
  "stationPowerCut",
  "stationLongOffline",
  "stationReadsNothing",
  "networkWall",
  "diskFull",
  "diskBroken",
  "diskUnsure",
  "diskSlow",
  "readsFail",
  "viewsBroken",
  "viewsRebuilt",
  "nodeCrash",
  "nodePowerCut",
  "nodeRestart",
  "nodeOffForMonths",
  "clockSteps",
  "stationUnaccepted",
  "stationDecommissioned",
  "transactionEnded",
] as const;

export type FaultName = (typeof faultNames)[number];

/** A process that dies takes its leaks along; months of nothing would leave no day to look at. */
const ofADay = faultNames.filter((name) => !name.startsWith("node"));

/** Each world has some of the faults, each as often as the dice say. */
function ratesOf(dice: Dice, spanMs: number): Rates {
  const rates: Record<string, number> = {};
  for (const name of faultNames) {
    if (dice.strikes(0.55)) rates[name] = spanMs / dice.pick([0.5, 1, 2, 5]);
  }
  return rates;
}

/** Small limits, so that they bite. */
function limitsOf(dice: Dice): Limits {
  const tight = dice.strikes(0.6);
  const common = {
    sweepIntervalMs: dice.pick([5_000, 15_000, 30_000]),
    // A wheel of 64 turns within an interval: most of an idle world's steps.
    ...dice.pick([
      { pingIntervalMs: 120_000, silenceMs: 300_000 },
      { pingIntervalMs: 400_000, silenceMs: 900_000 },
    ]),
    housekeepingMs: dice.pick([60_000, 600_000]),
    requestDeadlineMs: 120_000,
    viewWakeMs: dice.pick([100, 1_500]),
  };
  if (!tight) return limitsWith(common);
  return limitsWith({
    ...common,
    inboundQueueMax: dice.pick([2, 8]),
    outboundQueueMax: dice.pick([1, 2, 4]),
    repeatedCallsMax: dice.pick([1, 3]),
    lateAnswersMax: dice.pick([1, 4]),
    takeoversPerMinuteMax: dice.pick([2, 30]),
    stationCacheMax: dice.pick([1, 3]),
    transactionCacheMax: dice.pick([1, 3]),
    tokenCacheMax: dice.pick([1, 2]),
    snapshotEveryEvents: dice.pick([2, 5, 20]),
    commitQueueMax: dice.pick([8, 64]),
    frameQueueMax: dice.pick([1, 50]),
    projectorBatchMax: dice.pick([2, 20, 200]),
    viewRowCacheMax: dice.pick([3, 100, 1_000]),
    callTimeoutMs: dice.pick([5_000, 30_000]),
  });
}

/** A station's manners. */
export function temperOf(dice: Dice): Temper {
  const odd = (chance: number) => (dice.strikes(0.3) ? chance : 0);
  return {
    clock: dice.strikes(0.1) ? "none" : "right",
    skewMs: dice.between(-3_000, 3_000),
    idleMs: dice.pick([1, 2, 6]) * minute,
    sessionMs: dice.pick([1, 3, 10]) * minute,
    sampleMs: dice.pick([0.5, 2]) * minute,
    museMs: dice.pick([0.5, 1, 5]) * minute,
    chatty: 0.5,
    foolish: odd(0.4),
    impatient: odd(0.3),
    pushy: 0,
    sameId: dice.pick([0, 0.5, 1]),
    refuses: 0.1,
    errs: 0.05,
    ignores: odd(0.2),
    answersTwice: odd(0.2),
    answersLate: odd(0.2),
    answersAmiss: odd(0.2),
  };
}
