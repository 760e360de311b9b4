import { Button, Card, Group, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { StationAction } from "../../../requests/station-action.tsx";
import { useText } from "../../../strings/language.ts";
import { DifferenceLine, NoteLine } from "./difference-line.tsx";
import type { Difference } from "./drafts.ts";
import type { Editing, Sent } from "./editing.ts";

interface Props {
  readonly stationId: string;
  readonly editing: Editing;
  readonly changes: readonly Difference[];
  /** Where the station is not as its type wants it. */
  readonly ofType: readonly Difference[];
  readonly onTake: (key: string, value: string) => void;
  readonly onSend: (changes: readonly Difference[]) => void;
  readonly onSettled: (change: Difference, sent: Sent) => void;
  readonly onDrop: () => void;
}

/** What would change, before and after; and what the type wants to be otherwise. */
export function ChangeCard(props: Props): ReactNode {
  const { changes, ofType, onTake } = props;
  const t = useText();
  if (changes.length === 0 && ofType.length === 0) return null;
  return (
    <Card withBorder padding="sm">
      {changes.length > 0 && <Changes {...props} />}
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

function Changes({ stationId, editing, changes, onSend, onSettled, onDrop }: Props): ReactNode {
  const t = useText();
  const { notes, isSending } = editing;
  // What waits for the station is asked for already.
  const sendable = changes.filter(({ key }) => notes[key]?.kind !== "pending");
  return (
    <>
      <Title order={2} mb="xs">
        {t("configuration.changes")}
      </Title>
      <Stack gap={4}>
        {changes.map((change) => {
          const note = notes[change.key];
          return (
            <DifferenceLine key={change.key} difference={change}>
              {note !== undefined && (
                <NoteLine
                  stationId={stationId}
                  note={note}
                  onSettled={(sent) => onSettled(change, sent)}
                />
              )}
            </DifferenceLine>
          );
        })}
      </Stack>
      <Group gap="xs" mt="sm">
        {sendable.length > 0 && (
          <StationAction
            stationId={stationId}
            says={{ type: "RequestChangeConfigurationItem" }}
            variant="filled"
            loading={isSending}
            onGo={() => onSend(sendable)}
          >
            {t("configuration.send", { count: sendable.length })}
          </StationAction>
        )}
        <Button variant="subtle" disabled={isSending} onClick={onDrop}>
          {t("configuration.drop")}
        </Button>
      </Group>
    </>
  );
}
