/** One page of a list, as the API answers it. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next?: string | undefined;
}

/**
 * Where the pages of a list begin: each page says where the next one does. `starts` are the ones
 * known so far; a page whose end has moved makes those behind it begin elsewhere.
 */
export function chained<Row>(
  starts: readonly (string | undefined)[],
  at: number,
  page: Page<Row>,
): readonly (string | undefined)[] {
  const { next } = page;
  if (next === undefined) return starts.length === at + 1 ? starts : starts.slice(0, at + 1);
  if (starts[at + 1] === next) return starts;
  return [...starts.slice(0, at + 1), next];
}

/**
 * Rows of a page: as many as were asked for, or fewer where the server gives fewer at once. A page
 * that another one follows tells; before one has come there is one page at most.
 */
export function sizeOf<Row>(pages: readonly (Page<Row> | undefined)[], asked: number): number {
  return pages.find((page) => page?.next !== undefined)?.items.length ?? asked;
}

/** Pages that a stretch of rows lies in; pages are of one size, but for the last. */
export function pagesOf(
  rows: { readonly first: number; readonly last: number },
  { size, known }: { readonly size: number; readonly known: number },
): readonly number[] {
  const first = Math.max(0, Math.min(Math.floor(rows.first / size), known - 1));
  const last = Math.max(first, Math.min(Math.floor(rows.last / size), known - 1));
  return Array.from({ length: last - first + 1 }, (_none, at) => first + at);
}

/**
 * Rows that have been answered, and rows that there is room for: where a page is known to begin,
 * one is expected there until its answer says how long it is.
 */
export function lengthsOf<Row>(
  starts: readonly (string | undefined)[],
  lastPage: Page<Row> | undefined,
  size: number,
): { readonly loaded: number; readonly room: number } {
  const before = (starts.length - 1) * size;
  if (lastPage !== undefined) {
    const all = before + lastPage.items.length;
    return { loaded: all, room: all };
  }
  return { loaded: before, room: before === 0 ? 0 : before + size };
}
