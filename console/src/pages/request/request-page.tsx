import { Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { usePageParams } from "../../app/use-address.ts";
import { SessionLink } from "../../charging/session-words.tsx";
import { actorText } from "../../parts/actor.ts";
import { Asked } from "../../parts/asked.tsx";
import { Sure } from "../../parts/dialogs/sure.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { JsonText } from "../../parts/text/json-text.tsx";
import { OutcomeWord, type Request } from "../../requests/outcome-word.tsx";
import { nameOf } from "../../requests/request-progress.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { FollowUp } from "../requests/follow-up.tsx";
import { RequestHistory } from "./request-history.tsx";

type Shown = Answer<"getChargingStationsByStationIdRequestsByRequestId">;

/** One request: what was asked, how it stands, and all that happened because of it. */
export function RequestPage(): ReactNode {
  const t = useText();
  const params = usePageParams("request");
  const asked = useAnswer("getChargingStationsByStationIdRequestsByRequestId", { params });
  const request = asked.data;
  return (
    <>
      <PageHead
        title={request === undefined ? t("requestList.one") : nameOf(request.type)}
        facts={request && <OutcomeWord request={request as Request} />}
        actions={request?.state === "queued" && <TakeBack request={request} />}
      />
      <Asked of={asked}>
        {(shown) => (
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
              <Course request={shown} />
              <Content request={shown} />
            </SimpleGrid>
            <RequestHistory request={shown} />
          </Stack>
        )}
      </Asked>
    </>
  );
}

function Course({ request }: { readonly request: Shown }): ReactNode {
  const t = useText();
  const { stationId, requestedBy, status, followUp, transactionId, correlationId } = request;
  const moment = (at: string | undefined) => at && <Moment at={at} />;
  const facts: readonly Fact[] = [
    { title: "stations.station", value: <StationLink stationId={stationId} /> },
    { title: "requestList.by", value: actorText(requestedBy) },
    { title: "requestList.at", value: moment(request.requestedAt) },
    { title: "requestList.sentAt", value: moment(request.sentAt) },
    { title: "requestList.answeredAt", value: moment(request.answeredAt) },
    { title: "requestList.completedAt", value: moment(request.completedAt) },
    { title: "requestList.status", value: status },
    { title: "requestList.followUp", value: followUp && <FollowUp followUp={followUp} /> },
    { title: "requestList.triggeredAt", value: moment(request.triggeredAt) },
    {
      title: "requestList.session",
      value: transactionId && (
        <SessionLink transactionId={transactionId}>{transactionId}</SessionLink>
      ),
    },
    { title: "requestList.deadline", value: moment(request.deadline) },
    { title: "requestList.validUntil", value: moment(request.validUntil) },
    { title: "requestList.parts", value: <Parts request={request} /> },
    { title: "requestList.parent", value: <Parent request={request} /> },
    { title: "requestList.correlation", value: correlationId },
  ];
  return (
    <Facts
      title={t("requestList.course")}
      facts={facts.filter(({ title }) => isThere(title, request))}
    />
  );
}

/** Elements are never empty, what they would show may be. */
function isThere(title: string, { parts, parentRequestId }: Shown): boolean {
  if (title === "requestList.parts") return parts !== undefined;
  return title !== "requestList.parent" || parentRequestId !== undefined;
}

function Parts({ request: { stationId, parts = {} } }: { readonly request: Shown }): ReactNode {
  return (
    <Stack gap={2}>
      {Object.entries(parts).map(([requestId, part]) => (
        <Group key={requestId} gap="xs">
          <PageLink page="request" params={{ stationId, requestId }}>
            {requestId.slice(requestId.lastIndexOf(".") + 1)}
          </PageLink>
          <OutcomeWord request={part as Request} />
        </Group>
      ))}
    </Stack>
  );
}

function Parent({ request }: { readonly request: Shown }): ReactNode {
  const { stationId, parentRequestId: requestId } = request;
  if (requestId === undefined) return null;
  return (
    <PageLink page="request" params={{ stationId, requestId }}>
      {requestId}
    </PageLink>
  );
}

function Content({ request }: { readonly request: Shown }): ReactNode {
  const t = useText();
  const { parameters, result, lateAnswer } = request;
  const isBare = Object.keys(parameters).length === 0;
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        {t("requestList.content")}
      </Title>
      <Stack gap="sm">
        {isBare ? (
          <Text size="sm" c="dimmed">
            {t("requestList.bare")}
          </Text>
        ) : (
          <JsonText title={t("requestList.parameters")} value={parameters} />
        )}
        {result !== undefined && <JsonText title={t("requestList.result")} value={result} />}
        {lateAnswer !== undefined && (
          <>
            <Text size="sm">
              {t("requestList.late")} <Moment at={lateAnswer.at} />
            </Text>
            <JsonText title={t("requestList.lateAnswer")} value={lateAnswer} />
          </>
        )}
      </Stack>
    </Card>
  );
}

function TakeBack({ request }: { readonly request: Shown }): ReactNode {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const { stationId, requestId } = request;
  const operation = "deleteChargingStationsByStationIdRequestsByRequestId";
  const take = useAct(operation, { done: t("requestList.takenBack") });
  const may = { operation, stationId } as const;
  return (
    <>
      <ActButton variant="default" may={may} onGo={() => setAsking(true)}>
        {t("requestList.takeBack")}
      </ActButton>
      {isAsking && (
        <Sure
          title={t("requestList.takeBackSure", { request: nameOf(request.type) })}
          consequence={t("requestList.takeBackMeans", { station: stationId })}
          action={t("requestList.takeBack")}
          may={may}
          onClose={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            take.mutate({ params: { stationId, requestId } });
          }}
        />
      )}
    </>
  );
}
