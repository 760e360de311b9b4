import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../../api/call.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { powerLine } from "../../../charging/meter-lines.ts";
import { SessionLink, TokenLink } from "../../../charging/session-words.tsx";
import { Age, Moment } from "../../../parts/moment.tsx";
import { Plot } from "../../../parts/plot/plot.tsx";
import { ProblemNotice } from "../../../parts/problem-notice.tsx";
import { energyText, percentText, powerText } from "../../../parts/quantity.ts";
import { useLanguage, useText } from "../../../strings/language.ts";
import classes from "./session-now.module.css";

/** Instants that are asked for: of a long session the last ones. */
const most = 500;

/** What charges now: how much, how fast, and since when, with its meter's line. */
export function SessionNow({
  session,
}: {
  readonly session: Item<"getChargingStationsByStationIdTransactions">;
}): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { energyWh, powerW, stateOfChargePercent, startedAt, lastSampleAt } = session;
  return (
    <Stack gap={4} className={classes.session ?? ""} data-session={session.transactionId}>
      <Group gap="lg">
        <Figure title={t("station.energy")}>
          {energyWh === undefined ? "–" : energyText(energyWh, language)}
        </Figure>
        <Figure title={t("station.power")}>
          {powerW === undefined ? "–" : powerText(powerW, language)}
        </Figure>
        {stateOfChargePercent !== undefined && (
          <Figure title={t("station.charge")}>{percentText(stateOfChargePercent, language)}</Figure>
        )}
        <Figure title={t("station.started")}>
          <Moment at={startedAt} />
        </Figure>
        <Figure title={t("station.measured")}>
          <Age at={lastSampleAt} />
        </Figure>
        <Figure title={t("station.token")}>
          {session.tokenRef === undefined ? (
            "–"
          ) : (
            <TokenLink tokenRef={session.tokenRef} value={session.identifyingToken} />
          )}
        </Figure>
        <Text size="sm" ml="auto">
          <SessionLink transactionId={session.transactionId}>{t("sessions.one")}</SessionLink>
        </Text>
      </Group>
      <PowerPlot transactionId={session.transactionId} />
    </Stack>
  );
}

function PowerPlot({ transactionId }: { readonly transactionId: string }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const samples = useAnswer("getTransactionsByTransactionIdMeterValues", {
    ...{ params: { transactionId }, query: { order: "-at", limit: most } },
  });
  if (samples.isError) return <ProblemNotice error={samples.error} />;
  const { at, values } = powerLine(samples.data?.items ?? []);
  if (at.length < 2) {
    return (
      <Text size="xs" c="dimmed">
        {t("station.noSamples")}
      </Text>
    );
  }
  return (
    <Plot
      at={at}
      lines={[{ label: t("station.power"), values }]}
      format={(value) => powerText(value, language)}
      height={150}
      label={t("station.plot")}
    />
  );
}

function Figure(given: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {given.title}
      </Text>
      <Text size="sm" fw={600}>
        {given.children}
      </Text>
    </div>
  );
}
