import { Group, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useAddress } from "../../app/use-address.ts";
import { FilterBar } from "../../parts/list/filter-bar.tsx";
import { DownloadEntries, type Source } from "../../parts/timeline/download-entries.tsx";
import { entryOfEvent, entryOfFrame } from "../../parts/timeline/entries.ts";
import { SideBySide } from "../../parts/timeline/side-by-side.tsx";
import { useChain } from "../../parts/timeline/use-chain.ts";
import { useText } from "../../strings/language.ts";
import { searched } from "./searched.ts";
import type { ShownSession } from "./session-page.tsx";

/** Every event of a session beside every frame of it. */
export function SessionHistory({ session }: { readonly session: ShownSession }): ReactNode {
  const t = useText();
  const { search } = useAddress();
  const { transactionId, stationId } = session;
  const params = { transactionId };
  const all = { whole: true, stationId } as const;
  const events = useChain("getTransactionsByTransactionIdEvents", { params }, all);
  const frames = useChain("getTransactionsByTransactionIdMessages", { params }, all);
  const words = search.search ?? "";
  const { rows: eventRows } = events;
  const { rows: frameRows } = frames;
  // The API tells a session from its beginning; the journal has the newest first.
  const left = useMemo(
    () => searched(eventRows.map(entryOfEvent).reverse(), words),
    [eventRows, words],
  );
  const right = useMemo(() => searched(frameRows.map(entryOfFrame), words), [frameRows, words]);
  const source: Source = {
    events: { operation: "getTransactionsByTransactionIdEvents", asked: { params } },
    frames: { operation: "getTransactionsByTransactionIdMessages", asked: { params } },
    narrowed: (entries) => searched(entries, words),
  };
  return (
    <section aria-label={t("sessions.history")}>
      <Group mt="xs" mb="xs">
        <Title order={2}>{t("sessions.history")}</Title>
      </Group>
      <FilterBar filters={[]} searchFor="timeline.searchFor">
        <DownloadEntries name={`${stationId}-${transactionId}`} source={source} />
      </FilterBar>
      <SideBySide
        events={{ entries: left, query: events.query, isFromBeginning: true }}
        frames={{ entries: right, query: frames.query }}
      />
    </section>
  );
}
