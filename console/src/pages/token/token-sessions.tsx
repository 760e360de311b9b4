import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Energy } from "../../charging/session-figures.tsx";
import { SessionLink, SessionWord, StopCause } from "../../charging/session-words.tsx";
import { Asked } from "../../parts/asked.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { useText } from "../../strings/language.ts";

type Session = Item<"getTransactions">;

/** So many of the latest are shown. */
const most = 50;

const columns: readonly PlainColumn<Session>[] = [
  {
    id: "started",
    title: "tokens.startedAt",
    cell: ({ transactionId, startedAt }) => (
      <SessionLink transactionId={transactionId}>
        <Moment at={startedAt} />
      </SessionLink>
    ),
  },
  {
    id: "station",
    title: "tokens.station",
    cell: ({ stationId }) => <StationLink stationId={stationId} />,
  },
  { id: "evse", title: "tokens.evse", phone: "hidden", cell: ({ evseId }) => evseId },
  {
    id: "state",
    title: "tokens.state",
    phone: "hidden",
    cell: ({ state }) => <SessionWord state={state} />,
  },
  {
    id: "energy",
    title: "tokens.energy",
    align: "right",
    cell: ({ energyWh }) => <Energy wattHours={energyWh} />,
  },
  {
    id: "reason",
    title: "tokens.stopReason",
    phone: "hidden",
    cell: ({ stopReason }) => <StopCause reason={stopReason} />,
  },
];

/** Where a token was used lately: its sessions, the latest first; live. */
export function TokenSessions({ tokenRef }: { readonly tokenRef: string }): ReactNode {
  const t = useText();
  const asked = useAnswer("getTransactions", {
    query: { tokenRef, order: "-startedAt", limit: most },
  });
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        {t("tokens.sessions")}
      </Title>
      <Asked of={asked}>
        {({ items }) => (
          <PlainTable
            label={t("tokens.sessions")}
            columns={columns}
            // Of the token that was shown before there may still be an answer.
            rows={items.filter((session) => session.tokenRef === tokenRef)}
            keyOf={({ transactionId }) => transactionId}
            none={t("tokens.neverUsed")}
          />
        )}
      </Asked>
      <Text size="sm" mt="xs">
        <PageLink page="sessions" search={{ tokenRef }}>
          {t("tokens.allSessions")}
        </PageLink>
      </Text>
    </Card>
  );
}
