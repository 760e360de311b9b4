import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { actorText } from "../../parts/actor.ts";
import type { Column } from "../../parts/list/columns.ts";
import { FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { TextFilter } from "../../parts/list/text-filter.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { useText } from "../../strings/language.ts";

type Refusal = Item<"getRefusals">;

const columns: readonly Column<Refusal>[] = [
  {
    id: "command",
    title: "health.command",
    width: "minmax(150px, 1.2fr)",
    cell: ({ command }) => <b>{command}</b>,
  },
  {
    id: "code",
    title: "health.why",
    width: "minmax(170px, 1.6fr)",
    cell: (row) => <Why row={row} />,
  },
  {
    id: "about",
    title: "health.about",
    width: "minmax(130px, 1fr)",
    phone: "hidden",
    cell: ({ stream }) => readable(stream),
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
    phone: "hidden",
    cell: ({ at }) => <Moment at={at} />,
  },
];

/** Wishes of people and programs that were refused. */
export function RefusalsPage(): ReactNode {
  const t = useText();
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
        order="-at"
        label={t("health.refusals")}
      />
    </>
  );
}

function Why({ row: { code, detail } }: { readonly row: Refusal }): ReactNode {
  const t = useText();
  const words = t(`problem.${code}` as "problem.NotPermitted");
  return (
    <span title={[words, detail].filter(Boolean).join("\n")}>
      {words ?? code} · {code}
    </span>
  );
}

/** `charging-station/cp%201` as people read it. */
function readable(stream: string): string {
  try {
    return decodeURIComponent(stream);
  } catch {
    return stream;
  }
}
