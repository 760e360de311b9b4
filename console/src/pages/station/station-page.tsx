import { Grid, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { usePageParams } from "../../app/use-address.ts";
import { Asked } from "../../parts/asked.tsx";
import { ConnectionWord } from "../../parts/connection-word.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { StateWord, Word } from "../../parts/word.tsx";
import { RequestMenu } from "../../requests/request-menu.tsx";
import { StationAction } from "../../requests/station-action.tsx";
import { useText } from "../../strings/language.ts";
import { EvseCards } from "./evse-cards.tsx";
import { StationFacts } from "./station-facts.tsx";

type Station = Answer<"getChargingStationsByStationId">;

/** Sockets come and go without an event. */
const everyMs = 5_000;

/** One station. */
export function StationPage(): ReactNode {
  const { stationId } = usePageParams("station");
  const station = useAnswer(
    "getChargingStationsByStationId",
    { params: { stationId } },
    { everyMs },
  );
  return (
    <>
      <PageHead
        title={stationId}
        facts={station.data && <Words station={station.data} />}
        actions={station.data && <Actions station={station.data} />}
      />
      <Asked of={station}>
        {(known) => (
          <Grid gap="sm">
            <Grid.Col span={{ base: 12, md: 8 }}>
              <Stack gap="sm">
                <EvseCards stationId={stationId} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 4 }}>
              <StationFacts station={known} />
            </Grid.Col>
          </Grid>
        )}
      </Asked>
    </>
  );
}

function Words({ station }: { readonly station: Station }): ReactNode {
  const t = useText();
  return (
    <Group gap="xs">
      <StateWord state={station.state} />
      <ConnectionWord connection={station.connection} />
      {station.rebootRequired && <Word color="orange">{t("stations.rebootRequired")}</Word>}
      {station.inferred && <Word color="orange">{t("stations.inferred")}</Word>}
    </Group>
  );
}

function Actions({ station }: { readonly station: Station }): ReactNode {
  const t = useText();
  const { stationId, state, openTransactions } = station;
  const done = t("station.acceptDone", { station: stationId });
  const decide = useAct("postChargingStationsByStationIdCommands", { done });
  return (
    <>
      {(state === "waiting" || state === "unaccepted") && (
        <StationAction
          stationId={stationId}
          permission="AcceptChargingStation"
          variant="filled"
          loading={decide.isPending}
          onGo={() =>
            decide.mutate({ params: { stationId }, body: { type: "AcceptChargingStation" } })
          }
        >
          {t("station.accept")}
        </StationAction>
      )}
      <RequestMenu stationId={stationId} running={openTransactions} />
    </>
  );
}
