import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Facts } from "../../parts/facts.tsx";
import { SideDrawer } from "../../parts/list/side-drawer.tsx";
import { Moment } from "../../parts/moment.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { JsonText } from "../../parts/text/json-text.tsx";
import { useText } from "../../strings/language.ts";
import { type Message, prettyFrame } from "./frame-text.ts";
import { FrameWord } from "./frame-word.tsx";

/** One exchange, whole. */
export function MessageDrawer({
  message,
  onNarrow,
  onClose,
}: {
  readonly message: Message;
  readonly onNarrow: (fields: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const { stationId, action, call, answer, correlationId } = message;
  return (
    <SideDrawer onClose={onClose} size="lg" title={<FrameWord message={message} />}>
      <Stack gap="sm">
        <Group gap="xs">
          <Button variant="default" onClick={() => onNarrow({ stationId })}>
            {t("messages.onlyStation")}
          </Button>
          {action !== undefined && (
            <Button variant="default" onClick={() => onNarrow({ action })}>
              {t("messages.onlyAction", { action })}
            </Button>
          )}
          {correlationId !== undefined && (
            <Button variant="default" onClick={() => onNarrow({ stationId, correlationId })}>
              {t("messages.onlyCorrelation")}
            </Button>
          )}
        </Group>
        <Facts title={t("messages.facts")} facts={factsOf(message)} />
        <JsonText title={t("messages.call")} value={prettyFrame(call)} />
        {answer === undefined ? (
          <Text size="sm" c="dimmed">
            {t("messages.noAnswer")}
          </Text>
        ) : (
          <JsonText title={t("messages.answer")} value={prettyFrame(answer)} />
        )}
      </Stack>
    </SideDrawer>
  );
}

function factsOf(message: Message) {
  const { stationId, at, protocol, messageId, tookMs, deviations, correlationId } = message;
  return [
    { title: "stations.station", value: <StationLink stationId={stationId} /> },
    { title: "messages.at", value: <Moment at={at} /> },
    { title: "messages.took", value: tookMs === undefined ? undefined : `${tookMs} ms` },
    { title: "stations.protocol", value: protocol },
    { title: "messages.id", value: messageId },
    { title: "messages.deviations", value: deviations?.join(", ") },
    { title: "requestList.correlation", value: correlationId },
  ] as const;
}
