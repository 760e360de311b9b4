import type {
  Call,
  EvseStatus,
  Fact,
  Payload,
  Reading,
  Session,
  Speaker,
  Wanted,
} from "./speaker.ts";

const statuses: Readonly<Record<EvseStatus, string>> = {
  available: "Available",
  preparing: "Preparing",
  charging: "Charging",
  finishing: "Finishing",
  faulted: "Faulted",
};

const meterValue = ({ at, wh }: Reading, context: string) => ({
  timestamp: at,
  sampledValue: [
    { value: String(wh), context, measurand: "Energy.Active.Import.Register", unit: "Wh" },
  ],
});

/** The number, or what stations say that were never given one. */
const numberOf = ({ number = -1 }: Session) => number;

/** OCPP 1.6 from a station's side. */
export const ocpp16: Speaker = {
  protocol: "ocpp1.6",
  refusedCode: "SecurityError",
  boot: ({ vendor, model, firmware }) => ({
    action: "BootNotification",
    payload: { chargePointVendor: vendor, chargePointModel: model, firmwareVersion: firmware },
  }),
  heartbeat: () => ({ action: "Heartbeat", payload: {} }),
  status: ({ evseId, status, at }) => ({
    action: "StatusNotification",
    payload: {
      connectorId: evseId,
      errorCode: status === "faulted" ? "OtherError" : "NoError",
      status: statuses[status],
      timestamp: at,
    },
  }),
  authorize: (token) => ({ action: "Authorize", payload: { idTag: token } }),
  tell: (fact) => tell(fact),
  chat: (dice, at) =>
    dice.pick<Call>([
      { action: "DataTransfer", payload: { vendorId: "nobody", data: dice.word() } },
      { action: "FirmwareStatusNotification", payload: { status: "Idle" } },
      { action: "DiagnosticsStatusNotification", payload: { status: "Idle" } },
      { action: "StatusNotification", payload: { ...faultless, connectorId: 0, timestamp: at } },
      {
        action: "MeterValues",
        payload: {
          connectorId: 0,
          meterValue: [{ timestamp: at, sampledValue: [{ value: "230", measurand: "Voltage" }] }],
        },
      },
      {
        action: "SecurityEventNotification",
        payload: { type: "FirmwareUpdated", timestamp: at },
      },
    ]),
  nonsense: (dice) =>
    dice.pick<Call>([
      { action: "Levitate", payload: {} },
      { action: "StatusNotification", payload: { connectorId: "many" } },
      { action: "Authorize", payload: {} },
      { action: "Reset", payload: { type: "Hard" } },
      { action: "MeterValues", payload: { connectorId: 1, meterValue: "much" } },
    ]),
  readBoot: ({ status, interval }) => ({
    accepted: status === "Accepted",
    intervalSeconds: Number(interval),
  }),
  readStart: ({ transactionId }) => ({ number: Number(transactionId) }),
  disowns: ({ idTagInfo }) => (idTagInfo as Payload | undefined)?.status === "Invalid",
  wanted: ({ action, payload }) => wanted(action, payload),
  answer: ({ action, payload }, { accepts, dice }) => {
    const answer = answers[action];
    return answer?.(payload, accepts, dice.word());
  },
};

const faultless = { errorCode: "NoError", status: "Available" };

function tell(fact: Fact) {
  const { session } = fact;
  const { evseId, token, start, stop } = session;
  switch (fact.kind) {
    case "start":
      return {
        action: "StartTransaction",
        payload: { connectorId: evseId, idTag: token, meterStart: start.wh, timestamp: start.at },
      };
    case "sample":
      return {
        action: "MeterValues",
        payload: {
          connectorId: evseId,
          transactionId: numberOf(session),
          meterValue: [meterValue(fact.reading, "Sample.Periodic")],
        },
      };
    case "stop": {
      const end = stop ?? { ...start, reason: "Local" };
      const last = { at: end.at, wh: end.wh };
      return {
        action: "StopTransaction",
        payload: {
          transactionId: numberOf(session),
          idTag: token,
          meterStop: end.wh,
          timestamp: end.at,
          reason: end.reason,
          ...(fact.withReadings ? { transactionData: [meterValue(last, "Transaction.End")] } : {}),
        },
      };
    }
  }
}

function wanted(action: string, payload: Payload): Wanted {
  const { connectorId, idTag, transactionId, requestedMessage } = payload;
  const evseId = typeof connectorId === "number" && connectorId > 0 ? connectorId : undefined;
  switch (action) {
    case "RemoteStartTransaction":
      return { kind: "start", token: String(idTag), evseId };
    case "RemoteStopTransaction":
      return { kind: "stop", number: Number(transactionId) };
    case "Reset":
      return { kind: "reset" };
    case "TriggerMessage":
      return { kind: "trigger", message: String(requestedMessage), evseId };
    default:
      return { kind: "nothing" };
  }
}

type Answer = (payload: Payload, accepts: boolean, word: string) => Payload;

const word =
  (yes: string, no = "Rejected"): Answer =>
  (_payload, accepts) => ({ status: accepts ? yes : no });

const answers: Readonly<Record<string, Answer>> = {
  ChangeAvailability: (_payload, accepts, chance) => ({
    status: accepts ? (chance < "4" ? "Scheduled" : "Accepted") : "Rejected",
  }),
  ChangeConfiguration: word("Accepted"),
  ClearCache: word("Accepted"),
  DataTransfer: word("Accepted", "UnknownVendorId"),
  GetConfiguration: () => ({
    configurationKey: [{ key: "HeartbeatInterval", readonly: false, value: "300" }],
    unknownKey: [],
  }),
  GetLocalListVersion: () => ({ listVersion: 1 }),
  SendLocalList: word("Accepted", "Failed"),
  RemoteStartTransaction: word("Accepted"),
  RemoteStopTransaction: word("Accepted"),
  Reset: word("Accepted"),
  ReserveNow: word("Accepted", "Occupied"),
  CancelReservation: word("Accepted"),
  TriggerMessage: word("Accepted", "NotImplemented"),
  UnlockConnector: word("Unlocked", "UnlockFailed"),
  SetChargingProfile: word("Accepted"),
  ClearChargingProfile: word("Accepted", "Unknown"),
  GetDiagnostics: () => ({}),
  UpdateFirmware: () => ({}),
};
