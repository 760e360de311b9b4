import { Card, SimpleGrid, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  energyLine,
  type MeterLine,
  meanPowerLine,
  measurands,
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
  const power = useSamples(session, measurands.power);
  const energy = useSamples(session, measurands.energy);
  const failed = [power, energy].find(({ query }) => query.isError)?.query;
  if (failed !== undefined) {
    return <ProblemNotice error={failed.error} again={() => void failed.refetch()} />;
  }
  const measured = powerLine(power.rows);
  const isMeasured = measured.values.some((value) => value !== null) || energy.rows.length === 0;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
      <LineCard
        title={t(isMeasured ? "sessions.powerPlot" : "sessions.meanPowerPlot")}
        line={isMeasured ? measured : meanPowerLine(energy.rows)}
        format={(watts) => powerText(watts, language)}
        isPending={power.query.isPending || energy.query.isPending}
        isCut={isMeasured ? power.isCut : energy.isCut}
      />
      <LineCard
        title={t("sessions.energyPlot")}
        line={energyLine(energy.rows, session.meterStartWh)}
        format={(wattHours) => energyText(wattHours, language)}
        isPending={energy.query.isPending}
        isCut={energy.isCut}
      />
    </SimpleGrid>
  );
}

/** Samples of one kind, the newest first: of a long session those are in sight. */
function useSamples({ transactionId, stationId }: ShownSession, measurand: string) {
  const query = { order: "-at", measurand } as const;
  const asked = { params: { transactionId }, query };
  return useChain("getTransactionsByTransactionIdMeterValues", asked, { whole: true, stationId });
}

function LineCard(given: {
  readonly title: string;
  readonly line: MeterLine;
  readonly format: (value: number) => string;
  readonly isPending: boolean;
  readonly isCut: boolean;
}): ReactNode {
  const { title, line, format, isPending, isCut } = given;
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
      {isCut && (
        <Text size="xs" c="dimmed">
          {t("sessions.plotCut", { count: measured })}
        </Text>
      )}
    </Card>
  );
}
