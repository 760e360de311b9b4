// What goes wrong between nodes, and between them and what they share.
import type { Between } from "./between.ts";
import type { ClusterFaultName } from "./cluster-profile.ts";
import type { Dice } from "./dice.ts";
import type { EngineLine } from "./engine-line.ts";
import type { World } from "./world.ts";

type Strike = (world: World, dice: Dice) => void;

/** How it strikes where there is something between nodes; for how long is the dice's matter. */
type ClusterStrike = (between: Between, world: World, dice: Dice) => void;

const second = 1_000;
const minute = 60 * second;

const struck =
  (strike: ClusterStrike): Strike =>
  (world, dice) => {
    if (world.between !== undefined) strike(world.between, world, dice);
  };

/** Something about lines is bad for a while. */
function forAWhile(
  { timeline }: World,
  lines: readonly EngineLine[],
  given: { readonly bad: (line: EngineLine) => void; readonly forMs: number },
): void {
  for (const line of lines) given.bad(line);
  timeline.after(given.forMs, () => {
    for (const line of lines) line.heal();
  });
}

const cut = (line: EngineLine) => {
  line.cut = true;
};

/** A node's ways to the database: mostly both go the same way. */
function linesOf(between: Between, world: World, dice: Dice): readonly EngineLine[] {
  const { database, tables } = between.lines(world.anyNode(dice).name);
  return dice.strikes(0.7) ? [database, tables] : [database];
}

/** How each fault strikes. */
export const clusterStrikes: Readonly<Record<ClusterFaultName, Strike>> = {
  nodeFrozen: struck((_between, world, dice) => {
    world.freeze(world.anyNode(dice), dice.around(dice.pick([5 * second, minute])));
  }),
  nodesParted: struck((between, { nodes, timeline }, dice) => {
    const { name: lonely } = dice.pick(nodes);
    const oneWay = dice.strikes(0.3);
    for (const { name } of nodes) {
      if (name === lonely || dice.strikes(0.2)) continue;
      between.part({ from: lonely, to: name });
      if (!oneWay) between.part({ from: name, to: lonely });
    }
    timeline.after(dice.around(minute), () => between.join());
  }),
  nodesStartTogether: struck((_between, world, dice) => {
    const offMs = dice.around(10 * second);
    for (const node of world.nodes) {
      if (dice.strikes(0.7)) world.crash(node, { quietly: false, offMs });
    }
  }),
  rollingRestart: struck((_between, world, dice) => {
    const everyMs = dice.pick([5 * second, 20 * second]);
    for (const [at, node] of world.nodes.entries()) {
      world.timeline.after(at * everyMs, () => world.isCalm || world.restart(node));
    }
  }),
  databaseLost: struck((between, world, dice) => {
    const lines = linesOf(between, world, dice);
    forAWhile(world, lines, { bad: cut, forMs: dice.around(30 * second) });
  }),
  databaseDeaf: struck((between, world, dice) => {
    const deaf = dice.pick([0.2, 0.7]);
    const bad = (line: EngineLine) => Object.assign(line, { deaf });
    forAWhile(world, linesOf(between, world, dice), { bad, forMs: dice.around(10 * second) });
  }),
  databaseFar: struck((between, world, dice) => {
    const wayMs = dice.pick([20, 300, 3_000]);
    const bad = (line: EngineLine) => Object.assign(line, { wayMs });
    forAWhile(world, linesOf(between, world, dice), { bad, forMs: dice.around(minute) });
  }),
  databaseRestarted: struck((between, world, dice) => {
    const { views } = world.disk;
    const all = world.nodes.flatMap(({ name }) => Object.values(between.lines(name)));
    forAWhile(world, all, { bad: cut, forMs: dice.around(5 * second) });
    // The views' last commits are not synced: they go where the whole database does.
    const lost = dice.strikes(0.3) ? dice.between(0, 20) : 0;
    void views.inTurn(() => views.loseLast(lost));
  }),
  tablesLost: struck((between, world, dice) => {
    const { tables } = between.lines(world.anyNode(dice).name);
    forAWhile(world, [tables], { bad: cut, forMs: dice.around(40 * second) });
  }),
  messagesBad: struck((between, world, dice) => {
    between.messages = {
      lostPerMille: dice.pick([0, 200, 900]),
      doubledPerMille: dice.pick([0, 500]),
      delayMs: dice.pick<readonly [number, number]>([
        [1, 5],
        [1, 10_000],
      ]),
    };
    world.timeline.after(dice.around(minute), () => {
      if (!world.isCalm) between.messages = between.ordinary;
    });
  }),
  messagesDown: struck((between, { timeline }, dice) => {
    between.isDown = true;
    timeline.after(dice.around(40 * second), () => {
      between.isDown = false;
    });
  }),
};
