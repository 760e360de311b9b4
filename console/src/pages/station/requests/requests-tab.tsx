import { Card, Grid, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Answer } from "../../../api/call.ts";
import { Dialog } from "../../../parts/dialogs/dialog.tsx";
import { sessionsAtRisk } from "../../../requests/at-risk.ts";
import { ocppCall } from "../../../requests/ocpp-call/call-body.ts";
import { RequestForm } from "../../../requests/request-form.tsx";
import { nameOf } from "../../../requests/request-progress.tsx";
import { useText } from "../../../strings/language.ts";
import { AskedRequests } from "./asked-requests.tsx";
import { RequestCatalogue } from "./request-catalogue.tsx";

/** Everything that a station can be asked, and what it was asked, with how that went. */
export function RequestsTab({
  station,
}: {
  readonly station: Answer<"getChargingStationsByStationId">;
}): ReactNode {
  const t = useText();
  const { stationId, openTransactions } = station;
  const [type, setType] = useState<string>();
  return (
    <Grid gap="sm">
      <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 2, md: 1 }}>
        <Card withBorder padding={0}>
          <Title order={2} px="sm" py={6}>
            {t("station.canAsk")}
          </Title>
          <RequestCatalogue stationId={stationId} onChoose={setType} />
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 1, md: 2 }}>
        <Card withBorder padding={0}>
          <Title order={2} px="sm" py={6}>
            {t("station.wasAsked")}
          </Title>
          <AskedRequests stationId={stationId} />
        </Card>
      </Grid.Col>
      {type !== undefined && (
        <Dialog
          size={type === ocppCall ? "min(1100px, 100%)" : "lg"}
          onClose={() => setType(undefined)}
          title={<Text fw={600}>{nameOf(type)}</Text>}
        >
          <RequestForm
            stationId={stationId}
            type={type}
            atRisk={sessionsAtRisk(type, openTransactions)}
            onSent={() => setType(undefined)}
          />
        </Dialog>
      )}
    </Grid>
  );
}
