import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Moment } from "../../parts/moment.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";

type Unknown = Item<"getUnknownTypes">;

/** So many are shown, those with the most stations first. */
const most = 20;

const columns: readonly PlainColumn<Unknown>[] = [
  {
    id: "type",
    title: "types.type",
    cell: ({ vendor, model }) => `${vendor || "–"} ${model || "–"}`,
  },
  {
    id: "seen",
    title: "types.firstSeen",
    phone: "hidden",
    cell: ({ firstSeenAt }) => <Moment at={firstSeenAt} />,
  },
  {
    id: "stations",
    title: "types.waitingStations",
    align: "right",
    cell: ({ stationCount }) => stationCount,
  },
  { id: "add", title: "types.doIt", align: "right", cell: (unknown) => <Add unknown={unknown} /> },
];

/** Models that stations have named and no type describes; nothing where there is none. */
export function UnknownTypes(): ReactNode {
  const t = useText();
  const asked = useAnswer("getUnknownTypes", { query: { order: "-stationCount", limit: most } });
  const { items = [] } = asked.data ?? {};
  if (asked.isError) return <ProblemNotice error={asked.error} />;
  if (items.length === 0) return null;
  return (
    <Card withBorder padding="sm" mb="sm" data-unknown-types>
      <Title order={2} mb={4}>
        {t("types.unknown")}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t("types.unknownMeans")}
      </Text>
      <PlainTable
        label={t("types.unknown")}
        columns={columns}
        rows={items}
        keyOf={({ vendor, model }) => JSON.stringify([vendor, model])}
        none=""
      />
    </Card>
  );
}

/** Who names no vendor or no model cannot be found in a catalogue. */
function Add({ unknown: { vendor, model } }: { readonly unknown: Unknown }): ReactNode {
  const t = useText();
  if (vendor === "" || model === "") return "";
  return (
    <ActButton
      may={{ operation: "putStationTypesByVendorByModel" }}
      to={{ page: "newStationType", search: { vendor, model } }}
      variant="default"
      size="compact-xs"
      aria-label={t("types.addOne", { type: `${vendor} ${model}` })}
    >
      {t("types.add")}
    </ActButton>
  );
}
