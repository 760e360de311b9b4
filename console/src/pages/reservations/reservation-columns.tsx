import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";
import { EvseOf, type Reservation, ReservationWord } from "./reservation-words.tsx";

/** Columns of the list of reservations. */
export const reservationColumns: readonly Column<Reservation>[] = [
  {
    id: "station",
    title: "stations.station",
    width: "minmax(130px, 1.3fr)",
    cell: ({ stationId }) => stationId,
  },
  {
    id: "evse",
    title: "sessions.evse",
    width: "70px",
    phone: "hidden",
    cell: ({ evseId }) => <EvseOf evseId={evseId} />,
  },
  {
    id: "state",
    title: "reservations.state",
    width: "minmax(110px, 0.9fr)",
    cell: ({ state }) => <ReservationWord state={state} />,
  },
  {
    id: "token",
    title: "sessions.token",
    width: "minmax(110px, 1fr)",
    cell: ({ identifyingToken }) => identifyingToken ?? "",
  },
  {
    id: "expiresAt",
    title: "reservations.until",
    width: "minmax(110px, 0.8fr)",
    order: "expiresAt",
    cell: ({ expiresAt }) => <Moment at={expiresAt} />,
  },
  {
    id: "madeAt",
    title: "reservations.made",
    width: "minmax(110px, 0.8fr)",
    order: "madeAt",
    phone: "hidden",
    cell: ({ madeAt }) => <Moment at={madeAt} />,
  },
];
