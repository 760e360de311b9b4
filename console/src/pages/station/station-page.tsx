import { Group, Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useAddress, usePageParams } from "../../app/use-address.ts";
import { Asked } from "../../parts/asked.tsx";
import { ConnectionWord } from "../../parts/connection-word.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { StateWord, Word } from "../../parts/word.tsx";
import { RequestMenu } from "../../requests/request-menu.tsx";
import { StationAction } from "../../requests/station-action.tsx";
import { useText } from "../../strings/language.ts";
import type { TextKey } from "../../strings/translate.ts";
import { ConfigurationTab } from "./configuration/configuration-tab.tsx";
import { NowTab } from "./now/now-tab.tsx";
import { RequestsTab } from "./requests/requests-tab.tsx";
import { TimelineTab } from "./timeline/timeline-tab.tsx";

type Station = Answer<"getChargingStationsByStationId">;

/** Sockets come and go without an event. */
const everyMs = 5_000;

const tabs = {
  now: "station.now",
  timeline: "timeline.title",
  configuration: "configuration.title",
  requests: "station.requests",
} as const satisfies Record<string, TextKey>;
type Tab = keyof typeof tabs;

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
      {/* Nothing of one station is kept for the next one. */}
      <Asked of={station}>{(known) => <Parts key={known.stationId} station={known} />}</Asked>
    </>
  );
}

function Parts({ station }: { readonly station: Station }): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const chosen = search.tab !== undefined && Object.hasOwn(tabs, search.tab) ? search.tab : "now";
  return (
    <Tabs
      value={chosen}
      onChange={(tab) => change({ tab: tab === "now" ? undefined : (tab ?? undefined) })}
      keepMounted={false}
    >
      <Tabs.List mb="sm">
        {(Object.keys(tabs) as Tab[]).map((tab) => (
          <Tabs.Tab key={tab} value={tab} px="sm">
            {t(tabs[tab])}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="now">
        <NowTab station={station} />
      </Tabs.Panel>
      <Tabs.Panel value="timeline">
        <TimelineTab stationId={station.stationId} />
      </Tabs.Panel>
      <Tabs.Panel value="configuration">
        <ConfigurationTab station={station} />
      </Tabs.Panel>
      <Tabs.Panel value="requests">
        <RequestsTab station={station} />
      </Tabs.Panel>
    </Tabs>
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
  const { stationId, accepted, openTransactions } = station;
  const done = t("station.acceptDone", { station: stationId });
  const decide = useAct("postChargingStationsByStationIdCommands", { done });
  return (
    <>
      {!accepted && (
        <StationAction
          stationId={stationId}
          operation="postChargingStationsByStationIdCommands"
          says={{ type: "AcceptChargingStation" }}
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
