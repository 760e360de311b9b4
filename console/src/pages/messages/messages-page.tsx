import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import type { Search } from "../../app/search.ts";
import { useAddress } from "../../app/use-address.ts";
import { CopyText } from "../../parts/copy-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { TextFilter } from "../../parts/list/text-filter.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { saveText } from "../../parts/save-text.ts";
import { Word } from "../../parts/word.tsx";
import { useText } from "../../strings/language.ts";
import { linesOf, type Message } from "./frame-text.ts";
import { MessageDrawer } from "./message-drawer.tsx";
import { MessageList } from "./message-list.tsx";
import { type MessageFilter, useMessages } from "./use-messages.ts";

const filters: readonly Filter[] = [
  {
    name: "direction",
    title: "messages.direction",
    choices: { fromStation: "messages.fromStation", toStation: "messages.toStation" },
  },
  {
    name: "deviating",
    title: "messages.deviations",
    choices: { true: "messages.withDeviations", false: "messages.without" },
  },
  {
    name: "answered",
    title: "messages.answer",
    choices: { true: "messages.withAnswer", false: "messages.noAnswer" },
  },
];
const texts = ["stationId", "action", "correlationId"] as const;
const names = ["search", ...texts, ...filters.map(({ name }) => name)];

/** What goes over the wires of all stations, live. */
export function MessagesPage(): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const [isPaused, setPaused] = useState(false);
  const [scrolled, setScrolled] = useState<string>();
  const [open, setOpen] = useState<Message>();
  const filter = useMemo(() => filterOf(search), [search]);
  // Another filter begins another list, at its head.
  const list = JSON.stringify(filter);
  const { tail, error, older } = useMessages(filter, isPaused || scrolled === list);
  const waiting = tail?.held.length ?? 0;
  const rows = tail?.rows ?? [];
  const isNarrowedByText = texts.some((name) => search[name] !== undefined);
  return (
    <>
      <PageHead
        title={t("messages.title")}
        facts={<LiveWord isPaused={isPaused} isFailing={error !== undefined} />}
        actions={
          <>
            <PauseButton isPaused={isPaused} onChange={setPaused} />
            <CopyText
              label={t("messages.copy", { count: rows.length })}
              text={() => linesOf(rows)}
            />
            <DownloadButton rows={rows} />
          </>
        }
      />
      <FilterBar filters={filters} searchFor="messages.searchFor">
        <TextFilter name="stationId" title={t("stations.station")} />
        <TextFilter name="action" title={t("messages.action")} />
        {isNarrowedByText && (
          <Button
            variant="subtle"
            onClick={() => change(Object.fromEntries(texts.map((name) => [name, undefined])))}
          >
            {t("messages.allStations")}
          </Button>
        )}
      </FilterBar>
      {error !== undefined && <ProblemNotice error={error} />}
      <MessageList
        key={list}
        rows={tail?.rows}
        hasOlder={tail?.next !== undefined}
        onOlder={older}
        onOpen={setOpen}
        onScrolled={(isScrolled) => setScrolled(isScrolled ? list : undefined)}
      />
      <Group gap="xs" mt={4} mih={24}>
        <Text size="xs" c="dimmed" role="status">
          {t("list.loaded", { count: rows.length })}
          {tail?.next !== undefined && `, ${t("list.more")}`}
          {waiting > 0 && `, ${t("messages.waiting", { count: waiting })}`}
        </Text>
      </Group>
      {open !== undefined && (
        <MessageDrawer
          message={open}
          onClose={() => setOpen(undefined)}
          onNarrow={(fields) => {
            setOpen(undefined);
            change(fields);
          }}
        />
      )}
    </>
  );
}

function filterOf(search: Search): MessageFilter {
  return Object.fromEntries(names.map((name) => [name, search[name]])) as MessageFilter;
}

function LiveWord(props: { readonly isPaused: boolean; readonly isFailing: boolean }): ReactNode {
  const t = useText();
  if (props.isFailing) return null;
  return (
    <Word color={props.isPaused ? "yellow" : "green"}>
      {t(props.isPaused ? "messages.paused" : "messages.live")}
    </Word>
  );
}

function PauseButton({
  isPaused,
  onChange,
}: {
  readonly isPaused: boolean;
  readonly onChange: (isPaused: boolean) => void;
}): ReactNode {
  const t = useText();
  return (
    <Button
      variant="default"
      leftSection={<Icon name={isPaused ? "play" : "pause"} size={14} />}
      onClick={() => onChange(!isPaused)}
    >
      {t(isPaused ? "messages.goOn" : "messages.pause")}
    </Button>
  );
}

function DownloadButton({ rows }: { readonly rows: readonly Message[] }): ReactNode {
  const t = useText();
  const label = t("messages.download", { count: rows.length });
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        disabled={rows.length === 0}
        onClick={() => {
          const time = new Date().toISOString().slice(0, 19);
          saveText(`motown-messages-${time}.jsonl`, linesOf(rows));
        }}
      >
        <Icon name="download" />
      </ActionIcon>
    </Tooltip>
  );
}
