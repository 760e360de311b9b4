import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../api/call.ts";
import { useText } from "../strings/language.ts";
import { Age } from "./moment.tsx";
import { Word } from "./word.tsx";

/** Whether a station is connected, and when it was last seen if not. */
export function ConnectionWord({
  connection,
}: {
  readonly connection: Item<"getChargingStations">["connection"];
}): ReactNode {
  const t = useText();
  const { connected, lastSeenAt, disconnectedAt } = connection;
  if (connected) return <Word color="green">{t("stations.online")}</Word>;
  return (
    <Group gap={6} wrap="nowrap">
      <Word color="gray.6">{t("stations.offline")}</Word>
      <Text size="xs" c="dimmed" truncate>
        <Age at={lastSeenAt ?? disconnectedAt} />
      </Text>
    </Group>
  );
}
