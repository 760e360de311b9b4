// What a world of several nodes is like: rolled from dice of its own, so that the same seed with
// one node is what it always was.
import type { Messages } from "./between.ts";
import type { Dice } from "./dice.ts";
import type { Profile, Rates } from "./profile.ts";

/** What several nodes have besides. */
export interface ClusterProfile {
  readonly nodes: number;
  /** The first so many of them do work under leases; the others leave it to these. */
  readonly workers: number;
  readonly messages: Messages;
}

/** Faults that strike where there are several nodes; see cluster-chaos.ts. */
export const clusterFaultNames = [
  "nodeFrozen",
  "nodesParted",
  "nodesStartTogether",
  "rollingRestart",
  "databaseLost",
  "databaseDeaf",
  "databaseFar",
  "databaseRestarted",
  "tablesLost",
  "messagesBad",
  "messagesDown",
] as const;

export type ClusterFaultName = (typeof clusterFaultNames)[number];

/** Faults that leave enough in order for much to happen between nodes. */
const ofStations: ReadonlySet<string> = new Set([
  ...["socketDropped", "socketHalfOpen", "stationFlaps", "stationForgets", "stationPowerCut"],
  ...["nodeCrash", "nodeRestart", "clockSteps", "transactionEnded"],
]);

/** The same world with several nodes: as many as are wanted, or as the dice say. */
export function withNodes(profile: Profile, dice: Dice, wanted?: number): Profile {
  const rolled = dice.pick([1, 2, 2, 3, 3, 4]);
  const isBusy = dice.strikes(0.6);
  const wild = dice.pick([0.3, 1, 1, 3]);
  const nodes = wanted ?? rolled;
  const own = isBusy ? busyRates(profile, dice) : profile.rates;
  // Shared views are built again by whoever leads them, and not on demand.
  const { viewsRebuilt: _none, ...rates } = own;
  return {
    ...profile,
    rates: { ...rates, ...ratesOf(dice, profile.chaosMs / wild) },
    deskMs: isBusy ? dice.pick([4_000, 15_000]) : profile.deskMs,
    limits: { ...profile.limits, ...limitsOf(dice) },
    cluster: {
      ...{ nodes, workers: dice.strikes(0.3) ? dice.between(1, nodes) : nodes },
      messages: {
        lostPerMille: dice.pick([0, 0, 20, 300]),
        doubledPerMille: dice.pick([0, 0, 50]),
        delayMs: dice.pick<readonly [number, number]>([
          [1, 5],
          [5, 200],
          [20, 3_000],
        ]),
      },
    },
  };
}

/** The database is well, stations move from node to node, and the desk is never quiet. */
function busyRates({ rates, chaosMs }: Profile, dice: Dice): Rates {
  const kept = Object.entries(rates).filter(([name]) => ofStations.has(name));
  return { ...Object.fromEntries(kept), socketTakenOver: chaosMs / dice.pick([10, 40]) };
}

function ratesOf(dice: Dice, spanMs: number): Rates {
  const rates: Record<string, number> = {};
  for (const name of clusterFaultNames) {
    if (dice.strikes(0.5)) rates[name] = spanMs / dice.pick([0.5, 1, 2, 4]);
  }
  return rates;
}

function limitsOf(dice: Dice) {
  return {
    ...dice.pick([
      { leaseMs: 30_000, leaseRenewMs: 9_000, leaseMarginMs: 4_000 },
      { leaseMs: 12_000, leaseRenewMs: 4_000, leaseMarginMs: 2_000 },
    ]),
    tailPollMs: dice.pick([2_000, 5_000]),
    tailPageEvents: dice.pick([2, 20, 1_000]),
    tailBehindMax: dice.pick([2, 10_000]),
    wakeUpMs: dice.pick([2, 50]),
    viewLookMs: 500,
  };
}
