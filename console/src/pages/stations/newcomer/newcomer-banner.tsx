import { ActionIcon, Group, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { Icon } from "../../../parts/icon.tsx";
import { useText } from "../../../strings/language.ts";
import { Announced } from "./announced.tsx";
import { NewcomerCard } from "./newcomer-card.tsx";

/** So many newcomers can be gone through; the list shows all. */
const most = 50;
/** Sockets come without an event. */
const everyMs = 5_000;

/**
 * Stations that want in, one after the other; the one that somebody has begun with stays. Who was
 * only registered and has never come is named below, and leads nobody anywhere.
 */
export function NewcomerBanner(): ReactNode {
  return (
    <>
      <Newcomers />
      <Announced />
    </>
  );
}

function Newcomers(): ReactNode {
  const t = useText();
  const [chosen, setChosen] = useState<string>();
  const query = { hasBooted: true, order: "-createdAt", limit: most } as const;
  const asked = useAnswer(
    "getChargingStations",
    { query: { ...query, state: "waiting" } },
    { everyMs },
  );
  const begun = useAnswer("getChargingStations", { query: { ...query, state: "unconfigured" } });
  // Who stands at the door comes before who has gone away again.
  const waiting = (asked.data?.items ?? []).toSorted(
    (one, other) => Number(other.connection.connected) - Number(one.connection.connected),
  );
  const ids = [...waiting, ...(begun.data?.items ?? [])].map(({ stationId }) => stationId);
  const shown = chosen ?? ids[0];
  if (shown === undefined) return null;
  const at = ids.indexOf(shown);
  const go = (step: number) => setChosen(ids[(at + step + ids.length) % ids.length]);
  return (
    <NewcomerCard
      key={shown}
      stationId={shown}
      onBegin={() => setChosen(shown)}
      onDone={() => setChosen(undefined)}
      beside={
        ids.length > 1 && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" aria-label={t("newcomer.before")} onClick={() => go(-1)}>
              <Icon name="left" size={14} />
            </ActionIcon>
            <Text size="xs" style={{ whiteSpace: "nowrap" }}>
              {t("newcomer.count", { at: at + 1, count: ids.length })}
            </Text>
            <ActionIcon variant="subtle" aria-label={t("newcomer.next")} onClick={() => go(1)}>
              <Icon name="right" size={14} />
            </ActionIcon>
          </Group>
        )
      }
    />
  );
}
