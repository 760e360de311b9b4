import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { plateOf } from "../../station-types/plate.ts";

/** Columns of the list of station types. */
export const typeColumns: readonly Column<StationType>[] = [
  {
    id: "type",
    title: "types.type",
    width: "minmax(150px, 1.5fr)",
    order: "vendor",
    cell: ({ vendor, model }) => `${vendor} ${model}`,
  },
  {
    id: "stations",
    title: "types.stations",
    width: "90px",
    align: "right",
    cell: ({ stations }) => stations,
  },
  {
    id: "evses",
    title: "types.evses",
    width: "70px",
    align: "right",
    phone: "hidden",
    cell: ({ evses }) => evses.length,
  },
  {
    id: "connectors",
    title: "types.connectors",
    width: "minmax(180px, 2fr)",
    phone: "hidden",
    cell: ({ evses }) => plateOf(evses),
  },
  {
    id: "revision",
    title: "types.revision",
    width: "80px",
    align: "right",
    phone: "hidden",
    cell: ({ revision }) => revision,
  },
  {
    id: "definedAt",
    title: "types.definedAt",
    width: "120px",
    order: "definedAt",
    phone: "hidden",
    cell: ({ definedAt }) => <Moment at={definedAt} />,
  },
];
