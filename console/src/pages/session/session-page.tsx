import { Grid, Group, SimpleGrid, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { usePageParams } from "../../app/use-address.ts";
import { Energy, Lasted, Percent, Power } from "../../charging/session-figures.tsx";
import { ReviewWord, SessionWord } from "../../charging/session-words.tsx";
import { Asked } from "../../parts/asked.tsx";
import { FigureCard } from "../../parts/figure-card.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { useText } from "../../strings/language.ts";
import { SessionActions } from "./session-actions.tsx";
import { BeginAndEnd, WhoAndWhere } from "./session-facts.tsx";
import { SessionHistory } from "./session-history.tsx";
import { SessionPlots } from "./session-plots.tsx";
import { SessionReview } from "./session-review.tsx";

/** A session as the API shows one. */
export type ShownSession = Answer<"getTransactionsByTransactionId">;

/** One session: what it comes to, how it went, what is odd about it. */
export function SessionPage(): ReactNode {
  const t = useText();
  const params = usePageParams("session");
  const asked = useAnswer("getTransactionsByTransactionId", { params });
  const session = asked.data;
  return (
    <>
      <PageHead
        title={
          session === undefined
            ? t("sessions.one")
            : t("sessions.oneAt", { station: session.stationId })
        }
        facts={session && <Words session={session} />}
        actions={session && <SessionActions session={session} />}
      />
      {/* Nothing of one session is kept for the next one. */}
      <Asked of={asked}>{(shown) => <Parts key={shown.transactionId} session={shown} />}</Asked>
    </>
  );
}

function Words({ session }: { readonly session: ShownSession }): ReactNode {
  return (
    <Group gap="xs">
      <SessionWord state={session.state} />
      <ReviewWord count={session.reviewCount} />
    </Group>
  );
}

function Parts({ session }: { readonly session: ShownSession }): ReactNode {
  return (
    <Stack gap="sm">
      <Figures session={session} />
      <SessionReview session={session} />
      <SessionPlots session={session} />
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <WhoAndWhere session={session} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <BeginAndEnd session={session} />
        </Grid.Col>
      </Grid>
      <SessionHistory session={session} />
    </Stack>
  );
}

function Figures({ session }: { readonly session: ShownSession }): ReactNode {
  const t = useText();
  const { energyWh, powerW, startedAt, stoppedAt, sampleCount, stateOfChargePercent } = session;
  const isActive = session.state === "active";
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <FigureCard
        name="energy"
        title={t("sessions.energy")}
        value={<Energy wattHours={energyWh} />}
        beside={t("sessions.samples", { count: sampleCount })}
      />
      <FigureCard
        name="power"
        title={t(isActive ? "sessions.power" : "sessions.meanPower")}
        value={<Power watts={isActive ? powerW : meanPower(session)} />}
        beside={t(isActive ? "sessions.atLastSample" : "sessions.overAll")}
      />
      <FigureCard
        name="lasted"
        title={t("sessions.lasted")}
        value={<Lasted from={startedAt} until={stoppedAt} />}
        beside={t(isActive ? "sessions.goesOn" : "sessions.startToEnd")}
      />
      <FigureCard
        name="battery"
        title={t("sessions.battery")}
        value={<Percent percent={stateOfChargePercent} />}
        beside={t("sessions.batteryWhy")}
      />
    </SimpleGrid>
  );
}

/** What it took on average; of a session of no length there is none. */
function meanPower({ energyWh, startedAt, stoppedAt }: ShownSession): number | undefined {
  if (energyWh === undefined || stoppedAt === undefined) return undefined;
  const hours = (Date.parse(stoppedAt) - Date.parse(startedAt)) / 3_600_000;
  return hours > 0 ? energyWh / hours : undefined;
}
