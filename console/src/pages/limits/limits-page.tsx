import { Card, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Item } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Icon } from "../../parts/icon.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { LongName } from "../../parts/text/long-name.tsx";
import { Word } from "../../parts/word.tsx";
import { useLanguage, useText } from "../../strings/language.ts";
import { fitting } from "./fitting.ts";

type Limit = Item<"getLimits">;

const columns: readonly PlainColumn<Limit>[] = [
  { id: "name", title: "health.limit", cell: ({ name }) => <LongName name={name} /> },
  { id: "value", title: "health.value", align: "right", cell: (row) => <Value row={row} /> },
  { id: "unit", title: "health.unit", phone: "hidden", cell: ({ unit }) => unit },
  { id: "protects", title: "health.protects", cell: ({ protects }) => protects },
];

/** Every limit: its value in force, and what it protects. */
export function LimitsPage(): ReactNode {
  const t = useText();
  const [text, setText] = useState("");
  const asked = useAnswer("getLimits", {});
  return (
    <>
      <PageHead title={t("health.limits")} />
      <TextInput
        type="search"
        mb="xs"
        w={{ base: "100%", xs: 290 }}
        aria-label={t("list.search")}
        placeholder={t("health.searchLimits")}
        leftSection={<Icon name="search" size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Card withBorder padding="sm">
        <Text size="xs" c="dimmed" mb="xs">
          {t("health.limitsMean")}
        </Text>
        <Asked of={asked}>
          {({ items }) => (
            <PlainTable
              label={t("health.limits")}
              columns={columns}
              rows={fitting(items, text)}
              keyOf={({ name }) => name}
              none={t("list.empty")}
            />
          )}
        </Asked>
      </Card>
    </>
  );
}

function Value({ row: { value, default: usual } }: { readonly row: Limit }): ReactNode {
  const t = useText();
  const language = useLanguage();
  if (value === usual) return value.toLocaleString(language);
  const standard = usual.toLocaleString(language);
  return (
    <span title={t("health.usually", { value: standard })}>
      {value.toLocaleString(language)} <Word color="cyan">{t("health.changed")}</Word>
    </span>
  );
}
