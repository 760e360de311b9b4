import { Button, Group, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAddress } from "../../app/use-address.ts";
import { useText } from "../../strings/language.ts";
import { linkTo, type Target } from "../page-link.tsx";
import { ProblemNotice } from "../problem-notice.tsx";
import type { Column } from "./columns.ts";
import { ListHead } from "./list-head.tsx";
import classes from "./paged-list.module.css";
import { type ListLook, usePages } from "./use-pages.ts";
import { useRows } from "./use-rows.ts";

interface Props<Row> {
  readonly operation: ListLook;
  /** What is asked beside what the address says. */
  readonly params?: Readonly<Record<string, string>>;
  /** Filters that hold whatever the address says. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** The filters that the address may hold. */
  readonly filters: readonly string[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** The page of a row; the first column is the link. */
  readonly target?: (row: Row) => Target;
  /** Where a row has no page: what shows the whole of it; the first column is the button. */
  readonly onOpen?: (row: Row) => void;
  /** The order where the address names none: the API's first one. */
  readonly order?: string;
  readonly label: string;
  /** Asks again after so long, for what no event tells of. */
  readonly everyMs?: number;
  /** On a phone four columns stand two by two, where two beside each other would say too little. */
  readonly isStackedOnPhone?: boolean;
}

const rowHeight = 34;
const stackedRowHeight = 54;

/** A list of the API, however long: only what is in sight is asked for and drawn. */
export function PagedList<Row>(props: Props<Row>): ReactNode {
  const { filters, columns, keyOf, target, onOpen, label, isStackedOnPhone } = props;
  const t = useText();
  const { search, change } = useAddress();
  const { scroller, pages, rows, height, isPhone, start } = usePosition(props);
  const template = columns.map(({ width }) => width).join(" ");
  const isEmpty = pages.room === 0 && !pages.isPending && pages.error === undefined;
  const narrowed = ["search", ...filters].some((name) => search[name] !== undefined);
  return (
    <section className={classes.frame} aria-label={label}>
      {pages.error !== undefined && <ProblemNotice error={pages.error} again={pages.retry} />}
      {start !== undefined && (
        <Group p="xs">
          <Button variant="default" onClick={() => change({ after: undefined })}>
            {t("list.fromStart")}
          </Button>
        </Group>
      )}
      {/* It can be reached by keyboard, to scroll. */}
      <div
        ref={scroller}
        className={classes.scroller}
        tabIndex={0}
        role="table"
        aria-label={label}
        aria-rowcount={pages.room + 1}
        data-stacked={(isPhone && isStackedOnPhone) || undefined}
        style={{ "--columns": template } as object}
      >
        <ListHead columns={columns} order={search.order ?? props.order} />
        <div role="rowgroup" className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start: top }) => {
            const row = pages.rowAt(index);
            return (
              <ListRow
                key={row === undefined ? `at ${index}` : keyOf(row)}
                row={row}
                index={index}
                place={{ top, height }}
                columns={columns}
                target={row === undefined ? undefined : target?.(row)}
                onOpen={row && onOpen && (() => onOpen(row))}
              />
            );
          })}
        </div>
        {pages.room === 0 && pages.isPending && <Waiting />}
        {isEmpty && (
          <Text c="dimmed" p="md" size="sm">
            {narrowed ? t("list.empty") : t("list.none")}
          </Text>
        )}
      </div>
      <Text className={classes.foot} size="xs" c="dimmed" role="status">
        {t("list.loaded", { count: pages.loaded })}
        {pages.room > pages.loaded && `, ${t("list.more")}`}
      </Text>
    </section>
  );
}

/** What of the list is in sight, in step with the address. */
function usePosition<Row>(props: Props<Row>) {
  const { operation, params, fixed, filters, everyMs, isStackedOnPhone } = props;
  const { search, change } = useAddress();
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, last: 0 });
  // Where the address says that the list begins; scrolling moves it, and begins nothing anew.
  const [start, setStart] = useState(search.after);
  const told = useRef(search.after);
  // What was told and is not in the address yet: scrolling is faster than the router.
  const underWay = useRef<(string | undefined)[]>([]);
  useEffect(() => {
    const at = underWay.current.indexOf(search.after);
    underWay.current = at < 0 ? [] : underWay.current.slice(at + 1);
    if (at >= 0 || search.after === told.current) return;
    told.current = search.after;
    setStart(search.after);
    scroller.current?.scrollTo({ top: 0 });
  }, [search.after]);
  const wished = ["search", "order", ...filters].map((name) => [name, search[name]]);
  const query = { ...Object.fromEntries(wished), ...fixed };
  const asked = params === undefined ? { query } : { params, query };
  const pages = usePages<Row>({ operation, asked, start, seen, everyMs });
  const { rows, height, isPhone } = useRows({
    ...{ count: pages.room, scroller, height: rowHeight, overscan: 12 },
    phoneHeight: isStackedOnPhone === true ? stackedRowHeight : rowHeight,
  });
  const drawn = rows.getVirtualItems();
  const first = rows.range?.startIndex ?? 0;
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    // One further: what comes next is asked for before it is in sight.
    setSeen((now) =>
      now.first === first && now.last === last + 20 ? now : { first, last: last + 20 },
    );
    const after = pages.starts[Math.floor(first / pages.size)];
    if (after === told.current) return;
    told.current = after;
    underWay.current.push(after);
    change({ after });
  }, [first, last, pages.starts, pages.size, change]);
  return { scroller, pages, rows, height, isPhone, start };
}

function Waiting(): ReactNode {
  return (
    <div className={classes.waiting} aria-hidden>
      {[70, 55, 80, 45, 65, 50].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </div>
  );
}

function ListRow<Row>(props: {
  readonly row: Row | undefined;
  readonly index: number;
  readonly place: { readonly top: number; readonly height: number };
  readonly columns: readonly Column<Row>[];
  readonly target: Target | undefined;
  readonly onOpen: (() => void) | undefined;
}): ReactNode {
  const { row, index, place, columns, target, onOpen } = props;
  const navigate = useNavigate();
  const link = target === undefined ? undefined : linkTo(target);
  return (
    // The whole row leads there for a mouse; for a keyboard the link or button in it does.
    // biome-ignore lint/a11y/useKeyWithClickEvents: what is inside is reached by keyboard
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-linked={link !== undefined || onOpen !== undefined || undefined}
      style={{ transform: `translateY(${place.top}px)`, height: place.height }}
      onClick={(event) => {
        const isText = getSelection()?.isCollapsed === false;
        if (isText || (event.target as Element).closest("a,button")) return;
        if (link !== undefined) void navigate(link as never);
        else onOpen?.();
      }}
    >
      {columns.map((column, at) => (
        <div
          role="cell"
          key={column.id}
          className={classes.cell}
          data-align={column.align}
          data-phone={column.phone}
        >
          {row === undefined ? (
            <Skeleton height={10} width="60%" />
          ) : at === 0 && link !== undefined ? (
            <Link {...link} className={classes.link}>
              {column.cell(row)}
            </Link>
          ) : at === 0 && onOpen !== undefined ? (
            <UnstyledButton className={classes.link} onClick={onOpen}>
              {column.cell(row)}
            </UnstyledButton>
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </div>
  );
}
