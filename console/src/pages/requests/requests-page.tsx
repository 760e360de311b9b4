import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useShapes } from "../../api/shapes.ts";
import { useAddress } from "../../app/use-address.ts";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import type { Request } from "../../requests/outcome-word.tsx";
import { nameOf } from "../../requests/request-progress.tsx";
import { useText } from "../../strings/language.ts";
import { requestColumns } from "./request-columns.tsx";

const filters: readonly Filter[] = [
  {
    name: "state",
    title: "requestList.state",
    choices: {
      queued: "requestList.queued",
      sent: "requestList.sent",
      done: "requestList.done",
    },
  },
  {
    name: "succeeded",
    title: "requestList.success",
    choices: { true: "requestList.succeeded", false: "requestList.notSucceeded" },
  },
  {
    name: "outcome",
    title: "requestList.outcome",
    choices: {
      accepted: "requestList.outcome.accepted",
      rejected: "requestList.outcome.rejected",
      notSupported: "requestList.outcome.notSupported",
      failed: "requestList.outcome.failed",
      timedOut: "requestList.outcome.timedOut",
      stationOffline: "requestList.outcome.stationOffline",
      superseded: "requestList.outcome.superseded",
    },
  },
  {
    name: "followUp",
    title: "requestList.followUp",
    choices: {
      awaited: "requestList.follow.awaited",
      fulfilled: "requestList.follow.fulfilled",
      missed: "requestList.follow.missed",
    },
  },
];

/** Filters that only links set. */
const linked = {
  stationId: "stations.station",
  transactionId: "requestList.session",
  correlationId: "requestList.correlation",
  requestedAtFrom: "requestList.since",
  requestedAtUntil: "requestList.until",
} as const;

const names = [...filters.map(({ name }) => name), "type", ...Object.keys(linked)];

/** What stations were asked, by whom, and what became of it. */
export function RequestsPage(): ReactNode {
  const t = useText();
  return (
    <>
      <PageHead title={t("requestList.title")} />
      <FilterBar filters={filters} linked={linked} searchFor="requestList.searchFor">
        <TypeFilter />
      </FilterBar>
      <PagedList<Request>
        operation="getRequests"
        filters={names}
        columns={requestColumns}
        keyOf={({ requestId }) => requestId}
        target={({ stationId, requestId }) => ({
          page: "request",
          params: { stationId, requestId },
        })}
        order="-requestedAt"
        label={t("requestList.title")}
        isStackedOnPhone
      />
    </>
  );
}

/** The API's document says which requests there are. */
function TypeFilter(): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const types = Object.keys(useShapes("postChargingStationsByStationIdRequests"));
  const chosen = search.type ?? "";
  const known = chosen === "" || types.includes(chosen) ? types : [chosen, ...types];
  return (
    <NativeSelect
      aria-label={t("requestList.request")}
      value={chosen}
      onChange={(event) =>
        change({ type: event.currentTarget.value || undefined, after: undefined })
      }
      data={[
        { value: "", label: `${t("requestList.request")}: ${t("list.any")}` },
        ...known.map((type) => ({ value: type, label: nameOf(type) })),
      ]}
    />
  );
}
