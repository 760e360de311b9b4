// Runs a world from its first step to its rest, and says what came of it.

import { StoreUnavailable } from "#bus";
import { checkLimits } from "./checks/limits-check.ts";
import { ghosts, unsettled } from "./checks/settle-check.ts";
import { compareEnergy, compareViews } from "./checks/views-check.ts";
import type { Violation } from "./checks/violations.ts";
import { unleash } from "./world/chaos.ts";
import { withNodes } from "./world/cluster-profile.ts";
import { namedDice } from "./world/dice.ts";
import { guard } from "./world/guard.ts";
import { calm } from "./world/link.ts";
import type { Node } from "./world/node.ts";
import { type Profile, smallWorld } from "./world/profile.ts";
import { settled } from "./world/timeline.ts";
import { World, type WorldOptions } from "./world/world.ts";

/** What a seed came to. */
export interface RunResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly fingerprint: string;
  readonly steps: number;
  readonly virtualMs: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly counts: Readonly<Record<string, number>>;
}

/** How a run is made; all but the seed may be left out. */
export interface RunOptions extends Omit<WorldOptions, "profile"> {
  readonly profile?: Profile;
  /** Several nodes that share a database: so many, or as many as the seed says. */
  readonly nodes?: number | "any" | undefined;
  /** Changes the world before its first step: the plants of a test. */
  readonly plant?: (world: World) => void;
  readonly stepsMax?: number;
  /** Called when all is settled and still runs; the world is not looked at any more. */
  readonly rested?: (world: World) => void;
}

const minute = 60_000;
/** Longer than any request may wait for its station, and its answer, and the sweeper. */
const settleMs = 45 * minute;
const lookMs = 10_000;
/** Steps between two looks at the limits. */
const checkEvery = 20;
const idleMs = 2 * minute;
const stopMs = minute;
const stepsMax = 3_000_000;

export async function runSeed(options: RunOptions): Promise<RunResult> {
  const { plant } = options;
  const profile = profileOf(options);
  const world = new World({ ...options, profile });
  plant?.(world);
  const run = new Run(world, options.stepsMax ?? stepsMax);
  const leave = guard(world.timeline, world.violate);
  let result: RunResult | undefined;
  try {
    await run.toTheEnd();
    if (options.rested !== undefined && world.violations.length === 0) {
      result = resultOf(world);
      options.rested(world);
    } else await run.end();
  } finally {
    leave();
  }
  result ??= resultOf(world);
  for (const node of world.nodes) node.kill();
  await world.disk.views.end();
  return result;
}

function profileOf({ seed, profile, nodes }: RunOptions): Profile {
  const small = profile ?? smallWorld(namedDice(seed, "profile"));
  if (nodes === undefined) return small;
  return withNodes(small, namedDice(seed, "nodes"), nodes === "any" ? undefined : nodes);
}

class Run {
  readonly #world: World;
  readonly #stepsMax: number;
  readonly #startedAt: number;

  constructor(world: World, most: number) {
    this.#world = world;
    this.#stepsMax = most;
    this.#startedAt = world.timeline.now;
  }

  async toTheEnd(): Promise<void> {
    const world = this.#world;
    await this.#begin();
    const stop = unleash(world);
    const middle = this.#startedAt + world.profile.chaosMs * world.dice("middle").next();
    await this.#until(() => world.timeline.now >= middle);
    if (world.dice("look").strikes(0.5)) await this.#look();
    await this.#until(() => world.timeline.now >= world.chaosEndsAt);
    stop();
    await this.#calm();
    await this.#settle();
    if (this.#isOver) return;
    await this.#look();
    for (const ghost of ghosts(world)) world.violate("exactlyOnce", `nobody charged: ${ghost}`);
  }

  get #isOver(): boolean {
    return this.#world.violations.length > 0;
  }

  /** Carries out steps until it is so, or an invariant is broken. */
  async #until(isSo: () => boolean): Promise<void> {
    const { timeline, violate } = this.#world;
    await settled();
    while (!isSo() && !this.#isOver) {
      if (timeline.steps >= this.#stepsMax) {
        violate("settles", `more than ${this.#stepsMax} steps`);
        return;
      }
      if (!timeline.step()) return;
      await settled();
      if (timeline.steps % checkEvery === 0) checkLimits(this.#world);
    }
  }

  /** Lets time pass until it is done; false if that is not to be. */
  async #done<T>(promise: Promise<T>, tooLate = () => false): Promise<boolean> {
    let isDone = false;
    promise.then(
      () => {
        isDone = true;
      },
      (error: unknown) => this.#world.violate("settles", `it failed: ${String(error)}`),
    );
    await this.#until(() => isDone || tooLate());
    return isDone;
  }

  async #begin(): Promise<void> {
    const world = this.#world;
    const { nodes, operator, prepared, stations, timeline } = world;
    for (const node of nodes) node.start();
    await this.#until(() => nodes.every(({ house }) => house !== undefined));
    const [{ house }] = nodes;
    if (house !== undefined) await this.#done(operator.prepare(house, prepared));
    world.isCalm = false;
    const dice = world.dice("morning");
    for (const station of stations) {
      timeline.after(dice.around(10_000), () => station.powerOn());
    }
    this.#desk();
    Object.assign(world.network.weather, world.profile.weather);
  }

  /** Somebody at the desk wants something, now and then. */
  #desk(): void {
    const world = this.#world;
    const dice = world.dice("wishes");
    const next = () => {
      const sleepMs = Math.max(0, world.asleepUntil - world.timeline.now);
      world.timeline.after(sleepMs + dice.around(world.profile.deskMs), () => {
        if (world.isCalm) return;
        void world.operator.ask(dice.pick(world.stations as [never, ...never[]]));
        next();
      });
    };
    next();
  }

  /** From now on nothing goes wrong. */
  async #calm(): Promise<void> {
    const world = this.#world;
    const { disk, network, nodes, stations } = world;
    world.isCalm = true;
    world.heard("calm");
    disk.trouble = undefined;
    disk.readFailure = 0;
    disk.commitMs = [0.2, 3];
    disk.views.trouble = undefined;
    Object.assign(network.weather, calm);
    network.open();
    world.between?.calm();
    for (const node of nodes) {
      node.skewMs = 0;
      node.thaw();
      node.start();
    }
    await this.#until(() => nodes.every(({ house }) => house !== undefined));
    for (const station of stations) {
      station.powerOn();
      station.calmDown();
      const { link } = station.line;
      if (link !== undefined) link.reading = true;
      // What is half open by now would be found out in the end; the deadline is for Motown.
      station.reconnect("loudly");
    }
    await this.#putRight();
  }

  /** A node that was about to end takes the desk's wish with it: the next look tries again. */
  async #putRight(): Promise<void> {
    const { operator, prepared, timeline } = this.#world;
    const until = timeline.now + minute;
    await this.#done(operator.putRight(prepared), () => timeline.now > until);
  }

  async #settle(): Promise<void> {
    const { timeline, violate } = this.#world;
    const deadline = timeline.now + settleMs;
    let left: readonly string[] = ["nobody has looked"];
    while (left.length > 0 && timeline.now < deadline && !this.#isOver) {
      const nextAt = timeline.now + lookMs;
      await this.#until(() => timeline.now >= nextAt);
      left = await unsettled(this.#world);
      // What the desk had begun before the calm may come after it was put right.
      if (left.length > 0) await this.#putRight();
    }
    if (left.length > 0 && !this.#isOver) violate("settles", left.slice(0, 5).join("; "));
    for (const { house, name } of this.#world.nodes) {
      if (house === undefined || this.#isOver) continue;
      const idleBy = timeline.now + idleMs;
      const isIdle = await this.#done(house.idle(), () => timeline.now > idleBy);
      if (!isIdle) violate("settles", `the views or add-ons of ${name} do not come to rest`);
    }
  }

  async #look(): Promise<void> {
    if (this.#isOver) return;
    await compareEnergy(this.#world);
    await compareViews(this.#world);
  }

  /** Motown ends in good order. */
  async end(): Promise<void> {
    if (this.#isOver) return;
    const { nodes, violate } = this.#world;
    const deadline = this.#world.timeline.now + stopMs;
    for (const node of nodes) {
      const isDone = await this.#done(stopped(node), () => this.#world.timeline.now > deadline);
      if (!isDone) violate("settles", `${node.name} does not stop`);
    }
  }
}

/** As `run.ts` has it: what cannot be put away for want of the store is left, and nothing lost. */
function stopped(node: Node): Promise<void> {
  return node.stop().catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable)) throw error;
    node.kill();
  });
}

function resultOf(world: World): RunResult {
  const { timeline, wire, facts, stations, operator, log, violations, faults, seed } = world;
  const sessions = stations.flatMap((station) => station.sessions);
  const told = sessions.filter(({ stopTold }) => stopTold);
  const wh = told.reduce((sum, { start, stop }) => sum + (stop?.wh ?? start.wh) - start.wh, 0);
  return {
    ...{ seed, violations, faults, steps: timeline.steps },
    fingerprint: world.fingerprint(),
    virtualMs: timeline.now - world.bornAt,
    counts: {
      stations: stations.length,
      ...wire.counts,
      facts: facts.acknowledgements,
      sessions: told.length,
      wh,
      wishes: operator.counts.committed,
      requests: log.requests.size,
      events: log.position,
      starts: world.nodes.reduce((sum, { starts }) => sum + starts, 0),
      ...(world.between === undefined ? {} : { nodes: world.nodes.length }),
    },
  };
}
