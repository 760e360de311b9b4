import { Button, Card, Group, ScrollArea, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "../../strings/language.ts";
import { CopyText } from "../copy-text.tsx";
import { Icon } from "../icon.tsx";
import { Moment } from "../moment.tsx";
import { ProblemNotice } from "../problem-notice.tsx";
import { type Entry, readableOf } from "./entries.ts";
import classes from "./journal.module.css";
import type { useChain } from "./use-chain.ts";

interface Props {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly query: ReturnType<typeof useChain>["query"];
  /** What is not loaded yet is newer, and not older. */
  readonly isFromBeginning?: boolean;
  /** The entry at the position of the timeline. */
  readonly current: Entry | undefined;
  /** What came of the same act is marked on both sides. */
  readonly correlationId: string | undefined;
  readonly openId: string | undefined;
  readonly onOpen: (entry: Entry) => void;
}

/** One side of the timeline: entries, the newest first. */
export function Journal(props: Props): ReactNode {
  const { title, entries, query, current, correlationId, openId, onOpen } = props;
  const more = props.isFromBeginning === true ? "timeline.newer" : "timeline.older";
  const t = useText();
  const atMs = current === undefined ? Number.POSITIVE_INFINITY : Date.parse(current.at);
  return (
    <Card withBorder padding={0}>
      <Group px="sm" py={6} justify="space-between" className={classes.head ?? ""}>
        <Title order={2}>{title}</Title>
        <Text size="xs" c="dimmed" role="status">
          {t("timeline.loaded", { count: entries.length })}
        </Text>
      </Group>
      {query.isError && <ProblemNotice error={query.error} again={() => void query.refetch()} />}
      <ScrollArea.Autosize
        mah="62vh"
        type="auto"
        viewportProps={{ tabIndex: 0, "aria-label": title }}
      >
        {entries.map((entry) => (
          <Line
            key={entry.id}
            entry={entry}
            isCurrent={entry.id === current?.id}
            isLater={Date.parse(entry.at) > atMs}
            isRelated={correlationId !== undefined && entry.correlationId === correlationId}
            isOpen={entry.id === openId}
            onOpen={() => onOpen(entry)}
          />
        ))}
        {entries.length === 0 && !query.isPending && (
          <Text size="sm" c="dimmed" p="sm">
            {t("timeline.none")}
          </Text>
        )}
        {query.hasNextPage && (
          <Group p="xs" justify="center">
            <Button
              variant="subtle"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t(more)}
            </Button>
          </Group>
        )}
      </ScrollArea.Autosize>
    </Card>
  );
}

function Line(props: {
  readonly entry: Entry;
  readonly isCurrent: boolean;
  readonly isLater: boolean;
  readonly isRelated: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  const { entry, isCurrent, isLater, isRelated, isOpen, onOpen } = props;
  const t = useText();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const isToStation = entry.direction === "toStation";
  return (
    <div
      ref={line}
      className={classes.line}
      data-entry={entry.kind}
      data-current={isCurrent || undefined}
      data-later={isLater || undefined}
      data-related={isRelated || undefined}
    >
      <button type="button" className={classes.button} aria-expanded={isOpen} onClick={onOpen}>
        <span className={classes.at}>
          <Moment at={entry.at} />
        </span>
        {entry.direction !== undefined && (
          <span title={t(isToStation ? "timeline.toStation" : "timeline.fromStation")}>
            <Icon name={isToStation ? "arrowOut" : "arrowIn"} size={12} />
          </span>
        )}
        <span className={classes.title}>{entry.title}</span>
        <span className={classes.beside}>{entry.beside}</span>
      </button>
      {isOpen && (
        <div className={classes.open}>
          <span className={classes.copy}>
            <CopyText text={() => readableOf(entry)} />
          </span>
          <pre>{readableOf(entry)}</pre>
        </div>
      )}
    </div>
  );
}
