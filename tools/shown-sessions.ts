// Sessions and reservations worth looking at, for pictures: of days past, odd ones among them.
import type { TestMotown } from "../test/support/motown.ts";
import { OcppClient } from "../test/support/ocpp-client.ts";

const minuteMs = 60_000;
const stations = ["NL-UTR-0010", "NL-UTR-0011"];
const token = "04A1B2C3D4E5F6";
const reasons = ["EVDisconnected", "Local", "Remote", "PowerLoss", "DeAuthorized"];

/** Two stations that have worked for some days, and are reserved now and then. */
export async function chargedBefore(house: TestMotown): Promise<void> {
  await house.token(token);
  for (const [index, stationId] of stations.entries()) {
    const station = await new OcppClient({ port: house.motown.port, stationId }).connect();
    await station.boot();
    for (let at = 1; at <= 14; at += 1) await charge(station, at, index);
    if (index === 0) await reserve(house, station, stationId);
  }
}

/** One session, so many times six hours ago. */
async function charge(station: OcppClient, at: number, index: number): Promise<void> {
  const begin = Date.now() - at * 6 * 60 * minuteMs - index * 47 * minuteMs;
  const instant = (minute: number) => new Date(begin + minute * minuteMs).toISOString();
  const idTag = at % 5 === 0 ? `STRANGER-${at}` : token;
  const meterStart = 100_000 * at;
  const { transactionId } = await station.call("StartTransaction", {
    ...{ connectorId: 1, idTag, meterStart, timestamp: instant(0) },
  });
  const minutes = 20 + ((at * 37) % 150);
  for (let minute = 5; minute < minutes; minute += 5) {
    await station.call("MeterValues", {
      ...{ connectorId: 1, transactionId },
      meterValue: [{ timestamp: instant(minute), sampledValue: sampled(meterStart, minute) }],
    });
  }
  // Each seventh is never heard to stop, and each sixth stops below what it had been.
  if (at % 7 === 0) return;
  const meterStop = at % 6 === 0 ? meterStart + 10 : meterStart + energyAt(minutes);
  const reason = reasons[at % reasons.length];
  const stop = { transactionId, meterStop, timestamp: instant(minutes), reason };
  await station.call("StopTransaction", stop);
}

/** It slows down towards the end, as batteries do. */
function powerAt(minute: number): number {
  return Math.round(11_000 / (1 + Math.exp((minute - 90) / 12)) + 300 * Math.sin(minute));
}

function energyAt(minutes: number): number {
  let energy = 0;
  for (let minute = 0; minute < minutes; minute += 1) energy += powerAt(minute) / 60;
  return Math.round(energy);
}

function sampled(meterStart: number, minute: number) {
  const value = (number: number, measurand: string, unit: string) => ({
    ...{ value: String(number), measurand, unit, context: "Sample.Periodic", location: "Outlet" },
  });
  return [
    value(meterStart + energyAt(minute), "Energy.Active.Import.Register", "Wh"),
    value(powerAt(minute), "Power.Active.Import", "W"),
    { ...value(Math.min(99, 20 + Math.round(minute / 2)), "SoC", "Percent"), location: "EV" },
  ];
}

/** One is cancelled again, one holds. */
async function reserve(house: TestMotown, station: OcppClient, stationId: string): Promise<void> {
  station.answers("ReserveNow", { status: "Accepted" });
  station.answers("CancelReservation", { status: "Accepted" });
  const path = `/api/v1/charging-stations/${stationId}`;
  const reservable = { type: "UpdateChargingStationReservable", reservable: true };
  await house.api("POST", `${path}/commands`, reservable);
  const expiresAt = new Date(Date.now() + 90 * minuteMs).toISOString();
  const wish = { type: "RequestReserveNow", evseId: 1, identifyingToken: token, expiresAt };
  const ask = (body: object) => house.api("POST", `${path}/requests`, body, { prefer: "wait=4" });
  await ask(wish);
  await house.idle();
  const list = `/api/v1/reservations?stationId=${stationId}`;
  const { body } = await house.api<{ items: readonly { reservationId: string }[] }>("GET", list);
  const reservationId = body.items[0]?.reservationId;
  await ask({ type: "RequestCancelReservation", reservationId });
  await ask(wish);
}
