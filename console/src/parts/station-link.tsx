import type { ReactNode } from "react";
import { PageLink } from "./page-link.tsx";

/** A station's id, and the way to it. */
export function StationLink({ stationId }: { readonly stationId: string }): ReactNode {
  return (
    <PageLink page="station" params={{ stationId }}>
      {stationId}
    </PageLink>
  );
}

/** Streams of a station, with its key: there its id is in lower case, however it spells it. */
const ofStation = /^(?:charging-station|meter)\/(.+)$/;

/** What a stream of the log is about: of a station the way to it, else the stream as it is. */
export function StreamLink({ stream }: { readonly stream: string }): ReactNode {
  const key = ofStation.exec(stream)?.[1];
  return key === undefined ? readable(stream) : <StationLink stationId={readable(key)} />;
}

/** What an add-on takes in order: a station's key, or a stream of something else. */
export function PartitionLink({ partition }: { readonly partition: string }): ReactNode {
  if (partition.includes("/")) return readable(partition);
  return <StationLink stationId={readable(partition)} />;
}

/** `cp%201` as people read it. */
export function readable(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
