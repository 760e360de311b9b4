import { Progress as Bar, Button, Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { refusalText } from "../../api/refusal-text.ts";
import { Icon } from "../../parts/icon.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { saveText } from "../../parts/save-text.ts";
import { useText } from "../../strings/language.ts";
import { csvLine } from "./rows.ts";
import type { NotTaken, Progress } from "./sending.ts";

/** Of what was refused so many rows are shown; the file has all of them. */
const most = 200;

const columns: readonly PlainColumn<NotTaken>[] = [
  { id: "line", title: "tokens.line", align: "right", cell: ({ row }) => row.line },
  { id: "token", title: "tokens.token", cell: ({ row }) => row.uid },
  { id: "why", title: "tokens.why", cell: (one) => <Why one={one} /> },
];

/** How far an import is, and which rows were refused with what reason. */
export function ImportResult(given: {
  readonly progress: Progress;
  readonly isBusy: boolean;
  readonly onStop: () => void;
}): ReactNode {
  const { progress, isBusy, onStop } = given;
  const { all, taken, notTaken } = progress;
  const t = useText();
  const done = taken + notTaken.length;
  return (
    <Card withBorder padding="sm" data-import={isBusy ? "running" : "done"}>
      <Group gap="sm" mb="xs">
        <Title order={2}>{t(isBusy ? "tokens.importing" : "tokens.imported")}</Title>
        <Text size="sm" role="status">
          {t("tokens.importedCount", { taken, all })}
          {notTaken.length > 0 && ` · ${t("tokens.refusedCount", { count: notTaken.length })}`}
          {!isBusy && done < all && ` · ${t("tokens.notTried", { count: all - done })}`}
        </Text>
        {isBusy && (
          <Button variant="default" size="compact-xs" onClick={onStop}>
            {t("tokens.stop")}
          </Button>
        )}
      </Group>
      <Bar
        value={all === 0 ? 100 : (100 * done) / all}
        size="sm"
        mb="xs"
        aria-label={t("tokens.importing")}
      />
      {notTaken.length > 0 && (
        <>
          <PlainTable
            label={t("tokens.refusedRows")}
            columns={columns}
            rows={notTaken.slice(0, most)}
            keyOf={({ row }) => String(row.line)}
            none=""
          />
          <Group mt="xs">
            <Save notTaken={notTaken} />
          </Group>
        </>
      )}
    </Card>
  );
}

function Why({ one: { refusal } }: { readonly one: NotTaken }): ReactNode {
  const t = useText();
  return (
    <Text span size="xs">
      {refusalText(refusal, t)}
    </Text>
  );
}

/** What was refused as a table, to be mended and tried again. */
function Save({ notTaken }: { readonly notTaken: readonly NotTaken[] }): ReactNode {
  const t = useText();
  const save = () => {
    const lines = notTaken.map(({ row: { uid, body }, refusal }) => {
      const { status, groupToken = "", expiresAt = "", concurrency = "" } = body;
      return csvLine([uid, status, groupToken, expiresAt, concurrency, refusalText(refusal, t)]);
    });
    const head = "token,status,group,expires,concurrency,why";
    saveText("refused-tokens.csv", `${[head, ...lines].join("\n")}\n`, "text/csv");
  };
  return (
    <Button variant="default" leftSection={<Icon name="download" size={14} />} onClick={save}>
      {t("tokens.saveRefused")}
    </Button>
  );
}
