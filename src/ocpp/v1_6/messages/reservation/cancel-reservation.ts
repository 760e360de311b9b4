import { toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";

/** Give a reservation back. */
export const cancelReservation = toStation({
  action: "CancelReservation",
  spec: "OCPP 1.6 edition 2, §5.1",
  on: "CancelReservationRequested",
  priority: 2,
  request: ({ reservationNumber }) => ({ reservationId: reservationNumber }),
  outcome: (response, { reservationId }, { key }) => {
    const end = endOf("CancelReservation", response);
    if (end.outcome !== "accepted") return end;
    const cancelled = { reservationNumber: reservationId };
    return { ...end, commands: [toChargingStation(key, "RecordReservationCancelled", cancelled)] };
  },
});
