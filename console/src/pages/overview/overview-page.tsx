import { Card, Grid, Group, SimpleGrid, Skeleton, Stack, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import type { Answer } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { FigureCard } from "../../parts/figure-card.tsx";
import { useStartOfDay } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { Plot } from "../../parts/plot/plot.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { countText, energyText, powerText } from "../../parts/quantity.ts";
import { stateColours, statusColours } from "../../parts/word.tsx";
import { useStore } from "../../store.ts";
import { useLanguage, useText } from "../../strings/language.ts";
import { Attention } from "./attention-card.tsx";
import { Distribution } from "./distribution.tsx";
import { FirstStation } from "./first-station.tsx";
import { powerHistory, withPoint } from "./power-history.ts";

type Overview = Answer<"getOverview">;

/** Sockets and power change without an event. */
const everyMs = 5_000;

const goingOn = { page: "sessions", search: { state: "active" } } as const;

/** The network at a glance. */
export function OverviewPage(): ReactNode {
  const t = useText();
  const since = useStartOfDay();
  const asked = useAnswer("getOverview", { query: { since } }, { everyMs });
  const { data } = asked;
  useEffect(() => {
    if (data === undefined) return;
    const point = { at: data.at, watts: data.sessions.powerW };
    powerHistory.set(withPoint(powerHistory.get(), point));
  }, [data]);
  return (
    <>
      <PageHead title={t("overview.title")} />
      {asked.isError && <ProblemNotice error={asked.error} again={() => void asked.refetch()} />}
      {data === undefined ? <Waiting /> : <Shown overview={data} />}
    </>
  );
}

function Shown({ overview }: { readonly overview: Overview }): ReactNode {
  const t = useText();
  const { stations, evses } = overview;
  if (stations.total === 0) return <FirstStation />;
  return (
    <Stack gap="sm">
      <Figures overview={overview} />
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <PowerCard />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Attention overview={overview} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Distribution
            title={t("overview.byState")}
            counts={stations.byState}
            colours={stateColours}
            word={(state) => t(`state.${state}`)}
            target={(state) => ({ page: "stations", search: { state } })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Distribution
            title={t("overview.byStatus")}
            counts={evses.byStatus}
            colours={statusColours}
            word={(status) => t(`status.${status}`)}
            target={(status) => ({ page: "stations", search: { evseStatus: status } })}
          />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Figures({ overview }: { readonly overview: Overview }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { stations, sessions } = overview;
  const number = (value: number) => countText(value, language);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <FigureCard
        name="connected"
        title={`${t("overview.stations")} ${t("overview.connected")}`}
        target={{ page: "stations", search: { connected: "true" } }}
        value={stations.connected === undefined ? "–" : number(stations.connected)}
        beside={t("overview.ofStations", { count: stations.total })}
      />
      <FigureCard
        name="sessions"
        title={t("overview.sessions")}
        value={number(sessions.active)}
        beside={t("overview.startedToday", { count: sessions.started })}
        target={goingOn}
      />
      <FigureCard
        name="power"
        title={t("overview.power")}
        target={goingOn}
        value={powerText(sessions.powerW, language)}
        beside={t("overview.powerWhy")}
      />
      <FigureCard
        name="energy"
        title={t("overview.energy")}
        target={{ page: "sessions", search: { startedAtFrom: sessions.since } }}
        value={energyText(sessions.energyWh, language)}
        beside={t("overview.energyWhy")}
      />
    </SimpleGrid>
  );
}

function PowerCard(): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { at, watts } = useStore(powerHistory);
  return (
    <Card withBorder padding="sm" h="100%">
      <Group mb="xs">
        <Title order={2}>{t("overview.plot")}</Title>
      </Group>
      <Plot
        at={at}
        lines={[{ label: t("overview.power"), values: watts }]}
        format={(value) => powerText(value, language)}
        height={190}
        label={t("overview.plot")}
      />
    </Card>
  );
}

function Waiting(): ReactNode {
  return (
    <Stack gap="sm" aria-hidden>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        {["a", "b", "c", "d"].map((one) => (
          <Skeleton key={one} height={86} />
        ))}
      </SimpleGrid>
      <Skeleton height={240} />
    </Stack>
  );
}
