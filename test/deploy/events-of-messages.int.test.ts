// The arithmetic of docs/scaling.md begins with what a message becomes in the log. Here each is
// sent, and counted.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectClient, type OcppClient } from "#support/ocpp-client";
import { eventsOfMessage, type Message } from "../../tools/scaling/figures.ts";

let house: TestMotown;
let station: OcppClient;
let transactionId: unknown;

beforeAll(async () => {
  house = await startTestMotown();
  await house.admit("CP-1");
  await house.token("CARD-1");
  station = await connectClient({ port: house.motown.port, stationId: "CP-1" });
  await station.boot();
});
afterAll(async () => {
  await station.close();
  await house.stop();
});

const now = () => new Date().toISOString();
const sample = { value: "1500", measurand: "Energy.Active.Import.Register", unit: "Wh" };

/** In the order of a session: a start follows what lets it charge. */
const send: Readonly<Record<Message, () => Promise<Record<string, unknown>>>> = {
  boot: () => station.boot(),
  heartbeat: () => station.call("Heartbeat"),
  status: () =>
    station.call("StatusNotification", {
      ...{ connectorId: 1, errorCode: "NoError", status: "Preparing", timestamp: now() },
    }),
  authorize: () => station.call("Authorize", { idTag: "CARD-1" }),
  start: () =>
    station.call("StartTransaction", {
      ...{ connectorId: 1, idTag: "CARD-1", meterStart: 1000, timestamp: now() },
    }),
  meter: () =>
    station.call("MeterValues", {
      ...{ connectorId: 1, transactionId },
      meterValue: [{ timestamp: now(), sampledValue: [sample] }],
    }),
  stop: () =>
    station.call("StopTransaction", {
      ...{ transactionId, idTag: "CARD-1", meterStop: 2000, timestamp: now() },
    }),
};

it("is as many events as the arithmetic says", async () => {
  const counted: Record<string, number> = {};
  for (const [message, call] of Object.entries(send)) {
    await house.idle();
    const before = await house.motown.store.head();
    const answer = await call();
    transactionId = answer.transactionId ?? transactionId;
    await house.idle();
    counted[message] = (await house.motown.store.head()) - before;
  }
  expect(counted).toEqual(eventsOfMessage);
});
