import { Card, Group, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { addressOf, ownHeaders, reach } from "../../api/call.ts";
import { Asked } from "../../parts/asked.tsx";
import { Icon } from "../../parts/icon.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { LongName } from "../../parts/text/long-name.tsx";
import { useLanguage, useText } from "../../strings/language.ts";
import { type Figure, figuresIn, figuresWith } from "./figures.ts";

const everyMs = 5_000;

const columns: readonly PlainColumn<Figure>[] = [
  {
    id: "name",
    title: "health.figure",
    cell: ({ name, labels }) => (
      <>
        <LongName name={name.replace(/^motown_/, "")} />
        {labels !== "" && (
          <Text size="xs" c="dimmed">
            {labels.slice(1, -1)}
          </Text>
        )}
      </>
    ),
  },
  { id: "value", title: "health.value", align: "right", cell: (row) => <Value row={row} /> },
  { id: "help", title: "health.meaning", phone: "hidden", cell: ({ help }) => help },
];

/** All that this node counts of itself. */
export function FiguresCard(): ReactNode {
  const t = useText();
  const [text, setText] = useState("");
  const asked = useQuery({
    queryKey: ["getMetrics", {}],
    queryFn: async ({ signal }) => {
      const answer = await reach(addressOf("getMetrics", {}), { headers: ownHeaders(), signal });
      return figuresIn(await answer.text());
    },
    refetchInterval: everyMs,
  });
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t("health.figures")}</Title>
        <TextInput
          type="search"
          aria-label={t("health.searchFigures")}
          placeholder={t("health.searchFigures")}
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Group>
      <Asked of={asked}>
        {(figures) => (
          <PlainTable
            label={t("health.figures")}
            columns={columns}
            rows={figuresWith(figures.filter(isOwn), text)}
            keyOf={({ name, labels }) => name + labels}
            none={t("list.empty")}
          />
        )}
      </Asked>
    </Card>
  );
}

/** Those of the runtime and of each API route are for a machine that draws curves. */
function isOwn({ name }: Figure): boolean {
  return name.startsWith("motown_") && !name.startsWith("motown_api_request_");
}

function Value({ row }: { readonly row: Figure }): ReactNode {
  const language = useLanguage();
  return row.value.toLocaleString(language, { maximumFractionDigits: 3 });
}
