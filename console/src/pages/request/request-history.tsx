import { Card, Group, Text, Timeline, Title } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useEvents } from "../../api/event-log.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { actorText } from "../../parts/actor.ts";
import { Moment } from "../../parts/moment.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { JsonText } from "../../parts/text/json-text.tsx";
import { useText } from "../../strings/language.ts";
import { FrameWord } from "../messages/frame-word.tsx";
import { historyOf, type Step } from "./history.ts";

type Shown = Answer<"getChargingStationsByStationIdRequestsByRequestId">;

/** Frames come without an event; while a request is on its way they are looked for. */
const everyMs = 2_000;
/** The frame that ends a request is kept a moment after the event that does. */
const settlingMs = 3_000;

/** All events and frames that belong to a request. */
export function RequestHistory({ request }: { readonly request: Shown }): ReactNode {
  const t = useText();
  const { stationId, correlationId, state } = request;
  const isSettled = useAfter(state === "done", settlingMs);
  const events = useEvents({ query: { stationId, correlationId, limit: 200 } });
  const messages = useAnswer(
    "getMessages",
    { query: { stationId, correlationId, limit: 100 } },
    isSettled ? {} : { everyMs },
  );
  const steps = historyOf(events.data ?? [], messages.data?.items ?? []);
  const failed = events.error ?? messages.error;
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="sm">
        {t("requestList.history")}
      </Title>
      {failed !== null && <ProblemNotice error={failed} />}
      {steps.length === 0 && failed === null && !events.isPending && (
        <Text size="sm" c="dimmed">
          {t("list.none")}
        </Text>
      )}
      <Timeline bulletSize={12} lineWidth={2} active={steps.length}>
        {steps.map((step) => (
          <Timeline.Item key={step.key} title={<StepTitle step={step} />}>
            <StepBody step={step} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}

/** Whether it has been so for a while. */
function useAfter(isSo: boolean, milliseconds: number): boolean {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => {
    if (!isSo) return setAfter(false);
    const timer = setTimeout(() => setAfter(true), milliseconds);
    return () => clearTimeout(timer);
  }, [isSo, milliseconds]);
  return isAfter;
}

function StepTitle({ step }: { readonly step: Step }): ReactNode {
  return (
    <Group gap="xs">
      {step.kind === "event" ? (
        <Text size="sm" fw={600}>
          {step.event.type}
        </Text>
      ) : (
        <FrameWord message={step.message} />
      )}
      <Text size="xs" c="dimmed">
        <Moment at={step.at} />
      </Text>
    </Group>
  );
}

function StepBody({ step }: { readonly step: Step }): ReactNode {
  const t = useText();
  if (step.kind === "event") {
    const { kind, id } = step.event.meta.actor;
    return (
      <details>
        <summary>
          <Text span size="xs" c="dimmed">
            {t("requestList.actor", { actor: actorText(`${kind}:${id}`) })}
          </Text>
        </summary>
        <JsonText title={t("requestList.event")} value={step.event.data} />
      </details>
    );
  }
  const { call, answer } = step.message;
  return (
    <details>
      <summary>
        <Text span size="xs" c="dimmed">
          {t("messages.frames")}
        </Text>
      </summary>
      <JsonText title={t("messages.call")} value={call} />
      {answer !== undefined && <JsonText title={t("messages.answer")} value={answer} />}
    </details>
  );
}
