import { Progress as Bar, Button, Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { refusalText } from "../../api/refusal-text.ts";
import { Icon } from "../../parts/icon.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { saveText } from "../../parts/save-text.ts";
import { useText } from "../../strings/language.ts";
import { csvLine, type TokenRow } from "./rows.ts";
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
  readonly onGoOn: () => void;
}): ReactNode {
  const { progress, isBusy, onStop, onGoOn } = given;
  const { all, taken, notTaken, rest = [] } = progress;
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
        {!isBusy && rest.length > 0 && (
          <Button size="compact-xs" onClick={onGoOn}>
            {t("tokens.goOn", { count: rest.length })}
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
        <PlainTable
          label={t("tokens.refusedRows")}
          columns={columns}
          rows={notTaken.slice(0, most)}
          keyOf={({ row }) => String(row.line)}
          none=""
        />
      )}
      {!isBusy && notTaken.length + rest.length > 0 && (
        <Group mt="xs">
          <Save notTaken={notTaken} rest={rest} />
        </Group>
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

/** What was not taken as a table, to be mended and tried again. */
function Save(given: {
  readonly notTaken: readonly NotTaken[];
  readonly rest: readonly TokenRow[];
}): ReactNode {
  const t = useText();
  const save = () => {
    const refused = given.notTaken.map(({ row, refusal }) => ({
      row,
      why: refusalText(refusal, t),
    }));
    const known = new Set(refused.map(({ row }) => row));
    const untried = given.rest.filter((row) => !known.has(row)).map((row) => ({ row, why: "" }));
    const lines = [...refused, ...untried].map(({ row: { uid, body }, why }) => {
      const { status, groupToken = "", expiresAt = "", concurrency = "" } = body;
      return csvLine([uid, status, groupToken, expiresAt, concurrency, why]);
    });
    const head = "token,status,group,expires,concurrency,why";
    saveText("tokens-not-added.csv", `${[head, ...lines].join("\n")}\n`, "text/csv");
  };
  return (
    <Button variant="default" leftSection={<Icon name="download" size={14} />} onClick={save}>
      {t("tokens.saveRest")}
    </Button>
  );
}
