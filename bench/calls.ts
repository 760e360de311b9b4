/** Calls of the load, by their short names in a cycle. */
export type CallKind = keyof typeof calls;

/** What a call says about its station. */
export interface Speaker {
  readonly stationId: string;
  readonly uid: string;
  readonly energyWh: number;
  readonly transactionId: number | undefined;
}

type Call = readonly [action: string, payload: object];

const now = () => new Date().toISOString();
const between = (low: number, high: number) => low + Math.random() * (high - low);

// What a station with four measurands sends each minute; some 800 bytes.
const sample = (speaker: Speaker) => {
  const value = (measurand: string, unit: string, text: string) => ({
    value: text,
    context: "Sample.Periodic",
    measurand,
    location: "Outlet",
    unit,
  });
  return {
    timestamp: now(),
    sampledValue: [
      value("Energy.Active.Import.Register", "Wh", String(speaker.energyWh)),
      value("Power.Active.Import", "W", between(10_900, 11_000).toFixed(0)),
      value("Current.Import", "A", between(15.7, 16.1).toFixed(2)),
      value("Voltage", "V", between(229, 231).toFixed(1)),
    ],
  };
};

const calls = {
  boot: ({ stationId }: Speaker): Call => [
    "BootNotification",
    {
      chargePointVendor: "Bench",
      chargePointModel: "Load",
      chargePointSerialNumber: stationId.slice(0, 25),
      firmwareVersion: "1.0.0",
    },
  ],
  heartbeat: (): Call => ["Heartbeat", {}],
  status: (): Call => [
    "StatusNotification",
    { connectorId: 1, errorCode: "NoError", status: "Available", timestamp: now() },
  ],
  authorize: ({ uid }: Speaker): Call => ["Authorize", { idTag: uid }],
  start: ({ uid, energyWh }: Speaker): Call => [
    "StartTransaction",
    { connectorId: 1, idTag: uid, meterStart: energyWh, timestamp: now() },
  ],
  meter: (speaker: Speaker): Call => [
    "MeterValues",
    { connectorId: 1, transactionId: speaker.transactionId, meterValue: [sample(speaker)] },
  ],
  stop: ({ uid, energyWh, transactionId }: Speaker): Call => [
    "StopTransaction",
    { transactionId, idTag: uid, meterStop: energyWh, timestamp: now(), reason: "Local" },
  ],
};

/** The cycle of which all our figures are: a boot, a session with three samples. */
export const fullCycle = "boot,heartbeat,status,authorize,start,meter*3,stop";

/** `meter*3,stop` as a list. */
export function cycleFrom(text: string): readonly CallKind[] {
  return text.split(",").flatMap((part) => {
    const [kind = "", count = "1"] = part.trim().split("*");
    if (!(kind in calls)) {
      throw new Error(`a cycle is made of ${Object.keys(calls).join(", ")}: ${kind}`);
    }
    return Array.from({ length: Number(count) }, () => kind as CallKind);
  });
}

export function callOf(kind: CallKind, speaker: Speaker): Call {
  return calls[kind](speaker);
}
