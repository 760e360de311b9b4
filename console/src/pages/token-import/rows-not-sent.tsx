import { Card, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { useText } from "../../strings/language.ts";
import type { TextKey } from "../../strings/translate.ts";
import type { RowFault, TokenRow } from "./rows.ts";

const faults = {
  noToken: "tokens.fault.noToken",
  twice: "tokens.fault.twice",
  badDate: "tokens.fault.badDate",
  badNumber: "tokens.fault.badNumber",
} as const satisfies Record<RowFault, TextKey>;

const columns: readonly PlainColumn<TokenRow>[] = [
  { id: "line", title: "tokens.line", align: "right", cell: ({ line }) => line },
  { id: "token", title: "tokens.token", cell: ({ uid }) => uid },
  { id: "why", title: "tokens.why", cell: ({ fault }) => fault && <Fault fault={fault} /> },
];

/** Rows of a table that are no tokens, before anything is sent. */
export function RowsNotSent({ rows }: { readonly rows: readonly TokenRow[] }): ReactNode {
  const t = useText();
  if (rows.length === 0) return null;
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        {t("tokens.notSent", { count: rows.length })}
      </Title>
      <PlainTable
        label={t("tokens.notSent", { count: rows.length })}
        columns={columns}
        rows={rows.slice(0, 200)}
        keyOf={({ line }) => String(line)}
        none=""
      />
    </Card>
  );
}

function Fault({ fault }: { readonly fault: RowFault }): ReactNode {
  const t = useText();
  return t(faults[fault]);
}
