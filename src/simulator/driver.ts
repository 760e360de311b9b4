import type { Evse } from "./station/evse.ts";
import type { Vehicle } from "./station/vehicle.ts";
import type { Timer } from "./time.ts";

/** Who comes to an EVSE, and how often. */
export interface DriverOptions {
  readonly evse: Evse;
  readonly tags: readonly [string, ...string[]];
  /** How many sessions; without, until stopped. */
  readonly sessions?: number | undefined;
  /** Comes only where a session was started from afar. */
  readonly onCall?: boolean | undefined;
}

// Seconds in life; the speed of the station makes them shorter.
const idleSeconds = [20, 300] as const;
const uncalledSeconds = [100_000, 100_000] as const;
const handlingSeconds = [5, 20] as const;
const lingerSeconds = [10, 120] as const;
const wantedWh = [1_500, 5_000] as const;
const carPowersW = [11_000, 22_000, 22_000] as const;

/** The people who come to one EVSE, one after the other: they plug in, swipe, wait and leave. */
export class Driver {
  readonly #options: DriverOptions;
  readonly #pauses = new Map<() => void, Timer>();
  #stopping = false;
  #started = 0;

  constructor(options: DriverOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { sessions = Number.POSITIVE_INFINITY } = this.#options;
    while (!this.#stopping && this.#started < sessions) await this.#visit();
  }

  /** The car that charges now leaves; nobody comes after it. */
  stop(): void {
    this.#stopping = true;
    for (const [resolve, timer] of this.#pauses) {
      timer.cancel();
      resolve();
    }
    this.#pauses.clear();
    const { evse } = this.#options;
    evse.stop("Local");
    if (evse.plugged) evse.unplug();
  }

  async #visit(): Promise<void> {
    const { evse, tags, onCall = false } = this.#options;
    const { dice } = evse.station;
    const idle = onCall ? uncalledSeconds : idleSeconds;
    await Promise.race([this.#pause(idle), this.#admitted()]);
    if (onCall && !evse.isAdmitted) return;
    if (this.#stopping || !(evse.isFree || evse.isAdmitted || evse.status === "Reserved")) return;
    if (evse.isAdmitted) {
      // Someone was let in from afar: the car is all that is missing.
      await this.#pause(handlingSeconds);
      if (!this.#stopping) evse.plugIn(this.#car());
    } else if (!(await this.#comeAlone(dice.pick([...tags] as [string, ...string[]])))) return;
    if (evse.transaction) await this.#charge();
    if (evse.plugged) {
      await this.#pause(handlingSeconds);
      evse.unplug();
    }
  }

  /** Plugs in and swipes, in either order; false if there is no charging. */
  async #comeAlone(idTag: string): Promise<boolean> {
    const { evse } = this.#options;
    const plugsFirst = evse.station.dice.strikes(0.5);
    if (plugsFirst) evse.plugIn(this.#car());
    await this.#pause(handlingSeconds);
    const isWelcome = !this.#stopping && (evse.isAdmitted || (await evse.swipe(idTag)));
    if (isWelcome && !plugsFirst) {
      await this.#pause(handlingSeconds);
      if (!this.#stopping && !evse.plugged) evse.plugIn(this.#car());
    }
    if (evse.transaction) return true;
    if (evse.plugged) evse.unplug();
    return false;
  }

  async #charge(): Promise<void> {
    const { evse } = this.#options;
    this.#started += 1;
    const { transaction } = evse;
    const isOver = () => this.#stopping || evse.transaction !== transaction;
    await evse.until(() => isOver() || evse.isFull);
    if (isOver()) return;
    await this.#pause(lingerSeconds);
    if (isOver() || transaction === undefined) return;
    await evse.swipe(transaction.idTag);
  }

  #car(): Vehicle {
    const { dice } = this.#options.evse.station;
    return {
      wantedWh: dice.between(...wantedWh),
      powerWMax: dice.pick(carPowersW),
      stateOfCharge: dice.between(10, 70),
    };
  }

  #admitted(): Promise<void> {
    const { evse } = this.#options;
    return evse.until(() => this.#stopping || (evse.isAdmitted && !evse.plugged));
  }

  #pause([least, most]: readonly [number, number]): Promise<void> {
    const { station } = this.#options.evse;
    if (this.#stopping) return Promise.resolve();
    const milliseconds = (station.dice.between(least, most) * 1000) / station.speed;
    return new Promise((resolve) => {
      const timer = station.time.after(milliseconds, () => {
        this.#pauses.delete(resolve);
        resolve();
      });
      this.#pauses.set(resolve, timer);
    });
  }
}
