import { measure, sendSample } from "../station/charging.ts";
import type { Station } from "../station/station.ts";
import { type Handlers, obey, say } from "./handler.ts";

type Request = { readonly requestedMessage: string; readonly connectorId?: number };

/** What each trigger sets off, after the answer. */
const triggers: Readonly<Record<string, (station: Station, connectorId?: number) => void>> = {
  BootNotification: (station) => {
    void station.registration.boot();
  },
  Heartbeat: (station) => {
    void station.registration.heartbeat();
  },
  DiagnosticsStatusNotification: (station) =>
    station.tell("DiagnosticsStatusNotification", { status: station.jobs.diagnostics }),
  FirmwareStatusNotification: (station) =>
    station.tell("FirmwareStatusNotification", { status: station.jobs.firmware }),
  StatusNotification: (station, connectorId) => {
    if (connectorId === undefined || connectorId === 0) station.reportAsWhole(true);
    for (const evse of evsesOf(station, connectorId)) evse.report();
  },
  MeterValues: (station, connectorId) => {
    for (const evse of evsesOf(station, connectorId)) {
      sendSample(evse, measure(evse, "MeterValuesSampledData", "Trigger"));
    }
  },
};

/** One connector, or all if none is named. */
const evsesOf = (station: Station, connectorId: number | undefined) =>
  station.evses.filter((evse) => connectorId === undefined || evse.id === connectorId);

/** Whether the named connector exists, 0 being the station. */
export const isConnector = (station: Station, connectorId: number | undefined): boolean =>
  connectorId === undefined || connectorId === 0 || station.evse(connectorId) !== undefined;

/** OCPP 1.6 RemoteTrigger. */
export const triggerHandlers: Handlers = {
  TriggerMessage: obey<Request>((station, { requestedMessage, connectorId }) => {
    const trigger = triggers[requestedMessage];
    if (trigger === undefined) return say("NotImplemented");
    if (!isConnector(station, connectorId)) return say("Rejected");
    return say("Accepted", () => trigger(station, connectorId));
  }),
};

/** The same triggers under the security extension's name. */
export const commonTrigger = (message: string) => triggers[message];
