import { Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Energy, Lasted, Power } from "../../charging/session-figures.tsx";
import { ReviewWord, type Session, SessionLink } from "../../charging/session-words.tsx";
import { Asked } from "../../parts/asked.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { useText } from "../../strings/language.ts";

/** So many of the latest are shown; the others are a click away. */
const most = 6;

const columns: readonly PlainColumn<Session>[] = [
  {
    id: "station",
    title: "stations.station",
    cell: ({ transactionId, stationId }) => (
      <SessionLink transactionId={transactionId}>{stationId}</SessionLink>
    ),
  },
  { id: "evse", title: "sessions.evse", phone: "hidden", cell: ({ evseId }) => evseId },
  {
    id: "token",
    title: "sessions.token",
    phone: "hidden",
    cell: ({ identifyingToken }) => identifyingToken ?? "",
  },
  {
    id: "reviews",
    title: "sessions.reviews",
    phone: "hidden",
    cell: ({ reviewCount }) => <ReviewWord count={reviewCount} />,
  },
  {
    id: "lasted",
    title: "sessions.lasted",
    align: "right",
    cell: ({ startedAt }) => <Lasted from={startedAt} until={undefined} />,
  },
  {
    id: "energy",
    title: "sessions.energy",
    align: "right",
    cell: ({ energyWh }) => <Energy wattHours={energyWh} />,
  },
  {
    id: "power",
    title: "sessions.power",
    align: "right",
    cell: ({ powerW }) => <Power watts={powerW} />,
  },
];

/** What charges now, the latest first; live. */
export function GoingOn(): ReactNode {
  const t = useText();
  const asked = useAnswer("getTransactions", {
    query: { state: "active", order: "-startedAt", limit: most },
  });
  return (
    <>
      <Card withBorder padding="sm" mb="sm">
        <Group justify="space-between" mb={4}>
          <Title order={2}>{t("sessions.goingOn")}</Title>
          {asked.data?.next !== undefined && (
            <Text size="sm">
              <PageLink page="sessions" search={{ state: "active" }}>
                {t("sessions.allGoingOn")}
              </PageLink>
            </Text>
          )}
        </Group>
        <Asked of={asked}>
          {({ items }) => (
            <PlainTable
              label={t("sessions.goingOn")}
              columns={columns}
              rows={items}
              keyOf={({ transactionId }) => transactionId}
              none={t("sessions.noneGoingOn")}
            />
          )}
        </Asked>
      </Card>
      <Title order={2} mb={6}>
        {t("sessions.overTitle")}
      </Title>
    </>
  );
}
