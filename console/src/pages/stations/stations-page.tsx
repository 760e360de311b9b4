import type { ReactNode } from "react";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { useText } from "../../strings/language.ts";
import { type Station, stationColumns } from "./station-columns.tsx";

const filters: readonly Filter[] = [
  {
    name: "state",
    title: "stations.state",
    choices: {
      waiting: "state.waiting",
      unconfigured: "state.unconfigured",
      operational: "state.operational",
      unaccepted: "state.unaccepted",
      decommissioned: "state.decommissioned",
    },
  },
  {
    name: "status",
    title: "stations.status",
    choices: {
      available: "status.available",
      unavailable: "status.unavailable",
      faulted: "status.faulted",
      unknown: "status.unknown",
    },
  },
];

/** Filters that only links set: of one model, of one firmware … */
const linked = ["vendor", "model", "typeKey", "firmwareVersion", "protocol", "rebootRequired"];

/** Connections come and go without an event. */
const everyMs = 5_000;

/** All stations. */
export function StationsPage(): ReactNode {
  const t = useText();
  return (
    <>
      <PageHead title={t("stations.title")} />
      <FilterBar filters={filters} searchFor="stations.searchFor" />
      <PagedList<Station>
        operation="getChargingStations"
        filters={[...filters.map(({ name }) => name), ...linked]}
        columns={stationColumns}
        keyOf={(station) => station.stationId}
        target={({ stationId }) => ({ page: "station", params: { stationId } })}
        order="stationId"
        label={t("stations.title")}
        everyMs={everyMs}
      />
    </>
  );
}
