import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer, Item } from "../../../api/call.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { Asked } from "../../../parts/asked.tsx";
import { Age } from "../../../parts/moment.tsx";
import { ProblemNotice } from "../../../parts/problem-notice.tsx";
import { StatusWord, Word } from "../../../parts/word.tsx";
import { useText } from "../../../strings/language.ts";
import { ConnectorRows } from "./connector-rows.tsx";
import { EvseActions } from "./evse-actions.tsx";
import { SessionNow } from "./session-now.tsx";

type Evse = Item<"getChargingStationsByStationIdEvses">;
type Station = Answer<"getChargingStationsByStationId">;

/** How each EVSE of a station is, how old that is, and what charges there. */
export function EvseCards({ station }: { readonly station: Station }): ReactNode {
  const t = useText();
  const { stationId } = station;
  const params = { stationId };
  const evses = useAnswer("getChargingStationsByStationIdEvses", {
    ...{ params, query: { order: "evseId", limit: 100 } },
  });
  const running = useAnswer("getChargingStationsByStationIdTransactions", {
    ...{ params, query: { state: "active", limit: 100 } },
  });
  return (
    <section aria-label={t("station.evses")}>
      <Asked of={evses}>
        {({ items }) =>
          items.length === 0 ? (
            <Card withBorder padding="md">
              <Text size="sm" c="dimmed">
                {t("station.noEvse")}
              </Text>
            </Card>
          ) : (
            <Stack gap="sm">
              {running.isError && (
                <ProblemNotice error={running.error} again={() => void running.refetch()} />
              )}
              {items.map((evse) => (
                <EvseCard
                  key={evse.evseId}
                  evse={evse}
                  sessions={running.data?.items.filter(({ evseId }) => evseId === evse.evseId)}
                />
              ))}
            </Stack>
          )
        }
      </Asked>
    </section>
  );
}

function EvseCard({
  evse,
  sessions,
}: {
  readonly evse: Evse;
  /** Undefined: nobody knows yet what charges there, or what an act would cost. */
  readonly sessions: readonly Item<"getChargingStationsByStationIdTransactions">[] | undefined;
}): ReactNode {
  const t = useText();
  const { evseId, stationId, status, statusAt, availability, scheduledAvailability } = evse;
  const hasError = evse.errorCode !== undefined && evse.errorCode !== "NoError";
  return (
    <Card withBorder padding="sm" data-evse={evseId}>
      <Group gap="xs" mb={6}>
        <Title order={2}>{t("station.evse", { number: evseId })}</Title>
        <StatusWord status={status} />
        <Text size="xs" c="dimmed">
          <Age at={statusAt} />
        </Text>
        {availability === "inoperative" && (
          <Word color="gray.6">{t("station.availability.inoperative")}</Word>
        )}
        {scheduledAvailability !== undefined && (
          <Word color="yellow">{t(`station.soon.${scheduledAvailability}`)}</Word>
        )}
        {hasError && <Word color="red">{evse.errorCode}</Word>}
        {sessions !== undefined && (
          <EvseActions stationId={stationId} evseId={evseId} session={sessions[0]} />
        )}
      </Group>
      {evse.detail !== undefined && <Detail detail={evse.detail} />}
      <ConnectorRows evse={evse} />
      {sessions?.map((session) => (
        <SessionNow key={session.transactionId} session={session} />
      ))}
    </Card>
  );
}

/** What the station said beside its status, in its own words. */
function Detail({ detail }: { readonly detail: Readonly<Record<string, string>> }): ReactNode {
  return (
    <Text size="xs" c="dimmed" mb={6}>
      {Object.entries(detail)
        .map(([name, value]) => `${name}: ${value}`)
        .join(" · ")}
    </Text>
  );
}
