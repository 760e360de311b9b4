import type { Timer } from "../time.ts";
import type { Payload } from "../wire/frames.ts";
import { authorize, idTagInfoOf, isSameTag, remember } from "./authorization.ts";
import { adjustPower, keepForStop, measure, tick } from "./charging.ts";
import type { ChargingProfile } from "./charging-schedule.ts";
import { Meter } from "./meter.ts";
import type { Bearer } from "./reservations.ts";
import type { Station } from "./station.ts";
import type { StopReason, Transaction } from "./transaction.ts";
import { powerWanted, type Vehicle } from "./vehicle.ts";

/** What StatusNotification says of a connector. */
export type ConnectorStatus =
  | "Available"
  | "Preparing"
  | "Charging"
  | "SuspendedEVSE"
  | "SuspendedEV"
  | "Finishing"
  | "Reserved"
  | "Unavailable"
  | "Faulted";

interface Admission extends Bearer {
  readonly timer: Timer;
  readonly profile?: ChargingProfile | undefined;
}

interface Watcher {
  readonly test: () => boolean;
  readonly resolve: () => void;
}

/** One EVSE with its plug, its meter and what goes on at it. */
export class Evse {
  readonly station: Station;
  /** In 1.6 this is the connectorId. */
  readonly id: number;
  readonly meter: Meter;
  operative = true;
  /** What availability becomes when the transaction ends; undefined: nothing is scheduled. */
  operativeNext: boolean | undefined;
  plugged = false;
  vehicle: Vehicle | undefined;
  errorCode = "NoError";
  /** What the lock does when it is told to open. */
  lock: "opens" | "fails" | "none" = "opens";
  transaction: Transaction | undefined;
  #admission: Admission | undefined;
  #finishing = false;
  #reported = "";
  readonly #watchers = new Set<Watcher>();

  constructor(station: Station, id: number) {
    this.station = station;
    this.id = id;
    const { time, dice, speed } = station;
    this.meter = new Meter({ wh: dice.between(0, 1_000_000), at: time.now(), speed });
  }

  get status(): ConnectorStatus {
    if (this.errorCode !== "NoError") return "Faulted";
    if (this.transaction) return this.#chargingStatus(this.transaction);
    if (!this.operative || this.station.isInstalling) return "Unavailable";
    if (this.plugged) return this.#finishing ? "Finishing" : "Preparing";
    if (this.#admission) return "Preparing";
    return this.station.reservations.at(this.id).length > 0 ? "Reserved" : "Available";
  }

  /** Whether a new driver could come. */
  get isFree(): boolean {
    return !this.plugged && !this.#admission && this.status === "Available";
  }

  get isAdmitted(): boolean {
    return this.#admission !== undefined;
  }

  /** Whether the car took all that it wanted. */
  get isFull(): boolean {
    return this.transaction !== undefined && this.status === "SuspendedEV";
  }

  plugIn(vehicle: Vehicle): void {
    this.plugged = true;
    this.vehicle = vehicle;
    this.#finishing = false;
    this.#startIfReady();
    if (this.transaction) adjustPower(this);
    this.update();
  }

  unplug(): void {
    this.plugged = false;
    if (this.transaction) {
      if (this.station.configuration.bool("StopTransactionOnEVSideDisconnect")) {
        this.stop("EVDisconnected");
      } else adjustPower(this);
    }
    this.vehicle = undefined;
    this.#finishing = false;
    this.update();
  }

  /** A tag is held before the reader; false if it is refused. */
  async swipe(idTag: string): Promise<boolean> {
    const running = this.transaction;
    if (running && isSameTag(running.idTag, idTag)) {
      this.stop("Local", idTag);
      return true;
    }
    const info = await authorize(this.station, idTag);
    if (info.status !== "Accepted") return false;
    if (running === undefined) return this.admit({ idTag, parentIdTag: info.parentIdTag });
    if (this.transaction !== running) return false;
    const isSameGroup =
      info.parentIdTag !== undefined &&
      running.parentIdTag !== undefined &&
      isSameTag(info.parentIdTag, running.parentIdTag);
    if (isSameGroup) this.stop("Local", idTag);
    return isSameGroup;
  }

  /** Someone may charge here now: the start follows as soon as the car is plugged in. */
  admit(bearer: Bearer, profile?: ChargingProfile): boolean {
    const { station } = this;
    const isClosed = !this.operative || this.errorCode !== "NoError" || station.isInstalling;
    if (this.transaction || this.#admission || isClosed) return false;
    if (!station.mayUse(this, bearer)) return false;
    const seconds = station.configuration.int("ConnectionTimeOut");
    const timer = station.time.after(seconds * 1000, () => {
      this.#admission = undefined;
      this.update();
    });
    this.#admission = { ...bearer, profile, timer };
    this.update();
    this.#startIfReady();
    return true;
  }

  stop(reason: StopReason, idTag?: string): void {
    const { transaction, station } = this;
    if (transaction === undefined) return;
    const meterStop = this.meter.read(station.time.now());
    this.meter.draw(station.time.now(), 0);
    keepForStop(transaction, measure(this, "StopTxnSampledData", "Transaction.End"));
    transaction.tick?.cancel();
    transaction.meterStopWh = meterStop;
    this.#tellOfStop(transaction, {
      meterStop,
      timestamp: station.timestamp(),
      reason,
      ...(idTag === undefined ? {} : { idTag }),
      ...(transaction.samples.length > 0 ? { transactionData: transaction.samples } : {}),
    });
    this.transaction = undefined;
    this.#finishing = true;
    station.chargingProfiles.transactionEnded(this.id);
    this.applyScheduled();
    for (const evse of station.evses) if (evse.transaction) adjustPower(evse);
    this.update();
    station.transactionEnded();
  }

  /** Availability that was asked for while a transaction ran. */
  applyScheduled(): void {
    if (this.operativeNext === undefined) return;
    this.operative = this.operativeNext;
    this.operativeNext = undefined;
  }

  /** Something breaks; reservations of this connector are lost with it. */
  fail(errorCode: string): void {
    this.errorCode = errorCode;
    for (const { reservationId } of this.station.reservations.at(this.id)) {
      this.station.reservations.remove(reservationId);
    }
    this.update();
  }

  repair(): void {
    this.errorCode = "NoError";
    this.update();
  }

  /** Tells the CSMS of a new status, and whoever waits here. */
  update(): void {
    const { status, errorCode } = this;
    if (`${status} ${errorCode}` !== this.#reported && this.station.online) this.report();
    for (const watcher of [...this.#watchers]) {
      if (!watcher.test()) continue;
      this.#watchers.delete(watcher);
      watcher.resolve();
    }
  }

  report(): void {
    const { status, errorCode, id } = this;
    this.#reported = `${status} ${errorCode}`;
    const timestamp = this.station.timestamp();
    this.station.tell("StatusNotification", { connectorId: id, errorCode, status, timestamp });
  }

  /** Forgets what the CSMS was told, because power was off. */
  forgetReports(): void {
    this.#reported = "";
  }

  /** Resolves as soon as something is so here. */
  until(test: () => boolean): Promise<void> {
    if (test()) return Promise.resolve();
    return new Promise((resolve) => this.#watchers.add({ test, resolve }));
  }

  #chargingStatus(transaction: Transaction): ConnectorStatus {
    if (transaction.withoutEnergy) return "SuspendedEVSE";
    if (!this.plugged || !this.vehicle) return "SuspendedEV";
    if (this.meter.powerW > 0) return "Charging";
    const delivered = this.meter.read(this.station.time.now()) - transaction.meterStartWh;
    return powerWanted(this.vehicle, delivered) > 0 ? "SuspendedEVSE" : "SuspendedEV";
  }

  #startIfReady(): void {
    const admission = this.#admission;
    if (admission === undefined || !this.plugged) return;
    admission.timer.cancel();
    this.#admission = undefined;
    this.#start(admission);
  }

  #start(admission: Admission): void {
    const { station } = this;
    const reservation = station.reservations.usedBy(admission, this.id);
    if (reservation) station.reservations.remove(reservation.reservationId);
    const now = station.time.now();
    const interval = station.configuration.int("MeterValueSampleInterval") * 1000;
    const transaction: Transaction = {
      connectorId: this.id,
      idTag: admission.idTag,
      parentIdTag: admission.parentIdTag,
      reservationId: reservation?.reservationId,
      meterStartWh: this.meter.read(now),
      startedAt: station.now(),
      withoutEnergy: false,
      stopDelivered: false,
      nextSampleAt: now + interval,
      samples: [],
      tick: undefined,
    };
    this.transaction = transaction;
    station.transactions.push(transaction);
    keepForStop(transaction, measure(this, "StopTxnSampledData", "Transaction.Begin"));
    const { profile } = admission;
    if (profile) {
      station.chargingProfiles.install({
        connectorId: this.id,
        profile,
        installedAt: station.now(),
      });
    }
    this.#tellOfStart(transaction, station.timestamp());
    tick(this, transaction);
  }

  #tellOfStart(transaction: Transaction, timestamp: string): void {
    const { connectorId, idTag, meterStartWh, reservationId } = transaction;
    this.station.queue.push({
      action: "StartTransaction",
      payload: () => ({
        connectorId,
        idTag,
        meterStart: meterStartWh,
        ...(reservationId === undefined ? {} : { reservationId }),
        timestamp,
      }),
      answered: (payload) => this.#startAnswered(transaction, payload),
      // What follows can only say that it does not know the number (OCPP 1.6 errata 3.18).
      failed: () => {
        transaction.id = -1;
      },
    });
  }

  #startAnswered(transaction: Transaction, payload: Payload): void {
    if (typeof payload.transactionId === "number") transaction.id = payload.transactionId;
    const info = idTagInfoOf(payload);
    if (info === undefined) return;
    remember(this.station, transaction.idTag, info);
    if (info.status === "Accepted" || this.transaction !== transaction) return;
    if (this.station.configuration.bool("StopTransactionOnInvalidId")) {
      this.stop("DeAuthorized");
      return;
    }
    transaction.withoutEnergy = true;
    adjustPower(this);
  }

  #tellOfStop(transaction: Transaction, payload: Payload): void {
    const { queue } = this.station;
    queue.push({
      action: "StopTransaction",
      payload: () => ({ transactionId: transaction.id ?? -1, ...payload }),
      answered: (answer) => {
        transaction.stopDelivered = true;
        const info = idTagInfoOf(answer);
        if (info) remember(this.station, transaction.idTag, info);
      },
    });
  }
}
