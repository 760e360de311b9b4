// A world of one seed: stations, network, nodes and the disk that they share.
import { createHash } from "node:crypto";
import type { AddOn, FaultPoint } from "#bus";
import { EventOrder } from "../checks/event-order.ts";
import { FactCheck } from "../checks/fact-check.ts";
import { judgeLine } from "../checks/log-lines.ts";
import { LogWatch } from "../checks/log-watch.ts";
import { OwnershipCheck } from "../checks/ownership.ts";
import { TenureCheck } from "../checks/tenures.ts";
import type { Invariant, Violation } from "../checks/violations.ts";
import { WireCheck } from "../checks/wire-check.ts";
import { type Fact, type Speaker, speakers } from "../stations/speaker.ts";
import { VirtualStation } from "../stations/station.ts";
import { Between } from "./between.ts";
import { type Dice, instantText, namedDice } from "./dice.ts";
import { Disk } from "./disk.ts";
import type { Life } from "./life.ts";
import { Network } from "./network.ts";
import { Node } from "./node.ts";
import { Operator, type Prepared } from "./operator.ts";
import { type Profile, temperOf } from "./profile.ts";
import { Timeline } from "./timeline.ts";

/** How a world is made. */
export interface WorldOptions {
  readonly seed: number;
  readonly profile: Profile;
  /** Told each line of the trace. */
  readonly trace?: ((line: string) => void) | undefined;
  /** Add-ons beyond the product's own. */
  readonly addOns?: () => readonly AddOn[];
}

const bornAt = Date.UTC(2026, 4, 4, 6);
const dayMs = 86_400_000;

export class World {
  readonly seed: number;
  readonly bornAt = bornAt;
  readonly profile: Profile;
  readonly timeline = new Timeline(bornAt);
  readonly disk: Disk;
  readonly network: Network;
  readonly nodes: readonly [Node, ...Node[]];
  readonly stations: readonly VirtualStation[];
  readonly prepared: readonly Prepared[];
  readonly operator: Operator;
  readonly log: LogWatch;
  readonly facts: FactCheck;
  readonly wire: WireCheck;
  readonly order: EventOrder;
  readonly ownership: OwnershipCheck;
  readonly tenures: TenureCheck;
  /** What is between nodes; undefined: there is one, with a disk of its own. */
  readonly between: Between | undefined;
  readonly violations: Violation[] = [];
  /** Faults by how often they struck. */
  readonly faults = new Map<string, number>();
  /** No fault strikes: not yet, or not any more. */
  isCalm = true;
  chaosEndsAt: number;
  /** Until then everything is off. */
  asleepUntil = 0;
  readonly #hash = createHash("sha256");
  readonly #trace: ((line: string) => void) | undefined;
  readonly #told = new Map<string, Fact>();
  readonly #patience: Dice;
  #isOver = false;

  constructor({ seed, profile, trace, addOns = () => [] }: WorldOptions) {
    this.seed = seed;
    this.profile = profile;
    this.#patience = this.dice("patience");
    this.#trace = trace;
    this.chaosEndsAt = bornAt + profile.chaosMs;
    const { timeline } = this;
    const { limits } = profile;
    const violate = this.violate;
    const struck = this.struck;
    this.order = new EventOrder(violate);
    this.ownership = new OwnershipCheck(violate);
    this.tenures = new TenureCheck(violate);
    this.disk = new Disk({
      ...{ timeline, limits, keepsViewHistory: profile.keepsViewHistory },
      ...{ dice: this.dice("disk"), ownership: this.ownership },
    });
    this.log = new LogWatch(this.disk.contents, { violate, heard: this.heard });
    this.facts = new FactCheck(this.log, violate);
    this.wire = new WireCheck({
      ...{ timeline, log: this.log, facts: this.facts, callTimeoutMs: limits.callTimeoutMs },
      protocolOf: (stationId) => this.#stationOf(stationId).speaker.protocol,
      factOf: (stationId, messageId) => this.#told.get(`${stationId} ${messageId}`),
      heardTo: (node) => this.between && this.order.heardTo(node),
      ...{ violate, heard: this.heard },
    });
    this.network = new Network({ timeline, dice: this.dice("network"), watch: this.wire, struck });
    this.between = this.#betweenNodes();
    this.nodes = this.#machines(addOns);
    this.prepared = this.#people();
    this.stations = this.prepared.map(({ station }) => station);
    const nodes = () => this.nodes;
    const again = this.between && this.#again;
    const desk = { dice: this.dice("desk"), log: this.log, violate, nodes, again };
    this.operator = new Operator(desk);
    this.disk.onPoint = this.#deaths();
  }

  /** Chance for one use. */
  dice(name: string): Dice {
    return namedDice(this.seed, name);
  }

  readonly violate = (invariant: Invariant, detail: string): void => {
    const { now, steps } = this.timeline;
    const at = instantText(now);
    this.violations.push({ invariant, detail, step: steps, at });
    this.heard(`VIOLATION ${invariant}: ${detail}`);
  };

  readonly struck = (fault: string, times = 1): void => {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + times);
    this.heard(`fault: ${fault}`);
  };

  /** A line of the trace, by which two runs are compared. */
  readonly heard = (line: string): void => {
    if (this.#isOver) return;
    const text = `${this.timeline.now.toFixed(3)} ${line}\n`;
    this.#hash.update(text);
    this.#trace?.(text);
  };

  /** What the whole trace comes to. Asked once, at the end. */
  fingerprint(): string {
    this.#isOver = true;
    return this.#hash.digest("hex");
  }

  /** Empties the disk and the checks' books: what is in memory then is the product's. */
  putAway(): void {
    const { contents } = this.disk;
    contents.events.length = 0;
    for (const book of Object.values(contents)) if (book instanceof Map) book.clear();
    this.log.putAway();
    this.ownership.putAway();
    this.#told.clear();
    for (const station of this.stations) station.sessions.length = 0;
  }

  anyNode(dice: Dice): Node {
    return dice.pick(this.nodes);
  }

  /** A node's process dies; it is started again after a while. */
  crash(
    node: Node,
    how: { readonly quietly: boolean; readonly offMs: number; readonly viewCommits?: number },
  ): void {
    if (!node.isRunning) return;
    node.kill();
    for (const link of this.network.links) if (link.node === node.name) link.sever(how);
    node.dark = how.quietly;
    // The views' last commits were with the system, which dies only with the machine.
    const dies = how.quietly && this.between === undefined;
    const lost = dies ? this.disk.views.loseLast(how.viewCommits ?? 0) : Promise.resolve();
    this.timeline.after(how.offMs, () => void lost.then(() => node.start()));
  }

  /** A node's process stands still for a while. */
  freeze(node: Node, forMs: number): void {
    const thaw = node.freeze();
    if (thaw !== undefined) this.timeline.after(forMs, thaw);
  }

  restart(node: Node): void {
    // Who stands still does not hear that it should end.
    if (node.isFrozen) return;
    const stopped = node.stop().catch((error: unknown) => {
      // As `run.ts`: what cannot be put away is left, and the process ends.
      this.heard(`not stopped in good order: ${String(error)}`);
      node.kill();
    });
    void stopped.then(() => {
      for (const link of this.network.links) {
        if (link.node === node.name) link.sever({ quietly: false });
      }
      this.timeline.after(2_000, () => node.start());
    });
  }

  /** All is off for so long that all stations have given up; then it is all told at once. */
  sleep(node: Node, forMs: number): void {
    if (!node.isRunning) return;
    for (const station of this.stations) station.powerOff({ quietly: true });
    this.chaosEndsAt += forMs;
    this.asleepUntil = this.timeline.now + forMs;
    for (const one of this.nodes) this.crash(one, { quietly: true, offMs: forMs });
    // Whoever was off already is switched on with the others.
    if (this.nodes.length > 1) this.timeline.after(forMs, () => this.#startAll());
    for (const station of this.stations) station.powerOn();
  }

  /** A station tells a fact with this message. */
  readonly telling = (stationId: string, messageId: string, fact: Fact): void => {
    this.#told.set(`${stationId} ${messageId}`, fact);
  };

  #startAll(): void {
    for (const node of this.nodes) node.start();
  }

  /** Somebody tries once more, a little later. */
  readonly #again = (run: () => void): void => {
    this.timeline.after(this.#patience.around(5_000), run);
  };

  #betweenNodes(): Between | undefined {
    const { cluster, limits } = this.profile;
    if (cluster === undefined) return undefined;
    const { timeline, tenures } = this;
    const dice = (name: string) => this.dice(name);
    return new Between({ timeline, dice, limits, tenures, messages: cluster.messages });
  }

  #machines(addOns: () => readonly AddOn[]): readonly [Node, ...Node[]] {
    const { timeline, disk, between, order, tenures, profile } = this;
    const { limits, unknownStations, cluster } = profile;
    const machine = (name: string, at: number) =>
      new Node({
        ...{ name, timeline, disk, dice: this.dice(name), limits, addOns },
        ...{ between, order, tenures, isWorker: at < (cluster?.workers ?? 1) },
        mayStart: () => timeline.now >= this.asleepUntil,
        settings: { unknownStations, strict: false },
        said: (level, message, fields) => {
          const of = between === undefined ? "" : `${name} `;
          this.heard(`${of}${level}: ${message} ${fields?.error ?? ""}`);
          judgeLine({ level, message, fields }, this.violate);
        },
      });
    const others = Array.from({ length: (cluster?.nodes ?? 1) - 1 }, (_none, at) =>
      machine(`node-${at + 2}`, at + 1),
    );
    return [machine("node-1", 0), ...others];
  }

  #stationOf(stationId: string): VirtualStation {
    const station = this.stations.find((one) => one.stationId === stationId);
    if (station === undefined) throw new Error(`there is no station ${stationId}`);
    return station;
  }

  #people(): readonly Prepared[] {
    const dice = this.dice("people");
    const protocols = Object.values(speakers) as [Speaker, ...Speaker[]];
    return Array.from({ length: this.profile.stations }, (_none, at) => {
      const known = dice.strikes(0.85);
      const own = this.dice(`station ${at}`);
      const temper = temperOf(own);
      const station = new VirtualStation({
        stationId: `S-${at + 1}`,
        speaker: dice.pick(protocols),
        evses: dice.between(1, 2),
        plate: { vendor: "Acme", model: dice.pick(["Wall", "Pole"]), firmware: "1.0" },
        timeline: this.timeline,
        dice: own,
        network: this.network,
        door: () => this.anyNode(own),
        temper: known ? temper : { ...temper, pushy: dice.pick([0, 0.5]) },
        asleepUntil: () => this.asleepUntil,
        telling: this.telling,
        struck: this.struck,
        wrong: this.violate,
      });
      if (temper.clock === "right" && dice.strikes(0.3)) {
        const [outlet] = station.outlets;
        outlet?.remembers(dice.between(1, 8), dice.pick([1, 40, 150]) * dayMs);
        this.struck("offline for months");
      }
      return { station, known, configured: dice.strikes(0.9) };
    });
  }

  /** Whether the process dies at this point of a write. */
  #deaths(): (point: FaultPoint, life: Life) => boolean {
    const dice = this.dice("deaths");
    return (point, life) => {
      if (this.isCalm || !dice.strikes(this.profile.deathAtPoint)) return false;
      const node = this.nodes.find(({ house }) => house?.life === life);
      if (node === undefined) return false;
      this.struck(`death ${point}`);
      this.crash(node, { quietly: dice.strikes(0.3), offMs: dice.around(5_000) });
      return true;
    };
  }
}
