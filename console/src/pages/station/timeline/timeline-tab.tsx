import { type ReactNode, useMemo } from "react";
import { useAddress } from "../../../app/use-address.ts";
import { entryOfEvent, entryOfFrame } from "../../../parts/timeline/entries.ts";
import { SideBySide } from "../../../parts/timeline/side-by-side.tsx";
import { useChain } from "../../../parts/timeline/use-chain.ts";
import { TimelineBar } from "./timeline-bar.tsx";

/** What happened to a station beside what went over its wire. */
export function TimelineTab({ stationId }: { readonly stationId: string }): ReactNode {
  const { search } = useAddress();
  const { type, action, search: sought } = search;
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
