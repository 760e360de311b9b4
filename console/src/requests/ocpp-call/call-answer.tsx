import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { PageLink } from "../../parts/page-link.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { JsonText } from "../../parts/text/json-text.tsx";
import { useText } from "../../strings/language.ts";
import { OutcomeWord, type Request } from "../outcome-word.tsx";

/** How the last call stands, and what the station answered; live. */
export function CallAnswer(named: {
  readonly stationId: string;
  readonly requestId: string;
}): ReactNode {
  const t = useText();
  const asked = useAnswer("getChargingStationsByStationIdRequestsByRequestId", { params: named });
  if (asked.isError) return <ProblemNotice error={asked.error} />;
  if (asked.data === undefined) return null;
  const { status, result, parameters } = asked.data;
  return (
    <Stack gap="xs" data-call-answer={asked.data.state}>
      <Group gap="xs">
        <Title order={3}>{String(parameters.action ?? "")}</Title>
        <OutcomeWord request={asked.data as Request} />
        {status !== undefined && (
          <Text size="xs" c="dimmed">
            {t("requests.status", { status })}
          </Text>
        )}
        <Text size="xs" ml="auto">
          <PageLink page="request" params={named}>
            {t("requestList.course")}
          </PageLink>
        </Text>
      </Group>
      {result !== undefined && <JsonText title={t("requestList.result")} value={result} />}
    </Stack>
  );
}
