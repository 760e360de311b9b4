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
