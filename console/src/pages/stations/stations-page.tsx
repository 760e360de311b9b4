import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useAddress } from "../../app/use-address.ts";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { statusColours } from "../../parts/word.tsx";
import { useText } from "../../strings/language.ts";
import { StationMap } from "./map/station-map.tsx";
import { NewcomerBanner } from "./newcomer/newcomer-banner.tsx";
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
    name: "connected",
    title: "stations.connection",
    choices: { true: "stations.online", false: "stations.offline" },
  },
  {
    name: "evseStatus",
    title: "stations.evses",
    choices: Object.fromEntries(
      (Object.keys(statusColours) as (keyof typeof statusColours)[]).map(
        (status) => [status, `status.${status}`] as const,
      ),
    ),
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
const linked = {
  vendor: "stations.model",
  model: "stations.model",
  typeKey: "stations.model",
  firmwareVersion: "stations.firmware",
  protocol: "stations.protocol",
  rebootRequired: "stations.rebootRequired",
  hasBooted: "stations.hasBooted",
  located: "stations.located",
} as const;

const narrowing = [...filters.map(({ name }) => name), ...Object.keys(linked)];

/** Connections come and go without an event. */
const everyMs = 5_000;

/** All stations. */
export function StationsPage(): ReactNode {
  const t = useText();
  const { search } = useAddress();
  return (
    <>
      <PageHead title={t("stations.title")} actions={<ViewChoice />} />
      <NewcomerBanner />
      <FilterBar filters={filters} linked={linked} searchFor="stations.searchFor" />
      {search.view === "map" ? (
        <StationMap filters={narrowing} />
      ) : (
        <PagedList<Station>
          operation="getChargingStations"
          filters={narrowing}
          columns={stationColumns}
          keyOf={(station) => station.stationId}
          target={({ stationId }) => ({ page: "station", params: { stationId } })}
          order="stationId"
          label={t("stations.title")}
          everyMs={everyMs}
        />
      )}
    </>
  );
}

function ViewChoice(): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("map.view")}
      value={search.view === "map" ? "map" : "list"}
      onChange={(view) => change({ view: view === "map" ? "map" : undefined })}
      data={[
        { value: "list", label: t("map.list") },
        { value: "map", label: t("map.map") },
      ]}
    />
  );
}
