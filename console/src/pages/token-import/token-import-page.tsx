import { Button, Card, FileButton, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { ImportResult } from "./import-result.tsx";
import { tokenRowsIn } from "./rows.ts";
import { RowsNotSent } from "./rows-not-sent.tsx";
import { useSending } from "./use-sending.ts";

/** Where a table came from; one that was pasted is shown, and can be mended. */
interface Table {
  readonly text: string;
  readonly file?: string;
}

/** Adds many tokens at once: a file, or what was pasted from a spreadsheet. */
export function TokenImportPage(): ReactNode {
  const t = useText();
  const [table, setTable] = useState<Table>({ text: "" });
  const rows = useMemo(() => tokenRowsIn(table.text), [table.text]);
  const sendable = rows.filter(({ fault }) => fault === undefined);
  const sending = useSending();
  const take = (next: Table) => {
    sending.forget();
    setTable(next);
  };
  return (
    <>
      <PageHead title={t("tokens.importMany")} />
      <Stack gap="sm" maw={860}>
        <Card withBorder padding="sm">
          <Title order={2} mb="xs">
            {t("tokens.table")}
          </Title>
          <Text size="sm" mb="xs">
            {t("tokens.tableMeans")}
          </Text>
          <TableField table={table} isLocked={sending.isBusy} onChange={take} />
          <Group gap="sm" mt="sm">
            <ActButton
              may={{ operation: "putTokensByUid" }}
              disabled={sendable.length === 0 || sending.progress !== undefined}
              loading={sending.isBusy}
              onGo={() => sending.start(sendable)}
            >
              {t("tokens.importCount", { count: sendable.length })}
            </ActButton>
            <Text size="xs" c="dimmed">
              {t("tokens.importMeans")}
            </Text>
          </Group>
        </Card>
        {sending.progress !== undefined && (
          <ImportResult
            progress={sending.progress}
            isBusy={sending.isBusy}
            onStop={sending.stop}
            onGoOn={sending.goOn}
          />
        )}
        <RowsNotSent rows={rows.filter(({ fault }) => fault !== undefined)} />
        <Text size="sm">
          <PageLink page="tokens">{t("tokens.backToList")}</PageLink>
        </Text>
      </Stack>
    </>
  );
}

function TableField(given: {
  readonly table: Table;
  readonly isLocked: boolean;
  readonly onChange: (table: Table) => void;
}): ReactNode {
  const { table, isLocked, onChange } = given;
  const t = useText();
  // Chosen again it may be another one: it was mended meanwhile.
  const forget = useRef<() => void>(null);
  const read = (file: File | null) => {
    forget.current?.();
    if (file !== null) void file.text().then((text) => onChange({ text, file: file.name }));
  };
  return (
    <Stack gap="xs">
      {table.file === undefined ? (
        <Textarea
          label={t("tokens.paste")}
          autosize
          minRows={6}
          maxRows={14}
          spellCheck={false}
          disabled={isLocked}
          placeholder={t("tokens.pasteExample")}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={table.text}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      ) : (
        <Group gap="xs">
          <Icon name="list" />
          <Text size="sm" fw={550}>
            {table.file}
          </Text>
          <Button variant="subtle" disabled={isLocked} onClick={() => onChange({ text: "" })}>
            {t("tokens.otherTable")}
          </Button>
        </Group>
      )}
      <Group>
        <FileButton resetRef={forget} accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={read}>
          {(props) => (
            <Button {...props} variant="default" disabled={isLocked}>
              {t("tokens.chooseFile")}
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}
