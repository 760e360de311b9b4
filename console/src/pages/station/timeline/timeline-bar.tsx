import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { useAddress } from "../../../app/use-address.ts";
import { FilterBar } from "../../../parts/list/filter-bar.tsx";
import { DownloadEntries, type Source } from "../../../parts/timeline/download-entries.tsx";
import { useText } from "../../../strings/language.ts";

/** So many of the newest tell which kinds there are to choose from. */
const looked = { limit: 200 };

/** Narrows both sides of the timeline, and takes it away as a file. */
export function TimelineBar({
  stationId,
  source,
}: {
  readonly stationId: string;
  /** What is shown, as far as it goes. */
  readonly source: Source;
}): ReactNode {
  const asked = { params: { stationId }, query: looked };
  const events = useAnswer("getChargingStationsByStationIdEvents", asked).data?.items ?? [];
  const frames = useAnswer("getChargingStationsByStationIdMessages", asked).data?.items ?? [];
  return (
    <FilterBar filters={[]} searchFor="timeline.searchFor">
      <NameChoice name="type" words="timeline.type" names={events.map(({ type }) => type)} />
      <NameChoice name="action" words="timeline.action" names={frames.map((one) => one.action)} />
      <DownloadEntries name={stationId} source={source} />
    </FilterBar>
  );
}

/** Names of the API and of the protocol, as they are. */
function NameChoice(given: {
  readonly name: string;
  readonly words: "timeline.type" | "timeline.action";
  readonly names: readonly (string | undefined)[];
}): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const chosen = search[given.name];
  const names = [...new Set([...given.names, chosen])].filter((name) => name !== undefined).sort();
  const title = t(given.words);
  return (
    <NativeSelect
      aria-label={title}
      value={chosen ?? ""}
      onChange={(event) => change({ [given.name]: event.currentTarget.value || undefined })}
      data={[{ value: "", label: `${title}: ${t("list.any")}` }, ...names]}
    />
  );
}
