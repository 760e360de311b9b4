import { Skeleton, Text, UnstyledButton } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { clockTime, utcInstant } from "../../parts/instants.ts";
import { useRows } from "../../parts/list/use-rows.ts";
import { useLanguage, useText } from "../../strings/language.ts";
import { excerptOf, type Message } from "./frame-text.ts";
import { FrameWord } from "./frame-word.tsx";
import classes from "./message-list.module.css";

const rowHeight = 32;
/** Two lines, where there is little room. */
const phoneRowHeight = 50;

/** Messages, the newest on top; only those in sight are drawn. */
export function MessageList(props: {
  readonly rows: readonly Message[] | undefined;
  readonly hasOlder: boolean;
  readonly onOlder: () => void;
  readonly onOpen: (message: Message) => void;
  /** Told whether somebody reads further down. */
  readonly onScrolled: (isScrolled: boolean) => void;
}): ReactNode {
  const { rows, hasOlder, onOlder, onOpen, onScrolled } = props;
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const count = rows?.length ?? 0;
  const { rows: drawn, height } = useRows({
    ...{ count, scroller, height: rowHeight, phoneHeight: phoneRowHeight, overscan: 16 },
  });
  const items = drawn.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasOlder && last >= count - 30) onOlder();
  }, [hasOlder, last, count, onOlder]);
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      aria-label={t("messages.title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard
      tabIndex={0}
      onScroll={({ currentTarget }) => onScrolled(currentTarget.scrollTop > rowHeight)}
    >
      {rows === undefined && <Waiting />}
      {rows !== undefined && count === 0 && (
        <Text c="dimmed" p="md" size="sm">
          {t(hasOlder ? "messages.looking" : "list.empty")}
        </Text>
      )}
      <ul className={classes.rows} style={{ height: drawn.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const message = rows?.[index];
          if (message === undefined) return null;
          return (
            <li key={message.id} style={{ transform: `translateY(${start}px)`, height }}>
              <Row message={message} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Row({
  message,
  onOpen,
}: {
  readonly message: Message;
  readonly onOpen: (message: Message) => void;
}): ReactNode {
  const language = useLanguage();
  const { at, stationId, tookMs } = message;
  const date = new Date(at);
  return (
    <UnstyledButton className={classes.row} onClick={() => onOpen(message)}>
      <time dateTime={at} title={utcInstant(date)} className={classes.time}>
        {timeOf(date, language)}
      </time>
      <span className={classes.cell}>{stationId}</span>
      <FrameWord message={message} />
      <span className={classes.took}>{tookMs === undefined ? "" : `${Math.round(tookMs)} ms`}</span>
      <code className={classes.excerpt}>{excerptOf(message)}</code>
    </UnstyledButton>
  );
}

/** With its milliseconds: of a message the order is what one looks for. */
function timeOf(at: Date, language: string): string {
  const day =
    at.toDateString() === new Date().toDateString()
      ? ""
      : `${at.toLocaleDateString(language, { day: "numeric", month: "short" })} `;
  const clock = clockTime(at, language);
  return `${day}${clock}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

function Waiting(): ReactNode {
  return (
    <div className={classes.waiting} aria-hidden>
      {[80, 60, 72, 66, 78].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </div>
  );
}
