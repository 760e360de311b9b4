import { ActionIcon, Group, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { Icon } from "../../../parts/icon.tsx";
import { useText } from "../../../strings/language.ts";
import { Announced } from "./announced.tsx";
import { NewcomerCard } from "./newcomer-card.tsx";
import { type Choice, shownOf, withShown } from "./shown.ts";

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
  const [choice, setChoice] = useState<Choice>({ stationId: undefined, isBegun: false });
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
  const newcomers = [...waiting, ...(begun.data?.items ?? [])].map(({ stationId }) => stationId);
  const shown = shownOf(newcomers, choice);
  // Whoever comes next must not take its place, with what was written there.
  if (shown !== choice.stationId) setChoice({ stationId: shown, isBegun: false });
  if (shown === undefined) return null;
  const ids = withShown(newcomers, shown);
  const at = ids.indexOf(shown);
  const go = (step: number) => {
    setChoice({ stationId: ids[(at + step + ids.length) % ids.length], isBegun: false });
  };
  return (
    <NewcomerCard
      key={shown}
      stationId={shown}
      onBegin={() => {
        if (!choice.isBegun) setChoice({ stationId: shown, isBegun: true });
      }}
      onDone={() => setChoice({ stationId: undefined, isBegun: false })}
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
