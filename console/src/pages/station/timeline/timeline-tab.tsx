import { type ReactNode, useMemo } from "react";
import { useAddress } from "../../../app/use-address.ts";
import { entryOfEvent, entryOfFrame, searched } from "../../../parts/timeline/entries.ts";
import { SideBySide } from "../../../parts/timeline/side-by-side.tsx";
import { useChain } from "../../../parts/timeline/use-chain.ts";
import { TimelineBar } from "./timeline-bar.tsx";

/** What happened to a station beside what went over its wire. */
export function TimelineTab({ stationId }: { readonly stationId: string }): ReactNode {
  const { search } = useAddress();
  const { type, action } = search;
  const params = { stationId };
  const events = useChain("getChargingStationsByStationIdEvents", { params, query: { type } });
  const frames = useChain("getChargingStationsByStationIdMessages", { params, query: { action } });
  const words = search.search ?? "";
  const { rows: eventRows } = events;
  const { rows: frameRows } = frames;
  const left = useMemo(() => searched(eventRows.map(entryOfEvent), words), [eventRows, words]);
  const right = useMemo(() => searched(frameRows.map(entryOfFrame), words), [frameRows, words]);
  return (
    <>
      <TimelineBar stationId={stationId} entries={[...left, ...right]} />
      <SideBySide
        events={{ entries: left, query: events.query }}
        frames={{ entries: right, query: frames.query }}
      />
    </>
  );
}
