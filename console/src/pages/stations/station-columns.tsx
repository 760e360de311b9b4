import type { Item } from "../../api/call.ts";
import { ConnectionWord } from "../../parts/connection-word.tsx";
import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { StateWord, StatusWord } from "../../parts/word.tsx";

/** A station as the list shows it. */
export type Station = Item<"getChargingStations">;

/** Columns of the list of stations. */
export const stationColumns: readonly Column<Station>[] = [
  {
    id: "station",
    title: "stations.station",
    width: "minmax(130px, 1.4fr)",
    order: "stationId",
    cell: (station) => station.stationId,
  },
  {
    id: "state",
    title: "stations.state",
    width: "minmax(120px, 1fr)",
    cell: ({ state }) => <StateWord state={state} />,
  },
  {
    id: "connection",
    title: "stations.connection",
    width: "minmax(185px, 1.2fr)",
    phone: "hidden",
    cell: ({ connection }) => <ConnectionWord connection={connection} />,
  },
  {
    id: "status",
    title: "stations.status",
    width: "minmax(110px, 0.8fr)",
    phone: "hidden",
    cell: ({ status }) => <StatusWord status={status} />,
  },
  {
    id: "sessions",
    title: "stations.sessions",
    width: "84px",
    align: "right",
    phone: "hidden",
    cell: ({ stationId, openTransactions }) =>
      openTransactions === 0 ? (
        ""
      ) : (
        <PageLink page="sessions" search={{ stationId, state: "active" }}>
          {openTransactions}
        </PageLink>
      ),
  },
  {
    id: "model",
    title: "stations.model",
    width: "minmax(120px, 1.3fr)",
    phone: "hidden",
    cell: ({ vendor, model }) => [vendor, model].filter((part) => part !== undefined).join(" "),
  },
  {
    id: "firmware",
    title: "stations.firmware",
    width: "minmax(80px, 0.8fr)",
    phone: "hidden",
    cell: ({ firmwareVersion }) => firmwareVersion ?? "",
  },
  {
    id: "created",
    title: "stations.created",
    width: "110px",
    order: "createdAt",
    phone: "hidden",
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
];
