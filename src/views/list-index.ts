// Which index a list reads along: one that is in the list's order behind what its filters fix, so
// that a page costs what it holds, however long the list is.
import { columnOfOrder, type Table, type View } from "./view.ts";

/** What a list is narrowed and ordered by, as far as an index can serve it. */
export interface Reading {
  /** Columns that have one value. */
  readonly fixed: ReadonlySet<string>;
  /** Columns of the order, to the end of the key. */
  readonly order: readonly string[];
  /** Columns that are looked at besides. */
  readonly others: readonly string[];
  /** A text is looked for: most of what is met is not shown. */
  readonly isSearch: boolean;
}

/** The way of reading that serves best. */
export interface Way {
  /** Undefined: along the key. */
  readonly index: number | undefined;
  /** Fixed columns by which it is entered. */
  readonly entered: readonly string[];
}

interface Candidate extends Way {
  /** False: what the fixed columns leave has to be sorted. */
  readonly isOrdered: boolean;
  /** It holds everything that is looked at. */
  readonly covers: boolean;
}

/**
 * Indexes that hold, for each order of a list, everything that its filters look at: no combination
 * of them reads rows that it does not show. A list that is asked for one station alone, or one
 * transaction, needs none.
 */
export function browsingIndexes(
  table: Pick<Table, "key" | "columns">,
  list: {
    readonly filters: readonly string[];
    readonly orders: readonly string[];
    readonly ranges?: readonly string[];
    readonly searchIn?: { readonly text: string } | { readonly id: string };
  },
  visible: readonly string[],
): readonly (readonly string[])[] {
  const { searchIn, ranges = [] } = list;
  const searched = searchIn !== undefined && "text" in searchIn ? [searchIn.text] : [];
  const orders = new Set(list.orders.map(columnOfOrder));
  const station = "station" in table.columns ? ["station"] : [];
  const looked = [...visible, ...list.filters, ...ranges, ...station, ...orders, ...searched];
  return [...orders].map((order) => [...new Set([order, ...table.key, ...looked])]);
}

/** Chooses among a table's indexes. */
export function wayOf(view: View, { fixed, order, others, isSearch }: Reading): Way {
  const { table } = view;
  const wanted = order.filter((column) => !fixed.has(column));
  const looked = [...fixed, ...order, ...others];
  const ways = [undefined, ...table.indexes.keys()].map((index): Candidate => {
    const columns = index === undefined ? table.key : (table.indexes[index] ?? []);
    const all = [...columns, ...table.key.filter((column) => !columns.includes(column))];
    const entered = enteredBy(columns, fixed);
    return {
      index,
      entered,
      isOrdered: isInOrder(all.slice(entered.length), { fixed, wanted }),
      covers: index !== undefined && looked.every((column) => all.includes(column)),
    };
  });
  // An index that begins with a nullable column does not hold the rows without a value.
  const holdsAll = ({ index, entered }: Candidate) =>
    entered.length > 0 ||
    index === undefined ||
    table.columns[table.indexes[index]?.[0] ?? ""]?.nullable === false;
  const possible = ways.filter(holdsAll);
  const whole = isSearch ? possible.filter(({ covers, isOrdered }) => covers && isOrdered) : [];
  const offered = whole.length > 0 ? whole : possible;
  const { index, entered } = offered.reduce((a, b) => (isBetter(b, a) ? b : a));
  return { index, entered };
}

function enteredBy(columns: readonly string[], fixed: ReadonlySet<string>): readonly string[] {
  const end = columns.findIndex((column) => !fixed.has(column));
  return end < 0 ? columns : columns.slice(0, end);
}

function isInOrder(
  columns: readonly string[],
  { fixed, wanted }: { readonly fixed: ReadonlySet<string>; readonly wanted: readonly string[] },
): boolean {
  const free = columns.filter((column) => !fixed.has(column));
  return wanted.every((column, at) => free[at] === column);
}

/** In order before all; then by how much is fixed; then by whether rows need not be looked at. */
function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.isOrdered !== b.isOrdered) return a.isOrdered;
  if (a.entered.length !== b.entered.length) return a.entered.length > b.entered.length;
  return a.covers && !b.covers;
}
