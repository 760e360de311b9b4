import { Card, SimpleGrid, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  energyLine,
  type MeterLine,
  meanPowerLine,
  powerLine,
} from "../../charging/meter-lines.ts";
import { Plot } from "../../parts/plot/plot.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { energyText, powerText } from "../../parts/quantity.ts";
import { useChain } from "../../parts/timeline/use-chain.ts";
import { useLanguage, useText } from "../../strings/language.ts";
import type { ShownSession } from "./session-page.tsx";

/** Power and energy of a session over time, as its meter told them. */
export function SessionPlots({ session }: { readonly session: ShownSession }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { transactionId } = session;
  const { rows, query } = useChain(
    "getTransactionsByTransactionIdMeterValues",
    { params: { transactionId }, query: { order: "at" } },
    { whole: true },
  );
  if (query.isError) {
    return <ProblemNotice error={query.error} again={() => void query.refetch()} />;
  }
  const measured = powerLine(rows);
  const isMeasured = rows.length === 0 || measured.values.some((value) => value !== null);
  const power = isMeasured ? measured : meanPowerLine(rows);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
      <LineCard
        title={t(isMeasured ? "sessions.powerPlot" : "sessions.meanPowerPlot")}
        line={power}
        format={(watts) => powerText(watts, language)}
        isPending={query.isPending}
      />
      <LineCard
        title={t("sessions.energyPlot")}
        line={energyLine(rows, session.meterStartWh)}
        format={(wattHours) => energyText(wattHours, language)}
        isPending={query.isPending}
      />
    </SimpleGrid>
  );
}

function LineCard(given: {
  readonly title: string;
  readonly line: MeterLine;
  readonly format: (value: number) => string;
  readonly isPending: boolean;
}): ReactNode {
  const { title, line, format, isPending } = given;
  const t = useText();
  const measured = line.values.filter((value) => value !== null).length;
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        {title}
      </Title>
      {measured >= 2 || isPending ? (
        <Plot
          at={line.at}
          lines={[{ label: title, values: line.values }]}
          format={format}
          height={200}
          label={title}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t(measured === 0 ? "sessions.neverMeasured" : "sessions.measuredOnce")}
        </Text>
      )}
    </Card>
  );
}
