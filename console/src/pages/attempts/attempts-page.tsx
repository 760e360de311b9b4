import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useAddress } from "../../app/use-address.ts";
import { Asked } from "../../parts/asked.tsx";
import { CopyText } from "../../parts/copy-text.tsx";
import { FilterBar } from "../../parts/list/filter-bar.tsx";
import { TextFilter } from "../../parts/list/text-filter.tsx";
import { Age } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { useText } from "../../strings/language.ts";

type Attempt = Item<"getConnectionAttempts">;

/** No event tells of them. */
const everyMs = 3_000;
const limit = 200;

/** Handshakes that were refused: why, and what would have worked. */
export function AttemptsPage(): ReactNode {
  const t = useText();
  const { search } = useAddress();
  const query = { stationId: search.stationId, limit };
  const asked = useAnswer("getConnectionAttempts", { query }, { everyMs });
  return (
    <>
      <PageHead title={t("health.attempts")} />
      <FilterBar filters={[]}>
        <TextFilter name="stationId" title={t("requestList.stationId")} />
      </FilterBar>
      <Card withBorder padding="sm">
        <Text size="xs" c="dimmed" mb="xs">
          {t("health.attemptsMean")}
        </Text>
        <Asked of={asked}>
          {({ items }) => (
            <PlainTable
              label={t("health.attempts")}
              columns={columns}
              rows={items}
              keyOf={({ url, reason, address, firstAt }) =>
                [url, reason, address, firstAt].join(" ")
              }
              none={t("health.noAttempts")}
            />
          )}
        </Asked>
      </Card>
    </>
  );
}

const columns: readonly PlainColumn<Attempt>[] = [
  {
    id: "station",
    title: "stations.station",
    cell: ({ stationId, url }) => <b>{stationId ?? url}</b>,
  },
  { id: "reason", title: "health.why", cell: (row) => <Reason row={row} /> },
  {
    id: "address",
    title: "health.address",
    phone: "hidden",
    cell: ({ address }) => address ?? "",
  },
  {
    id: "count",
    title: "health.count",
    align: "right",
    phone: "hidden",
    cell: ({ count }) => count,
  },
  { id: "at", title: "health.last", phone: "hidden", cell: ({ at }) => <Age at={at} /> },
];

function Reason({ row }: { readonly row: Attempt }): ReactNode {
  const t = useText();
  const { reason, status, url, workingUrl } = row;
  return (
    <Stack gap={2}>
      <Text size="sm">
        {reason}{" "}
        <Text span size="xs" c="dimmed">
          (HTTP {status})
        </Text>
      </Text>
      <Text size="xs" c="dimmed">
        {t("health.asked", { url })}
      </Text>
      {workingUrl !== undefined && (
        <Group gap={4} wrap="nowrap">
          <Text size="xs">{t("health.works", { url: workingUrl })}</Text>
          <CopyText text={workingUrl} label={t("health.copyUrl")} />
        </Group>
      )}
    </Stack>
  );
}
