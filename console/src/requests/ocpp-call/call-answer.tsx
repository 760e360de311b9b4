import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { clockTime } from "../../parts/instants.ts";
import { PageLink } from "../../parts/page-link.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { JsonText } from "../../parts/text/json-text.tsx";
import { languageNow, useText } from "../../strings/language.ts";
import { OutcomeLines } from "../outcome-lines.tsx";
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
  const { state, outcome, deadline, result, parameters } = asked.data;
  return (
    <Stack gap="xs" data-call-answer={state}>
      <Group gap="xs">
        <Title order={3}>{String(parameters.action ?? "")}</Title>
        <OutcomeWord request={asked.data as Request} />
        <Text size="xs" ml="auto">
          <PageLink page="request" params={named}>
            {t("requestList.course")}
          </PageLink>
        </Text>
      </Group>
      {outcome !== "accepted" && (
        <Text size="sm">
          {outcome === undefined
            ? t("requests.awaited", { time: clockTime(new Date(deadline), languageNow()) })
            : t(`outcome.${outcome}`)}
        </Text>
      )}
      <OutcomeLines request={asked.data as Request} />
      {result !== undefined && <JsonText title={t("requestList.result")} value={result} />}
    </Stack>
  );
}
