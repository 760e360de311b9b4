import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { PageLink } from "../../../parts/page-link.tsx";
import { useText } from "../../../strings/language.ts";

/** So many are named; the list shows all. */
const most = 4;

/** Stations that somebody has registered, and that have never come. */
export function Announced(): ReactNode {
  const t = useText();
  const { data } = useAnswer("getChargingStations", {
    query: { state: "waiting", hasBooted: false, order: "-createdAt", limit: most },
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Group gap="xs" mb="sm" data-announced>
      <Text size="xs" c="dimmed">
        {t("newcomer.announced")}
      </Text>
      {data.items.map(({ stationId }) => (
        <Text key={stationId} size="xs">
          <PageLink page="station" params={{ stationId }}>
            {stationId}
          </PageLink>
        </Text>
      ))}
      {data.next !== undefined && (
        <Text size="xs">
          <PageLink page="stations" search={{ state: "waiting", hasBooted: "false" }}>
            {t("newcomer.allAnnounced")}
          </PageLink>
        </Text>
      )}
    </Group>
  );
}
