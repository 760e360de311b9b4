import { Button, Card, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { StationAction } from "../../../requests/station-action.tsx";
import { useStationRequest } from "../../../requests/use-station-request.ts";
import { useText } from "../../../strings/language.ts";
import type { Difference } from "./drafts.ts";

/** What would change, before and after; and what the type wants to be otherwise. */
export function ChangeCard(given: {
  readonly stationId: string;
  readonly changes: readonly Difference[];
  readonly ofType: readonly Difference[];
  readonly onTake: (key: string, value: string) => void;
  readonly onDone: () => void;
}): ReactNode {
  const { stationId, changes, ofType, onTake, onDone } = given;
  const t = useText();
  const ask = useStationRequest(stationId);
  const send = () => {
    for (const { key, after } of changes) {
      ask.mutate({ type: "RequestChangeConfigurationItem", key, value: after });
    }
    onDone();
  };
  if (changes.length === 0 && ofType.length === 0) return null;
  return (
    <Card withBorder padding="sm">
      {changes.length > 0 && (
        <>
          <Title order={2} mb="xs">
            {t("configuration.changes")}
          </Title>
          <Stack gap={4}>
            {changes.map((change) => (
              <DifferenceLine key={change.key} difference={change} />
            ))}
          </Stack>
          <Group gap="xs" mt="sm">
            <StationAction
              stationId={stationId}
              permission="RequestChangeConfigurationItem"
              variant="filled"
              onGo={send}
            >
              {t("configuration.send", { count: changes.length })}
            </StationAction>
            <Button variant="subtle" onClick={onDone}>
              {t("configuration.drop")}
            </Button>
          </Group>
        </>
      )}
      {ofType.length > 0 && (
        <>
          <Title order={2} mb="xs" mt={changes.length > 0 ? "sm" : 0}>
            {t("configuration.ofType")}
          </Title>
          <Stack gap={4}>
            {ofType.map((difference) => (
              <DifferenceLine key={difference.key} difference={difference}>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  onClick={() => onTake(difference.key, difference.after)}
                >
                  {t("configuration.take")}
                </Button>
              </DifferenceLine>
            ))}
          </Stack>
        </>
      )}
    </Card>
  );
}

function DifferenceLine({
  difference: { key, before, after },
  children,
}: {
  readonly difference: Difference;
  readonly children?: ReactNode;
}): ReactNode {
  const t = useText();
  return (
    <Group gap="xs" data-difference={key}>
      <Text size="sm" fw={550}>
        {key}
      </Text>
      <Code color="var(--motown-row)">{before ?? "–"}</Code>
      <Text size="sm" role="img" aria-label={t("configuration.becomes")}>
        →
      </Text>
      <Code color="var(--motown-row)" fw={600}>
        {after === "" ? "–" : after}
      </Code>
      {children}
    </Group>
  );
}
