import { Energy, Lasted, Power } from "../../charging/session-figures.tsx";
import { ReviewWord, type Session, SessionWord, StopCause } from "../../charging/session-words.tsx";
import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";

/** All columns of the list of sessions. */
const sessionColumns: readonly Column<Session>[] = [
  {
    id: "station",
    title: "stations.station",
    width: "minmax(130px, 1.3fr)",
    cell: ({ stationId }) => stationId,
  },
  {
    id: "evse",
    title: "sessions.evse",
    width: "46px",
    align: "right",
    phone: "hidden",
    cell: ({ evseId }) => evseId,
  },
  {
    id: "state",
    title: "sessions.state",
    width: "minmax(112px, 0.7fr)",
    cell: ({ state }) => <SessionWord state={state} />,
  },
  {
    id: "startedAt",
    title: "sessions.started",
    width: "minmax(104px, 0.7fr)",
    order: "startedAt",
    phone: "hidden",
    cell: ({ startedAt }) => <Moment at={startedAt} />,
  },
  {
    id: "lasted",
    title: "sessions.lasted",
    width: "86px",
    align: "right",
    phone: "hidden",
    cell: ({ startedAt, stoppedAt }) => <Lasted from={startedAt} until={stoppedAt} />,
  },
  {
    id: "energy",
    title: "sessions.energy",
    width: "86px",
    align: "right",
    cell: ({ energyWh }) => <Energy wattHours={energyWh} />,
  },
  {
    id: "power",
    title: "sessions.power",
    width: "76px",
    align: "right",
    phone: "hidden",
    cell: ({ state, powerW }) => (state === "active" ? <Power watts={powerW} /> : ""),
  },
  {
    id: "token",
    title: "sessions.token",
    width: "minmax(120px, 1.2fr)",
    phone: "hidden",
    cell: ({ identifyingToken }) => identifyingToken ?? "",
  },
  {
    id: "stopReason",
    title: "sessions.stopReason",
    width: "minmax(120px, 1.1fr)",
    phone: "hidden",
    cell: ({ stopReason }) => <StopCause reason={stopReason} />,
  },
  {
    id: "reviews",
    title: "sessions.reviews",
    width: "minmax(92px, 0.6fr)",
    phone: "hidden",
    cell: ({ reviewCount }) => <ReviewWord count={reviewCount} />,
  },
];

/** What goes on draws power and has no end; of all others it is the other way round. */
export function columnsOf(state: string | undefined): readonly Column<Session>[] {
  const left = state === "active" ? "stopReason" : "power";
  return sessionColumns.filter(({ id }) => id !== left);
}
