import { authorize } from "../station/authorization.ts";
import type { ChargingProfile } from "../station/charging-schedule.ts";
import type { Evse } from "../station/evse.ts";
import type { Station } from "../station/station.ts";
import { type Handlers, obey, type Reply, say } from "./handler.ts";

/** OCPP 1.6 Core: starting, stopping, availability, unlocking, resetting, data transfer. */
export const coreHandlers: Handlers = {
  ChangeAvailability: obey<{ connectorId: number; type: "Inoperative" | "Operative" }>(
    (station, { connectorId, type }) => {
      const evse = station.evse(connectorId);
      if (connectorId !== 0 && evse === undefined) return say("Rejected");
      return changeAvailability(station, evse ? [evse] : station.evses, type === "Operative");
    },
  ),

  RemoteStartTransaction: obey<{
    connectorId?: number;
    idTag: string;
    chargingProfile?: ChargingProfile;
  }>((station, { connectorId, idTag, chargingProfile }) => {
    const evse = connectorId === undefined ? freeEvse(station, idTag) : station.evse(connectorId);
    const isOther =
      chargingProfile !== undefined && chargingProfile.chargingProfilePurpose !== "TxProfile";
    if (evse === undefined || isOther || !mayStart(evse, idTag)) return say("Rejected");
    return say("Accepted", () => {
      void startRemotely(evse, idTag, chargingProfile);
    });
  }),

  RemoteStopTransaction: obey<{ transactionId: number }>((station, { transactionId }) => {
    const evse = station.evses.find(({ transaction }) => transaction?.id === transactionId);
    if (evse === undefined) return say("Rejected");
    return say("Accepted", () => evse.stop("Remote"));
  }),

  UnlockConnector: obey<{ connectorId: number }>((station, { connectorId }) => {
    const evse = station.evse(connectorId);
    if (evse === undefined || evse.lock === "none") return say("NotSupported");
    // A running transaction is ended first (§5.18).
    evse.stop("UnlockCommand");
    return say(evse.lock === "opens" ? "Unlocked" : "UnlockFailed");
  }),

  Reset: obey<{ type: "Hard" | "Soft" }>((station, { type }) => {
    // An installation must not be torn: the firmware update reboots by itself.
    if (station.isInstalling) return say("Rejected");
    return say("Accepted", () => {
      void station.reset(type);
    });
  }),

  ClearCache: obey((station) => {
    if (!station.configuration.bool("AuthorizationCacheEnabled")) return say("Rejected");
    station.cache.clear();
    return say("Accepted");
  }),

  DataTransfer: obey<{ vendorId: string; messageId?: string; data?: string }>(
    (station, { vendorId, messageId, data }) => {
      if (vendorId !== station.model.vendor) return say("UnknownVendorId");
      if (messageId !== "Echo") return say("UnknownMessageId");
      return { response: { status: "Accepted", ...(data === undefined ? {} : { data }) } };
    },
  ),
};

function changeAvailability(station: Station, evses: readonly Evse[], operative: boolean): Reply {
  for (const evse of evses) {
    if (evse.transaction) evse.operativeNext = operative;
    else {
      evse.operative = operative;
      evse.operativeNext = undefined;
      if (!operative) cancelReservations(evse);
    }
  }
  // What is as it shall be already needs no schedule.
  const waits = evses.some((evse) => evse.transaction && evse.operative !== operative);
  return say(waits ? "Scheduled" : "Accepted", () => station.updateAll());
}

function cancelReservations(evse: Evse): void {
  const { reservations } = evse.station;
  for (const { reservationId } of reservations.at(evse.id)) reservations.remove(reservationId);
}

function mayStart(evse: Evse, idTag: string): boolean {
  const isClosed = !evse.operative || evse.errorCode !== "NoError" || evse.station.isInstalling;
  if (isClosed || evse.transaction || evse.isAdmitted) return false;
  return evse.station.mayUse(evse, { idTag }) || evse.station.reservations.at(evse.id).length > 0;
}

/** Where a car is plugged in already, else any that is free. */
function freeEvse(station: Station, idTag: string): Evse | undefined {
  const able = station.evses.filter((evse) => mayStart(evse, idTag));
  return able.find((evse) => evse.plugged && evse.status === "Preparing") ?? able[0];
}

async function startRemotely(evse: Evse, idTag: string, profile?: ChargingProfile): Promise<void> {
  const { configuration } = evse.station;
  if (!configuration.bool("AuthorizeRemoteTxRequests")) {
    evse.admit({ idTag }, profile);
    return;
  }
  const info = await authorize(evse.station, idTag);
  if (info.status !== "Accepted") return;
  evse.admit({ idTag, parentIdTag: info.parentIdTag }, profile);
}
