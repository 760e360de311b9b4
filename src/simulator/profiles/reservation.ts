import type { Station } from "../station/station.ts";
import { type Handlers, obey, say } from "./handler.ts";

type Request = {
  readonly connectorId: number;
  readonly expiryDate: string;
  readonly idTag: string;
  readonly parentIdTag?: string;
  readonly reservationId: number;
};

/** OCPP 1.6 Reservation. */
export const reservationHandlers: Handlers = {
  ReserveNow: obey<Request>((station, request) => {
    const refusal = refusalOf(station, request);
    if (refusal) return say(refusal);
    const { reservationId, connectorId, idTag, parentIdTag } = request;
    const free = () => {
      station.reservations.remove(reservationId);
      station.updateAll();
    };
    const wait = Date.parse(request.expiryDate) - station.now();
    const expiry = station.time.after(wait, free);
    station.reservations.add({ reservationId, connectorId, idTag, parentIdTag, expiry });
    return say("Accepted", () => station.updateAll());
  }),

  CancelReservation: obey<{ reservationId: number }>((station, { reservationId }) => {
    if (station.reservations.remove(reservationId) === undefined) return say("Rejected");
    return say("Accepted", () => station.updateAll());
  }),
};

function refusalOf(station: Station, request: Request): string | undefined {
  const { connectorId, reservationId } = request;
  if (Date.parse(request.expiryDate) <= station.now()) return "Rejected";
  if (connectorId === 0) return refusalOfWhole(station, reservationId);
  const evse = station.evse(connectorId);
  if (evse === undefined) return "Rejected";
  if (evse.status === "Faulted") return "Faulted";
  if (evse.status === "Unavailable") return "Unavailable";
  const others = station.reservations
    .at(connectorId)
    .filter((one) => one.reservationId !== reservationId);
  const isOwn = others.length === 0 && evse.status === "Reserved";
  return evse.isFree || isOwn ? undefined : "Occupied";
}

/** Connector 0: one connector, whichever, is kept free (§5.13). */
function refusalOfWhole(station: Station, reservationId: number): string | undefined {
  if (!station.configuration.bool("ReserveConnectorZeroSupported")) return "Rejected";
  const free = station.evses.filter((evse) => evse.isFree).length;
  const taken = station.reservations.at(0).filter((one) => one.reservationId !== reservationId);
  if (free > taken.length) return undefined;
  const statuses = station.evses.map(({ status }) => status);
  if (statuses.every((status) => status === "Faulted")) return "Faulted";
  return statuses.every((status) => status === "Unavailable") ? "Unavailable" : "Occupied";
}
