import { cancelReservation } from "./cancel-reservation.ts";
import { reserveNow } from "./reserve-now.ts";

/** Profile Reservation. */
export const reservation = {
  CancelReservation: cancelReservation,
  ReserveNow: reserveNow,
};
