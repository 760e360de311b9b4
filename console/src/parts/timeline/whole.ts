// All that a journal holds, however much of it is on the screen.
import type { Page } from "../list/page-chain.ts";

/** Reads a list to its end, or to its `most` newest rows. */
export async function wholeOf<Row>(
  pageAfter: (after: string | undefined) => Promise<Page<Row>>,
  given: {
    readonly most: number;
    /** Told how many are there so far. */
    readonly onRows: (count: number) => void;
  },
): Promise<{ readonly rows: readonly Row[]; readonly isCut: boolean }> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await pageAfter(after);
    rows.push(...page.items);
    given.onRows(rows.length);
    after = page.next;
  } while (after !== undefined && rows.length < given.most);
  return { rows, isCut: after !== undefined };
}
