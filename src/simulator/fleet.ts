import { diceOf } from "./dice.ts";
import { Driver } from "./driver.ts";
import { limits } from "./limits.ts";
import type { KeyName } from "./station/configuration.ts";
import type { FaultRates } from "./station/faults.ts";
import { type StationModel, twoOutlets } from "./station/model.ts";
import { Station } from "./station/station.ts";
import { Tally } from "./tally.ts";
import type { Time } from "./time.ts";
import type { SocketFactory } from "./wire/socket.ts";

/** A fleet to be. */
export interface FleetOptions {
  readonly stationIds: readonly string[];
  readonly url: string;
  readonly tags: readonly [string, ...string[]];
  readonly time: Time;
  readonly seed: number;
  readonly socketTo: SocketFactory;
  readonly speed?: number;
  readonly model?: StationModel;
  readonly faults?: FaultRates;
  /** One session per EVSE, then no more. */
  /** Cars come only where a session was started from afar. */
  readonly onCall?: boolean | undefined;
  readonly once?: boolean;
  readonly configuration?: Partial<Record<KeyName, string>>;
}

/** What a fleet does at this moment. */
export interface FleetStatus {
  readonly stations: number;
  readonly connected: number;
  /** Connected, and not accepted by the CSMS yet. */
  readonly waiting: number;
  readonly charging: number;
  readonly energyWh: number;
  readonly undelivered: number;
}

/** Between two stations that come on, so that not all connect in the same instant. */
const staggerMs = 2;

/** Many stations in one process, each with its drivers, on one clock and one count. */
export class Fleet {
  readonly stations: readonly Station[];
  readonly tally = new Tally();
  readonly #drivers: readonly Driver[];
  readonly #time: Time;

  constructor(options: FleetOptions) {
    const { stationIds, url, time, seed, socketTo, tags } = options;
    const { speed = 1, model = twoOutlets, faults = {}, configuration = {} } = options;
    this.#time = time;
    this.stations = stationIds.map((stationId) => {
      const dice = diceOf(seed, stationId);
      const parts = { stationId, url, time, dice, tally: this.tally, socketTo };
      return new Station({ ...parts, speed, model, faults, configuration });
    });
    const sessions = options.once ? 1 : undefined;
    this.#drivers = this.stations.flatMap(({ evses }) =>
      evses.map((evse) => new Driver({ evse, tags, sessions, onCall: options.onCall })),
    );
  }

  /** Switches all stations on; resolves when the drivers have had all their sessions. */
  async run(): Promise<void> {
    for (const [at, station] of this.stations.entries()) {
      this.#time.after(at * staggerMs, () => station.powerOn());
    }
    const perStation = this.#drivers.length / Math.max(1, this.stations.length);
    await Promise.all(
      this.#drivers.map(async (driver, at) => {
        await this.stations[Math.floor(at / perStation)]?.whenServed();
        await driver.run();
      }),
    );
  }

  status(): FleetStatus {
    const now = this.#time.now();
    let [connected, waiting, charging, energyWh, undelivered] = [0, 0, 0, 0, 0];
    for (const station of this.stations) {
      if (station.link.isOpen) connected += 1;
      if (station.link.isOpen && !station.online) waiting += 1;
      undelivered += station.queue.length;
      for (const { transaction, meter } of station.evses) {
        if (transaction === undefined) continue;
        charging += 1;
        energyWh += meter.read(now) - transaction.meterStartWh;
      }
      for (const { meterStopWh, meterStartWh } of station.transactions) {
        if (meterStopWh !== undefined) energyWh += meterStopWh - meterStartWh;
      }
    }
    return { stations: this.stations.length, connected, waiting, charging, energyWh, undelivered };
  }

  /** Ends all sessions, delivers what is left and goes offline; false if something is left. */
  async stop(drainMs: number = limits.drainMs): Promise<boolean> {
    for (const driver of this.#drivers) driver.stop();
    const delivered = await Promise.all(this.stations.map((station) => station.delivered(drainMs)));
    for (const station of this.stations) station.powerOff();
    return delivered.every(Boolean);
  }
}
