import { type Command, isServed, present, type StationState, toChargingStation } from "#core";
import type { RowContext } from "../../../message.ts";
import { protocol } from "../../protocol.ts";
import { fromStation, type Response } from "../../row.ts";
import { textOf, triggered } from "../../translate.ts";

/** A station has started and asks whether it may take part. */
export const bootNotification = fromStation({
  action: "BootNotification",
  spec: "OCPP 1.6 edition 2, §4.2",
  admission: "anybody",
  commands: (request, context) => {
    const { key, at } = context;
    const boot = present({
      at,
      protocol,
      vendor: textOf(request.chargePointVendor),
      model: textOf(request.chargePointModel),
      serialNumber: textOf(request.chargePointSerialNumber),
      boxSerialNumber: textOf(request.chargeBoxSerialNumber),
      firmwareVersion: textOf(request.firmwareVersion),
      iccid: textOf(request.iccid),
      imsi: textOf(request.imsi),
      meterType: textOf(request.meterType),
      meterSerialNumber: textOf(request.meterSerialNumber),
    });
    return [
      ...admission(context),
      toChargingStation(key, "RecordBoot", boot),
      ...provisional(context),
      ...triggered(context, "BootNotification"),
    ];
  },
  answer: (_request, { state, at, settings, spread, quirks }) => {
    const status = statusFor(state, quirks.neverPending ? "reject" : settings.unknownStations);
    const { bootIntervalSeconds: interval } = quirks;
    // Quirk: a model that takes the one interval for the other gets the same for both.
    if (interval !== undefined) return { status, currentTime: at, interval };
    const { heartbeatInterval, bootRetryInterval } = settings;
    return {
      status,
      currentTime: at,
      interval:
        status === "Accepted"
          ? spread(heartbeatInterval, "heartbeat")
          : spread(bootRetryInterval, "retry"),
    };
  },
  // Only a station that lacks nothing but its configuration may be served in a moment.
  answerWhen: (state) => isServed(state) || !state.accepted || state.decommissioned,
  deviations: ({ chargePointVendor, chargePointModel }) =>
    textOf(chargePointVendor) === undefined || textOf(chargePointModel) === undefined
      ? ["vendorMissing"]
      : [],
});

function isWelcome({ state, settings }: RowContext): boolean {
  return settings.unknownStations === "accept" && !state.admitted && !state.decommissioned;
}

function admission(context: RowContext): Command[] {
  const { key } = context;
  return isWelcome(context) ? [toChargingStation(key, "AdmitChargingStation", {})] : [];
}

/**
 * After the boot's own event, which names the station unconfigured: an add-on that knows the type
 * replaces the guess.
 */
function provisional(context: RowContext): Command[] {
  const { state, key, settings } = context;
  const open = settings.unknownStations === "accept" && !state.configured;
  const willBeAccepted = state.accepted || isWelcome(context);
  return open && willBeAccepted ? [toChargingStation(key, "ConfigureProvisionally", {})] : [];
}

function statusFor(
  state: StationState,
  policy: RowContext["settings"]["unknownStations"],
): Response<"BootNotification">["status"] {
  if (isServed(state)) return "Accepted";
  return policy === "pending" && !state.decommissioned ? "Pending" : "Rejected";
}
