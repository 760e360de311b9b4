import { type ReactNode, useState } from "react";
import { actorText } from "../../parts/actor.ts";
import type { Column } from "../../parts/list/columns.ts";
import { FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { TextFilter } from "../../parts/list/text-filter.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { StreamLink } from "../../parts/station-link.tsx";
import { useText } from "../../strings/language.ts";
import { type Refusal, RefusalDrawer, RefusedBecause } from "./refusal-drawer.tsx";

const columns: readonly Column<Refusal>[] = [
  {
    id: "command",
    title: "health.command",
    width: "minmax(150px, 1.2fr)",
    cell: ({ command }) => command,
  },
  {
    id: "code",
    title: "health.why",
    width: "minmax(170px, 1.6fr)",
    cell: (row) => <RefusedBecause refusal={row} />,
  },
  {
    id: "about",
    title: "health.about",
    width: "minmax(130px, 1fr)",
    cell: ({ stream }) => <StreamLink stream={stream} />,
  },
  {
    id: "actor",
    title: "health.actor",
    width: "minmax(120px, 0.8fr)",
    phone: "hidden",
    cell: ({ actor }) => actorText(actor),
  },
  {
    id: "at",
    title: "health.at",
    width: "130px",
    order: "at",
    cell: ({ at }) => <Moment at={at} />,
  },
];

/** Wishes of people and programs that were refused. */
export function RefusalsPage(): ReactNode {
  const t = useText();
  const [opened, open] = useState<Refusal>();
  return (
    <>
      <PageHead title={t("health.refusals")} />
      <FilterBar filters={[]} searchFor="health.searchRefusals">
        <TextFilter name="code" title={t("health.code")} />
      </FilterBar>
      <PagedList<Refusal>
        operation="getRefusals"
        filters={["code", "command", "actor", "stream"]}
        columns={columns}
        keyOf={({ cursor }) => cursor}
        onOpen={open}
        order="-at"
        label={t("health.refusals")}
        isStackedOnPhone
      />
      {opened !== undefined && <RefusalDrawer refusal={opened} onClose={() => open(undefined)} />}
    </>
  );
}
