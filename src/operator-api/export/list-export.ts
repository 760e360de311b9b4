// A whole list as a file, page by page from the views, at the pace of who takes it.
import { Readable } from "node:stream";
import type { Item } from "#views";
import type { Api } from "../api.ts";
import { Problem } from "../http/problems.ts";
import type { Listing } from "../listing.ts";
import { type Cell, csvLine } from "./csv.ts";

/** A column of the file: its name, and what it shows of an item. */
export interface CsvColumn {
  readonly name: string;
  readonly cell: (item: Item) => Cell;
}

/** What a file is made of. */
interface Exported {
  readonly listing: Pick<Listing, "list">;
  readonly columns: readonly CsvColumn[];
}

type Query = Readonly<Record<string, unknown>>;

/** Begins files over one list, so many at once. */
export function csvExport(api: Api, exported: Exported): (query: Query) => Promise<Readable> {
  let underWay = 0;
  return async (query) => {
    if (underWay >= api.limits.exportsMax) {
      throw new Problem("TooManyExports", { headers: { "retry-after": "10" } });
    }
    underWay += 1;
    const ended = () => {
      underWay -= 1;
    };
    try {
      const texts = await textsOf(api, exported, query);
      const file: Readable = Readable.from(paced(api, texts, () => file.destroy()));
      return file.once("close", ended);
    } catch (error) {
      ended();
      throw error;
    }
  };
}

/** What is wrong with the question is found before the file begins. */
async function textsOf(
  { limits }: Api,
  { listing, columns }: Exported,
  query: Query,
): Promise<AsyncIterable<string>> {
  const pageAfter = (after?: string) =>
    listing.list({ ...query, ...(after === undefined ? {} : { after }), limit: limits.apiPageMax });
  const first = await pageAfter();
  async function* texts(): AsyncGenerator<string> {
    yield csvLine(columns.map(({ name }) => name));
    let page = first;
    for (let rows = page.items.length; ; rows += page.items.length) {
      // A file that ends early must not look whole: its connection is broken off.
      if (rows > limits.exportRowsMax) throw new Error(`of more than ${limits.exportRowsMax} rows`);
      yield page.items.map((item) => csvLine(columns.map(({ cell }) => cell(item)))).join("");
      if (page.next === undefined) return;
      page = await pageAfter(page.next);
    }
  }
  return texts();
}

/** Whoever takes nothing for a while is given up. */
async function* paced(
  { clock, limits, log }: Api,
  texts: AsyncIterable<string>,
  giveUp: () => void,
): AsyncGenerator<string> {
  try {
    for await (const text of texts) {
      const stop = clock.after(limits.silenceMs, giveUp);
      try {
        yield text;
      } finally {
        stop();
      }
    }
  } catch (error) {
    log.warn("An export was broken off", { error });
    throw error;
  }
}
