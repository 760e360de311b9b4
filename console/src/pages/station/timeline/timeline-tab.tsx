import { type ReactNode, useMemo } from "react";
import { useAddress } from "../../../app/use-address.ts";
import { entryOfEvent, entryOfFrame } from "../../../parts/timeline/entries.ts";
import { SideBySide } from "../../../parts/timeline/side-by-side.tsx";
import { useChain } from "../../../parts/timeline/use-chain.ts";
import { TimelineBar } from "./timeline-bar.tsx";

/** What happened to a station beside what went over its wire. */
export function TimelineTab({ stationId }: { readonly stationId: string }): ReactNode {
  const { search } = useAddress();
  const { type, action, search: sought, at } = search;
  const params = { stationId };
  const asked = {
    events: { params, query: { type, search: sought } },
    frames: { params, query: { action, search: sought } },
  };
  const events = useChain("getChargingStationsByStationIdEvents", asked.events, {
    until: (rows) => reaches(rows.at(-1)?.meta.recordedAt, at),
  });
  const frames = useChain("getChargingStationsByStationIdMessages", asked.frames, {
    until: (rows) => reaches(rows.at(-1)?.at, at),
  });
  const { rows: eventRows } = events;
  const { rows: frameRows } = frames;
  const left = useMemo(() => eventRows.map(entryOfEvent), [eventRows]);
  const right = useMemo(() => frameRows.map(entryOfFrame), [frameRows]);
  return (
    <>
      <TimelineBar
        stationId={stationId}
        source={{
          events: { operation: "getChargingStationsByStationIdEvents", asked: asked.events },
          frames: { operation: "getChargingStationsByStationIdMessages", asked: asked.frames },
        }}
      />
      <SideBySide
        events={{ entries: left, query: events.query }}
        frames={{ entries: right, query: frames.query }}
      />
    </>
  );
}

/** Whether a list whose oldest entry is of that instant holds the position of the timeline. */
function reaches(oldest: string | undefined, at: string | undefined): boolean {
  return at === undefined || (oldest !== undefined && Date.parse(oldest) <= Date.parse(at));
}
