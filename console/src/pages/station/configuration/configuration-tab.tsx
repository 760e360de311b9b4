import { Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Answer } from "../../../api/call.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { Asked } from "../../../parts/asked.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { StationAction } from "../../../requests/station-action.tsx";
import { useStationRequest } from "../../../requests/use-station-request.ts";
import { useText } from "../../../strings/language.ts";
import { ChangeCard } from "./change-card.tsx";
import { type Drafts, differencesFromType, differencesIn, found } from "./drafts.ts";
import { drafted } from "./editing.ts";
import { SettingRows } from "./setting-rows.tsx";
import { useEditing } from "./use-editing.ts";

type Station = Answer<"getChargingStationsByStationId">;

/** A station's own settings: asked for, changed, and what the change is. */
export function ConfigurationTab({ station }: { readonly station: Station }): ReactNode {
  const { stationId } = station;
  const t = useText();
  const [search, setSearch] = useState("");
  const { editing, edit, drop, settle, send } = useEditing(stationId);
  const wanted = useTypeSettings(station);
  const settings = useAnswer("getChargingStationsByStationIdConfiguration", {
    ...{ params: { stationId }, query: { order: "key", limit: 1000 } },
  });
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <TextInput
          type="search"
          aria-label={t("list.search")}
          placeholder={t("configuration.searchFor")}
          leftSection={<Icon name="search" size={14} />}
          w={{ base: "100%", xs: 290 }}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Asking station={station} />
      </Group>
      <Asked of={settings}>
        {({ items }) => {
          const { drafts } = editing;
          return (
            <>
              <ChangeCard
                stationId={stationId}
                editing={editing}
                changes={differencesIn(items, drafts)}
                ofType={differencesFromType(items, { ...wanted, ...drafts }).filter(
                  ({ key }) => !(key in drafts),
                )}
                onTake={(key, value) => edit(drafted(key, value))}
                onSend={(changes) => send(changes, station.connection.connected)}
                onSettled={settle}
                onDrop={drop}
              />
              <Card withBorder padding={0}>
                <Group px="sm" py={6} justify="space-between">
                  <Title order={2}>{t("configuration.settings")}</Title>
                  <Text size="xs" c="dimmed" role="status">
                    {t("configuration.count", { count: items.length })}
                  </Text>
                </Group>
                <SettingRows
                  settings={found(items, search)}
                  drafts={drafts}
                  onDraft={(key, value) => edit(drafted(key, value))}
                />
              </Card>
            </>
          );
        }}
      </Asked>
    </Stack>
  );
}

/** What the station's type says of its settings. */
function useTypeSettings({ stationType }: Station): Drafts {
  const { vendor = "", model = "" } = stationType ?? {};
  const type = useAnswer(
    "getStationTypesByVendorByModel",
    { params: { vendor, model } },
    { enabled: stationType !== undefined },
  );
  return type.data?.configuration ?? {};
}

function Asking({ station }: { readonly station: Station }): ReactNode {
  const t = useText();
  const { stationId, openTransactions } = station;
  const ask = useStationRequest(stationId);
  const reboot = useStationRequest(stationId);
  return (
    <Group gap="xs" ml="auto">
      <StationAction
        stationId={stationId}
        says={{ type: "RequestConfigurationItems" }}
        loading={ask.isPending}
        onGo={() => ask.mutate({ type: "RequestConfigurationItems" })}
      >
        {t("configuration.get")}
      </StationAction>
      {station.rebootRequired && (
        <StationAction
          stationId={stationId}
          says={{ type: "RequestReset", kind: "soft" }}
          color="orange"
          variant="filled"
          {...(openTransactions > 0 ? { sessionsAtRisk: openTransactions } : {})}
          loading={reboot.isPending}
          onGo={() => reboot.mutate({ type: "RequestReset", kind: "soft" })}
        >
          {t("configuration.reboot")}
        </StationAction>
      )}
    </Group>
  );
}
