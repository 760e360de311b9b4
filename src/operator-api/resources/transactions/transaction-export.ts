import { type TSchema, Type } from "@sinclair/typebox";
import type { Item } from "#views";
import type { Api } from "../../api.ts";
import type { Cell } from "../../export/csv.ts";
import { type CsvColumn, csvExport } from "../../export/list-export.ts";
import { type Resource, route } from "../../http/route.ts";
import { listingOf } from "../../listing.ts";

/** Members of a transaction that a cell can hold as they are, in the order of the columns. */
const plain = [
  ...["transactionId", "transactionNumber", "stationId", "evseId", "connectorId", "state"],
  ...["identifyingToken", "groupToken", "startedAt", "stoppedAt", "energyWh"],
  ...["meterStartWh", "meterStopWh", "stopReason"],
] as const;
const afterwards = [
  ...["reviewNote", "repeatOf", "reservationId", "startRequestId", "stopRequestId", "tokenRef"],
] as const;

const columns: readonly CsvColumn[] = [
  ...plain.map(member),
  { name: "authorization", cell: ({ authorization }) => authorizationWord(authorization) },
  { name: "reviews", cell: ({ reviews }) => (reviews as readonly string[]).join(" ") },
  ...afterwards.map(member),
];

function member(name: string): CsvColumn {
  return { name, cell: (item: Item) => item[name] as Cell };
}

function authorizationWord(authorization: unknown): Cell {
  return (authorization as { readonly status?: string } | undefined)?.status;
}

/** The list of transactions as a file, for who settles and reports. */
export function transactionExportResource(api: Api): Resource {
  const listing = listingOf(api, "transactions");
  const begin = csvExport(api, { listing, columns });
  const get = route({
    method: "GET",
    path: "/api/v1/transactions.csv",
    summary: "Lists transactions as a table for spreadsheets",
    description:
      "All that the same filters list at `/api/v1/transactions`, not a page of it: RFC 4180 in " +
      "UTF-8, a line of names and then a line for each. Texts that a spreadsheet would take for " +
      "a formula begin with an apostrophe. A file beyond the limit `exportRowsMax` is broken off.",
    query: wholeList(listing.query),
    produces: ["text/csv"],
    answers: { 200: Type.String({ description: columns.map(({ name }) => name).join(",") }) },
    handle: async ({ query }) => ({
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": 'attachment; filename="transactions.csv"',
      },
      body: await begin(query),
    }),
  });
  return { tag: "network", description: "Lists over all stations.", routes: [get] };
}

/** The list's own filters, search and order; there are no pages. */
function wholeList(query: TSchema) {
  const { after: _after, limit: _limit, ...properties } = query.properties;
  return Type.Unsafe<Readonly<Record<string, unknown>>>({ ...query, properties });
}
