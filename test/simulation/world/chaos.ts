// What goes wrong, and how each of it is made to: a row per fault. A row says for how long, where
// the fault has an end of its own.
import type { VirtualStation } from "../stations/station.ts";
import { clusterStrikes } from "./cluster-chaos.ts";
import type { ClusterFaultName } from "./cluster-profile.ts";
import type { Dice } from "./dice.ts";
import type { FaultName } from "./profile.ts";
import type { World } from "./world.ts";

type Strike = (world: World, dice: Dice) => void;

const second = 1_000;
const minute = 60_000;
const day = 86_400_000;

const aStation = ({ stations }: World, dice: Dice): VirtualStation =>
  dice.pick(stations as [VirtualStation, ...VirtualStation[]]);

/** The disk is in trouble for a while. */
const diskTrouble =
  (trouble: "full" | "broken" | "unsure"): Strike =>
  ({ disk, timeline }, dice) => {
    disk.trouble = trouble;
    timeline.after(dice.around(trouble === "unsure" ? 2 * second : minute), () => {
      if (disk.trouble === trouble) disk.trouble = undefined;
    });
  };

/** How each fault strikes. */
export const strikes: Readonly<Record<FaultName | ClusterFaultName, Strike>> = {
  ...clusterStrikes,
  socketDropped: (world, dice) => aStation(world, dice).line.link?.reset("the network broke it"),
  socketHalfOpen: (world, dice) => aStation(world, dice).line.link?.darken(),
  socketTakenOver: (world, dice) => {
    aStation(world, dice).reconnect(dice.pick(["quietly", "besides"]));
  },
  stationFlaps: (world, dice) => {
    const station = aStation(world, dice);
    for (let turn = dice.between(2, 12); turn > 0; turn--) {
      world.timeline.after(dice.around(20 * second), () => station.reconnect("loudly"));
    }
  },
  stationForgets: (world, dice) => {
    const station = aStation(world, dice);
    world.struck("fact told again", station.outbox.forget(dice.between(1, 12)));
  },
  stationPowerCut: (world, dice) => aStation(world, dice).powerCycle(dice.around(minute)),
  stationLongOffline: (world, dice) => {
    const { stationId } = aStation(world, dice);
    world.network.wall(stationId, world.anyNode(dice).name);
    if (world.nodes.length > 1) {
      for (const { name } of world.nodes) world.network.wall(stationId, name);
    }
    world.timeline.after(dice.around(20 * minute), () => world.network.open());
  },
  stationReadsNothing: (world, dice) => {
    const { link } = aStation(world, dice).line;
    if (link === undefined) return;
    link.reading = false;
    world.timeline.after(dice.around(3 * minute), () => {
      link.reading = true;
    });
  },
  networkWall: (world, dice) => {
    for (const { stationId } of world.stations) {
      if (dice.strikes(0.5)) world.network.wall(stationId, world.anyNode(dice).name);
    }
    world.timeline.after(dice.around(4 * minute), () => world.network.open());
  },
  diskFull: diskTrouble("full"),
  diskBroken: diskTrouble("broken"),
  diskUnsure: diskTrouble("unsure"),
  diskSlow: ({ disk, timeline }, dice) => {
    const before = disk.commitMs;
    disk.commitMs = dice.pick([
      [50, 500],
      [500, 8_000],
    ] as const);
    timeline.after(dice.around(2 * minute), () => {
      disk.commitMs = before;
    });
  },
  readsFail: ({ disk, timeline }, dice) => {
    disk.readFailure = dice.pick([0.05, 0.5]);
    timeline.after(dice.around(minute), () => {
      disk.readFailure = 0;
    });
  },
  viewsBroken: ({ disk, timeline }, dice) => {
    disk.views.trouble = "the views' disk is full";
    timeline.after(dice.around(minute), () => {
      disk.views.trouble = undefined;
    });
  },
  viewsRebuilt: (world, dice) => {
    const { house } = world.anyNode(dice);
    house?.rebuild?.().catch((error: unknown) => world.heard(`no rebuild: ${String(error)}`));
  },
  nodeCrash: (world, dice) => world.crash(world.anyNode(dice), { quietly: false, offMs: 3_000 }),
  nodePowerCut: (world, dice) => {
    const offMs = dice.around(2 * minute);
    world.crash(world.anyNode(dice), { quietly: true, offMs, viewCommits: dice.between(0, 20) });
  },
  nodeRestart: (world, dice) => world.restart(world.anyNode(dice)),
  nodeOffForMonths: (world, dice) => {
    const node = world.anyNode(dice);
    world.sleep(node, dice.between(1, 120) * day);
  },
  clockSteps: (world, dice) => {
    world.anyNode(dice).skewMs += dice.between(-2_000, 2_000);
  },
  stationUnaccepted: (world, dice) => {
    const { operator } = world;
    const station = aStation(world, dice);
    void operator.decide(station, "unaccept");
    world.timeline.after(dice.around(3 * minute), () => void operator.decide(station, "accept"));
  },
  stationDecommissioned: (world, dice) => {
    const { operator } = world;
    const station = aStation(world, dice);
    void operator.decide(station, "decommission");
    world.timeline.after(dice.around(5 * minute), () => {
      void operator.decide(station, "recommission");
    });
  },
  transactionEnded: (world, dice) => void world.operator.endTransaction(aStation(world, dice)),
};

/** Lets each fault of the profile strike at its own times, until told to stop. */
export function unleash(world: World): () => void {
  let isOver = false;
  for (const [name, everyMs] of Object.entries(world.profile.rates)) {
    const dice = world.dice(`fault ${name}`);
    const next = () => {
      const sleepMs = Math.max(0, world.asleepUntil - world.timeline.now);
      world.timeline.after(sleepMs + dice.around(everyMs), () => {
        if (isOver) return;
        next();
        if (world.nodes.every(({ isRunning }) => !isRunning)) return;
        world.struck(name);
        strikes[name as keyof typeof strikes](world, dice);
      });
    };
    next();
  }
  return () => {
    isOver = true;
  };
}
