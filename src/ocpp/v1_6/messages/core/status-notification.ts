import { present, toChargingStation } from "#core";
import type { DeviationCode } from "../../deviations.ts";
import { fromStation, type Request } from "../../row.ts";
import {
  evseIdOf,
  evseSeen,
  instantOf,
  isKnownEvse,
  outletOf,
  statusOf,
  targetOfConnector,
  textOf,
  triggered,
} from "../../translate.ts";

/** A station, or one of its EVSEs, is in a state. */
export const statusNotification = fromStation({
  action: "StatusNotification",
  spec: "OCPP 1.6 edition 2, §4.9",
  commands: (request, context) => {
    const { connectorId, status, timestamp } = request;
    const { state, key, at } = context;
    const evseId = evseIdOf(state, connectorId);
    const instant = timestamp === undefined ? undefined : instantOf(timestamp, context);
    const outlet = evseId === undefined ? undefined : outletOf(state, connectorId);
    const report = present({
      target: targetOfConnector(state, connectorId),
      connectorId: outlet?.connectorId,
      status: statusOf(status),
      statusAt: instant?.oddity === undefined ? instant?.at : undefined,
      errorCode: errorOf(request),
      info: infoOf(request),
      vendorId: textOf(request.vendorId),
      vendorErrorCode: textOf(request.vendorErrorCode),
      at,
    });
    return [
      ...evseSeen(context, evseId),
      toChargingStation(key, "RecordStatus", report),
      ...triggered(context, "StatusNotification", evseId),
    ];
  },
  answer: () => ({}),
  deviations: (request, context) => {
    const { connectorId, status, errorCode, timestamp, info } = request;
    const found: DeviationCode[] = [];
    const evseId = evseIdOf(context.state, connectorId);
    const { inferred } = context.state;
    if (evseId !== undefined && !inferred && !isKnownEvse(context.state, evseId)) {
      found.push("evseUnknown");
    }
    if (statusOf(status) === "unknown") found.push("statusUnknown");
    if (errorCode === undefined) found.push("errorCodeMissing");
    else if (!isErrorCode(errorCode)) found.push("errorCodeUnknown");
    if (info === "null") found.push("textNull");
    const oddity = timestamp === undefined ? undefined : instantOf(timestamp, context).oddity;
    return oddity === undefined ? found : [...found, oddity];
  },
});

type ErrorCode = Request<"StatusNotification">["errorCode"];

const errorCodes: Readonly<Record<ErrorCode, true>> = {
  ConnectorLockFailure: true,
  EVCommunicationError: true,
  GroundFailure: true,
  HighTemperature: true,
  InternalError: true,
  LocalListConflict: true,
  NoError: true,
  OtherError: true,
  OverCurrentFailure: true,
  PowerMeterFailure: true,
  PowerSwitchFailure: true,
  ReaderFailure: true,
  ResetFailure: true,
  UnderVoltage: true,
  OverVoltage: true,
  WeakSignal: true,
};

function isErrorCode(word: string): boolean {
  return Object.hasOwn(errorCodes, word);
}

/** What is wrong; absent where nothing is. */
function errorOf({ errorCode }: { readonly errorCode?: string }): string | undefined {
  if (errorCode === undefined || errorCode === "NoError") return undefined;
  return isErrorCode(errorCode) ? errorCode : "OtherError";
}

/** The station's own text; an error code that is in no list is told there. */
function infoOf(request: { readonly errorCode?: string; readonly info?: string }) {
  const { errorCode } = request;
  const info = textOf(request.info);
  if (errorCode === undefined || isErrorCode(errorCode)) return info;
  return info === undefined ? errorCode : `${errorCode}: ${info}`.slice(0, 500);
}
