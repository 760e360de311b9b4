import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { Asked } from "../../../parts/asked.tsx";
import { Age } from "../../../parts/moment.tsx";
import { useText } from "../../../strings/language.ts";

/** Where a station differs from its specification; nothing where it does not. */
export function DeviationCard({ stationId }: { readonly stationId: string }): ReactNode {
  const t = useText();
  const asked = useAnswer("getChargingStationsByStationIdDeviations", { params: { stationId } });
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        {t("station.deviations")}
      </Title>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("station.noDeviation")}
            </Text>
          ) : (
            <Stack gap="xs">
              {items.map(({ code, meaning, count, lastAt }) => (
                <div key={code} data-deviation={code}>
                  <Group gap="xs" wrap="nowrap">
                    <Badge variant="light" color="orange">
                      {count}
                    </Badge>
                    <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                      {code}
                    </Text>
                    <Text size="xs" c="dimmed" ml="auto" style={{ whiteSpace: "nowrap" }}>
                      <Age at={lastAt} />
                    </Text>
                  </Group>
                  {meaning !== undefined && (
                    <Text size="xs" c="dimmed">
                      {meaning}
                    </Text>
                  )}
                </div>
              ))}
            </Stack>
          )
        }
      </Asked>
    </Card>
  );
}
