import { SimpleGrid } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { useAddress } from "../../../app/use-address.ts";
import { useText } from "../../../strings/language.ts";
import { type Entry, entryAt, entryOfEvent, entryOfFrame, instantsOf } from "./entries.ts";
import { Journal } from "./journal.tsx";
import { PositionBar } from "./position-bar.tsx";
import { TimelineBar } from "./timeline-bar.tsx";
import { useChain } from "./use-chain.ts";

/** What happened to a station beside what went over its wire, in step with one another. */
export function TimelineTab({ stationId }: { readonly stationId: string }): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const [open, setOpen] = useState<Entry>();
  const { type, action, at, search: sought } = search;
  const params = { stationId };
  const events = useChain("getChargingStationsByStationIdEvents", {
    params,
    query: { type, search: sought },
  });
  const frames = useChain("getChargingStationsByStationIdMessages", {
    params,
    query: { action, search: sought },
  });
  const { rows: eventRows } = events;
  const { rows: frameRows } = frames;
  const left = useMemo(() => eventRows.map(entryOfEvent), [eventRows]);
  const right = useMemo(() => frameRows.map(entryOfFrame), [frameRows]);
  const choose = (entry: Entry) => {
    const isOpen = entry.id === open?.id;
    setOpen(isOpen ? undefined : entry);
    change({ at: isOpen ? undefined : entry.at });
  };
  const shared = { openId: open?.id, correlationId: open?.correlationId, onOpen: choose };
  return (
    <>
      <TimelineBar stationId={stationId} entries={[...left, ...right]} />
      <PositionBar
        instants={instantsOf(left, right)}
        at={at}
        onMove={(instant) => change({ at: instant })}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Journal
          {...shared}
          title={t("timeline.events")}
          entries={left}
          query={events.query}
          current={entryAt(left, at)}
        />
        <Journal
          {...shared}
          title={t("timeline.frames")}
          entries={right}
          query={frames.query}
          current={entryAt(right, at)}
        />
      </SimpleGrid>
    </>
  );
}
