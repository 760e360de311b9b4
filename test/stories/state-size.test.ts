// A connected station's state stays in memory: so many bytes of it for each socket.
import { expect, it } from "vitest";
import { type Connector, stationKey } from "#core";
import { at, countedFrom, givenStation } from "#support/station-history";
import { happened } from "#support/story";

const bytesMax = 4096;

/** As long as the ids that are really minted. */
const uuid = (n: number) => `0199b1c2-7d3e-7abc-8def-${String(n).padStart(12, "0")}`;

const connector: Connector = {
  connectorId: 1,
  ocpp1ConnectorId: 1,
  type: "IEC_62196_T2_COMBO",
  current: "DC",
  phases: 3,
  voltageV: 400,
  maxCurrentA: 500,
  maxPowerW: 150_000,
};

const opened = (n: number, evseId: number) =>
  happened("TransactionOpened", {
    transactionId: uuid(n),
    transactionNumber: countedFrom + n,
    evseId,
    tokenRef: uuid(900 + n),
    groupTokenRef: uuid(800),
    startedAt: at(n),
    meterStartMilliWh: 123_456_789_000,
    at: at(n),
  });

it("a busy station's state takes at most 4 kB", () => {
  const ended = Array.from({ length: 20 }, (_none, n) => [
    opened(n, 1),
    happened("TransactionClosed", { transactionId: uuid(n), at: at(n) }),
  ]).flat();
  const { state } = givenStation(
    happened("ChargingStationCreated", {
      stationId: "NL*ABC*E1234567*01",
      administrators: ["ada", "operations"],
      transactionNumberBase: countedFrom,
    }),
    happened("ChargingStationAccepted", {}),
    happened("ChargingStationConfigured", {
      evses: [1, 2].map((evseId) => ({
        evseId,
        connectors: [{ ...connector, ocpp1ConnectorId: evseId }],
      })),
      inferred: false,
    }),
    happened("ConfiguredChargingStationBooted", {
      at: at(0),
      protocol: "ocpp1.6",
      vendor: "ACME Charging Systems",
      model: "Ultra Fast 150 DC",
      firmwareVersion: "4.12.0-2026.03.17",
    }),
    [1, 2].map((evseId) =>
      happened("StatusReported", {
        target: { of: "evse", evseId },
        status: "charging",
        statusAt: at(30),
        errorCode: "NoError",
        at: at(30),
      }),
    ),
    ended,
    [opened(30, 1), opened(31, 2)],
    happened("ReservationMade", {
      reservationId: uuid(40),
      reservationNumber: 1,
      evseId: 2,
      tokenRef: uuid(41),
      expiresAt: at(3600),
    }),
    ["clock1970", "decimalComma", "unknownEvse"].map((code) =>
      happened("DeviationSeen", { code, at: at(1) }),
    ),
    happened("StopTransactionRequested", {
      requestId: uuid(50),
      correlationId: uuid(51),
      requestedAt: at(60),
      deadline: at(90),
      transactionId: uuid(30),
      transactionNumber: countedFrom + 30,
    }),
    happened("ConfigurationItemsRequested", {
      requestId: uuid(52),
      correlationId: uuid(53),
      requestedAt: at(60),
      deadline: at(90),
      keys: [],
    }),
  );
  expect(state.openTransactions).toHaveLength(2);
  expect(stationKey(state.stationId)).toBe("nl*abc*e1234567*01");
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(bytesMax);
});
