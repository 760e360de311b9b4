import { Card, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyText } from "../../parts/copy-text.tsx";
import { useText } from "../../strings/language.ts";

/** In place of empty figures: how the first station comes to be here. */
export function FirstStation(): ReactNode {
  const t = useText();
  const wire = `${location.origin.replace(/^http/, "ws")}/ocpp/`;
  return (
    <Card withBorder maw={560} padding="lg">
      <Stack gap="sm">
        <Title order={2}>{t("overview.connectFirst")}</Title>
        <Text size="sm">{t("overview.connectHow")}</Text>
        <Group gap="xs">
          <Code fz="sm">{wire}</Code>
          <CopyText text={wire} />
        </Group>
        {isHere(location.hostname) && (
          <Text size="sm" c="dimmed">
            {t("overview.connectHere", { host: location.hostname })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

/** Whether a name is that of one's own machine, on which no station stands. */
function isHere(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
