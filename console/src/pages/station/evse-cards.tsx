import { Card, Group, SimpleGrid, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Age } from "../../parts/moment.tsx";
import { StatusWord, Word } from "../../parts/word.tsx";
import { useText } from "../../strings/language.ts";

type Evse = Item<"getChargingStationsByStationIdEvses">;

/** How each EVSE of a station is, and how old that is. */
export function EvseCards({ stationId }: { readonly stationId: string }): ReactNode {
  const t = useText();
  const evses = useAnswer("getChargingStationsByStationIdEvses", {
    ...{ params: { stationId }, query: { order: "evseId", limit: 100 } },
  });
  return (
    <section aria-label={t("station.evses")}>
      <Asked of={evses}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("station.noEvse")}
            </Text>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              {items.map((evse) => (
                <EvseCard key={evse.evseId} evse={evse} />
              ))}
            </SimpleGrid>
          )
        }
      </Asked>
    </section>
  );
}

function EvseCard({ evse }: { readonly evse: Evse }): ReactNode {
  const t = useText();
  const { evseId, status, statusAt, availability, errorCode, connectors } = evse;
  return (
    <Card withBorder padding="sm" data-evse={evseId}>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t("station.evse", { number: evseId })}</Title>
        <StatusWord status={status} />
      </Group>
      <Group gap="xs">
        {availability === "inoperative" && <Word color="gray.6">{t("station.inoperative")}</Word>}
        {errorCode !== undefined && errorCode !== "NoError" && <Word color="red">{errorCode}</Word>}
        <Text size="xs" c="dimmed">
          {connectors.map(({ type }) => type).join(", ")}
        </Text>
        <Text size="xs" c="dimmed" ml="auto">
          {statusAt !== undefined && <Age at={statusAt} />}
        </Text>
      </Group>
    </Card>
  );
}
