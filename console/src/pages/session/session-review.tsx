import { Card, Group, List, Stack, Text, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { Energy } from "../../charging/session-figures.tsx";
import { StopCause } from "../../charging/session-words.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Moment } from "../../parts/moment.tsx";
import { StationAction } from "../../requests/station-action.tsx";
import { useText } from "../../strings/language.ts";
import type { ShownSession } from "./session-page.tsx";

interface Of {
  readonly session: ShownSession;
}

/** What is odd about a session, what was corrected, and what a person said to it. */
export function SessionReview({ session }: Of): ReactNode {
  const t = useText();
  const { reviews, otherEnds, reviewNote } = session;
  if (reviews.length === 0 && otherEnds.length === 0 && reviewNote === undefined) return null;
  return (
    <Card withBorder padding="sm" data-review={reviews.length}>
      <Group gap="xs" mb="xs">
        <Icon name={reviews.length > 0 ? "alert" : "check"} />
        <Title order={2}>
          {t(reviews.length > 0 ? "sessions.reviewTitle" : "sessions.reviewedTitle")}
        </Title>
      </Group>
      <Stack gap="sm">
        {reviews.length > 0 && <Reasons session={session} />}
        {otherEnds.length > 0 && <OtherEnds session={session} />}
        {reviewNote !== undefined && (
          <Text size="sm">{t("sessions.reviewNote", { note: reviewNote })}</Text>
        )}
        {reviews.length > 0 && <Settle session={session} />}
      </Stack>
    </Card>
  );
}

function Reasons({ session }: Of): ReactNode {
  const t = useText();
  return (
    <List size="sm" spacing={4}>
      {session.reviews.map((reason) => (
        <List.Item key={reason}>
          {t(`review.${reason}`)}{" "}
          <Text span size="xs" c="dimmed">
            {reason}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}

/** Ends that do not count: they were corrected, or told beside the one that does. */
function OtherEnds({ session }: Of): ReactNode {
  const t = useText();
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {t("sessions.otherEnds")}
      </Text>
      {session.otherEnds.map((other) => (
        <Group key={`${other.at} ${other.stoppedAt}`} gap="sm">
          <Text size="sm">{t(`sessions.end.${other.end}`)}</Text>
          <Text size="sm">
            <Moment at={other.stoppedAt} />
          </Text>
          {other.energyWh !== undefined && (
            <Text size="sm">
              <Energy wattHours={other.energyWh} />
            </Text>
          )}
          {other.stopReason !== undefined && (
            <Text size="sm">
              <StopCause reason={other.stopReason} />
            </Text>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function Settle({ session }: Of): ReactNode {
  const t = useText();
  const [note, setNote] = useState("");
  const settle = useAct("postTransactionsByTransactionIdCommands", { done: t("sessions.settled") });
  const { stationId, transactionId } = session;
  return (
    <Group gap="xs" align="flex-end">
      <Textarea
        label={t("sessions.note")}
        value={note}
        maxLength={500}
        autosize
        minRows={1}
        maw={520}
        style={{ flex: "1 1 260px" }}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <StationAction
        stationId={stationId}
        operation="postTransactionsByTransactionIdCommands"
        says={{ type: "SettleReview" }}
        loading={settle.isPending}
        onGo={() =>
          settle.mutate({
            params: { transactionId },
            body: { type: "SettleReview", ...(note.trim() === "" ? {} : { note: note.trim() }) },
          })
        }
      >
        {t("sessions.settle")}
      </StationAction>
    </Group>
  );
}
