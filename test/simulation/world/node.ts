// A machine with one process of Motown on it, which may die, stand still and be started again.
import type { EventEmitter } from "node:events";
import { type House, type HouseParts, openHouse } from "./house.ts";
import { Life } from "./life.ts";
import type { Door } from "./network.ts";

/** What a node works with. */
export interface NodeParts extends HouseParts {
  /** False while everything is off, whoever wants to start it. */
  readonly mayStart: () => boolean;
}

const retryMs = 5_000;

export class Node implements Door {
  readonly name: string;
  readonly #parts: NodeParts;
  /** Its wall clock's error. */
  skewMs = 0;
  /** The machine is off. */
  dark = false;
  starts = 0;
  #life: Life | undefined;
  #house: House | undefined;
  /** When it last went on after it had stood still. */
  #wentOnAt = 0;

  constructor(parts: NodeParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  /** What runs, once it is open for stations. */
  get house(): House | undefined {
    return this.#house;
  }

  get server(): EventEmitter | undefined {
    return this.#house?.server;
  }

  get awake(): (run: () => void) => void {
    const life = this.#life;
    return (run) => (life === undefined ? run() : life.whenAwake(run));
  }

  /** A process is there, be it that it is still starting. */
  get isRunning(): boolean {
    return this.#life?.alive === true;
  }

  get isFrozen(): boolean {
    return this.#life?.isFrozen === true;
  }

  /** It runs, and has met what came while it stood still. */
  get isAwake(): boolean {
    return this.isRunning && !this.isFrozen && this.#parts.timeline.now > this.#wentOnAt;
  }

  /** Starts a process; one that cannot start is started again, as an init system does. */
  start(): void {
    if (this.isRunning || !this.#parts.mayStart()) return;
    this.dark = false;
    this.starts += 1;
    const life = new Life(this.#parts.timeline, () => this.skewMs);
    this.#life = life;
    openHouse(this.#parts, life).then(
      (house) => {
        if (life.alive) this.#house = house;
      },
      (error: unknown) => {
        if (!life.alive) return;
        this.#parts.said("warn", "Motown could not start", { error });
        this.kill();
        this.#parts.timeline.after(retryMs, () => this.start());
      },
    );
  }

  /** The process is dead, in the middle of whatever it did. */
  kill(): void {
    this.#life?.end();
    this.#house = undefined;
    this.#parts.between?.forget(this.name);
  }

  /** Ends in good order. */
  async stop(): Promise<void> {
    const [house, life] = [this.#house, this.#life];
    await house?.stop();
    if (life === this.#life) this.kill();
    else life?.end();
  }

  /** The process stands still, until the result is called; undefined where there is none. */
  freeze(): (() => void) | undefined {
    const life = this.#life;
    if (life === undefined || !life.alive || life.isFrozen) return undefined;
    life.freeze();
    this.#parts.between?.freeze(this.name);
    return () => {
      if (life === this.#life) this.thaw();
    };
  }

  /** It goes on. */
  thaw(): void {
    const { timeline, between, dice } = this.#parts;
    if (!this.isFrozen) return;
    this.#wentOnAt = timeline.now;
    between?.thaw(this.name);
    this.#life?.thaw({ timersFirst: dice.strikes(0.5) });
  }
}
