// What flows while a transaction runs: power by the car, the plate and the charging profiles; and
// the samples that tell of it.

import { limits } from "../limits.ts";
import type { Payload } from "../wire/frames.ts";
import type { Evse } from "./evse.ts";
import { type Measurement, meterValue, type SampleContext } from "./measurands.ts";
import type { Transaction } from "./transaction.ts";
import { powerWanted, stateOfChargeAfter } from "./vehicle.ts";

const tickMs = 1_000;

/** Wh since the start. */
export const deliveredWh = (evse: Evse, transaction: Transaction): number =>
  evse.meter.read(evse.station.time.now()) - transaction.meterStartWh;

/** What the plate and the profiles allow at this instant, in W. */
export function powerAllowed(evse: Evse): number {
  const { station, transaction } = evse;
  const at = station.now();
  const connectorId = evse.id;
  const started = transaction?.startedAt;
  const own = station.chargingProfiles.connectorLimitW({
    connectorId,
    at,
    transactionStartedAt: started,
  });
  const whole = station.chargingProfiles.stationLimitW(at);
  // The station's limit is shared evenly by those who charge.
  const sharers = Math.max(1, station.evses.filter((one) => one.transaction).length);
  return Math.min(
    station.model.powerWMax,
    own ?? Number.POSITIVE_INFINITY,
    (whole ?? Number.POSITIVE_INFINITY) / sharers,
  );
}

/** Sets the power anew, after whatever may have changed it. */
export function adjustPower(evse: Evse): void {
  const { station, transaction, vehicle, meter } = evse;
  const flows = transaction && !transaction.withoutEnergy && evse.plugged && vehicle;
  const wanted = flows ? powerWanted(vehicle, deliveredWh(evse, transaction)) : 0;
  meter.draw(station.time.now(), Math.min(wanted, powerAllowed(evse)));
  evse.update();
}

/** Runs once a second while a transaction runs. */
export function tick(evse: Evse, transaction: Transaction): void {
  if (evse.transaction !== transaction) return;
  adjustPower(evse);
  samplePeriodically(evse, transaction);
  transaction.tick = evse.station.time.after(tickMs, () => tick(evse, transaction));
}

function samplePeriodically(evse: Evse, transaction: Transaction): void {
  const { station } = evse;
  const interval = station.configuration.int("MeterValueSampleInterval") * 1000;
  if (interval === 0 || station.time.now() < transaction.nextSampleAt) return;
  transaction.nextSampleAt += interval;
  if (transaction.nextSampleAt <= station.time.now()) {
    transaction.nextSampleAt = station.time.now() + interval;
  }
  keepForStop(transaction, measure(evse, "StopTxnSampledData", "Sample.Periodic"));
  sendSample(evse, measure(evse, "MeterValuesSampledData", "Sample.Periodic"));
}

/** A sample with the measurands that a configuration key names. */
export function measure(
  evse: Evse,
  key: "MeterValuesSampledData" | "MeterValuesAlignedData" | "StopTxnSampledData",
  context: SampleContext,
): Payload | undefined {
  const { station } = evse;
  return meterValue(measurementOf(evse), {
    measurands: station.configuration.list(key),
    context,
    timestamp: station.timestamp(),
  });
}

function measurementOf(evse: Evse): Measurement {
  const { station, transaction, vehicle, meter } = evse;
  const delivered = transaction ? deliveredWh(evse, transaction) : 0;
  return {
    energyWh: meter.read(station.time.now()),
    powerW: meter.powerW,
    offeredW: transaction ? powerAllowed(evse) : 0,
    stateOfCharge: vehicle ? stateOfChargeAfter(vehicle, delivered) : 0,
    phases: station.model.phases,
  };
}

/** Keeps the first and the latest samples for StopTransaction. */
export function keepForStop(transaction: Transaction, sample: Payload | undefined): void {
  if (sample === undefined) return;
  if (transaction.samples.length >= limits.transactionSamplesMax) transaction.samples.splice(1, 1);
  transaction.samples.push(sample);
}

/** Sends meter values: with the transaction's others if there is one, else if there is a socket. */
export function sendSample(evse: Evse, sample: Payload | undefined): void {
  const { station, transaction } = evse;
  if (sample === undefined) return;
  const values = { connectorId: evse.id, meterValue: [sample] };
  if (transaction === undefined) {
    station.tell("MeterValues", values);
    return;
  }
  station.queue.push({
    action: "MeterValues",
    payload: () => ({ ...values, transactionId: transaction.id ?? -1 }),
  });
}
