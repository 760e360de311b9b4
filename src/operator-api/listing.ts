import { type TSchema, type TUnsafe, Type } from "@sinclair/typebox";
import { closed, oneOf } from "#core";
import {
  filterNames,
  type Item,
  itemSchema,
  type ListQuery,
  type StationSet,
  type View,
} from "#views";
import type { Api } from "./api.ts";
import { tokenMembers } from "./commands/public-shape.ts";
import { Problem } from "./http/problems.ts";
import { pageOf } from "./http/schemas.ts";
import { shownSchema } from "./shown.ts";

/** A list of the API over one view. */
export interface Listing {
  readonly query: TUnsafe<Readonly<Record<string, unknown>>>;
  readonly page: TSchema;
  readonly item: TSchema;
  /** One page; `fixed` are filters that the address sets. */
  list(
    query: Readonly<Record<string, unknown>>,
    fixed?: Readonly<Record<string, string>>,
    stations?: StationSet,
  ): Promise<{ readonly items: readonly Item[]; readonly next?: string }>;
  /** One item by the key of its row. */
  get(key: readonly (string | number)[]): Promise<Item | undefined>;
}

/** Fields of every list's query; the others are filters of the view. */
const pageFields = {
  after: Type.Optional(Type.String({ maxLength: 2000, description: "`next` of the page before" })),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
};

/** Makes the list of a view; filters that the address sets are left out of the query. */
export function listingOf(api: Api, name: string, fixedNames: readonly string[] = []): Listing {
  const view = api.views[name];
  if (view === undefined) throw new Error(`the API needs the view ${name}`);
  const names = filterNames(view).filter((filter) => !fixedNames.includes(filter));
  const item = openItem(shownSchema(itemSchema(view)));
  const query = querySchema(view, outsideNames(names), item);
  return {
    query,
    item,
    page: pageOf(item),
    list: async (given, fixed = {}, stations?: StationSet) => {
      const { after, limit, order, search, ...filters } = given as ListQuery & Filters;
      const inner = await innerFilters(api, filters);
      if (inner === undefined) return { items: [] };
      const filter = { ...inner, ...fixed };
      const query = { filter, search, after, limit, order, stations };
      const found = await api.queries.list(name, query);
      if ("invalid" in found) throw badQuery(found);
      return { ...found, items: await api.showing.value(found.items) };
    },
    get: async (key) => {
      const found = await api.queries.get(name, key);
      return found === undefined ? undefined : api.showing.value(found);
    },
  };
}

type Filters = Readonly<Record<string, string | number | boolean>>;

function querySchema(view: View, names: readonly string[], item: TSchema): Listing["query"] {
  const { list } = view;
  const searchable = (list.search ?? []).join(", ");
  const orders = oneOf(...list.orders);
  const schemaOf = (name: string) => list.related?.[name]?.schema ?? filterSchema(view, name, item);
  const fields = closed({
    ...Object.fromEntries(names.map((name) => [name, Type.Optional(schemaOf(name))])),
    ...(list.search === undefined
      ? {}
      : { search: Type.Optional(Type.String({ description: `looks into ${searchable}` })) }),
    order: Type.Optional(orders),
    ...pageFields,
  });
  return fields as unknown as Listing["query"];
}

/** A filter takes what the item shows under its name: a wrong word is refused, not unmatched. */
function filterSchema({ table }: View, name: string, item: TSchema): TSchema {
  const properties: Record<string, TSchema> = item.properties;
  const shown = properties[name] ?? properties[name.replace(/(From|Until)$/, "")];
  return shown ?? table.columns[name]?.shown?.schema ?? Type.String();
}

/** Filters by reference are offered by value too. */
function outsideNames(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const outside = Object.hasOwn(tokenMembers, name) ? tokenMembers[name] : undefined;
    return outside === undefined ? [name] : [outside, name];
  });
}

/** Filters as the view knows them; undefined where a token is unknown: nothing can match. */
async function innerFilters({ bus }: Api, filters: Filters): Promise<Filters | undefined> {
  const inner: Record<string, string | number | boolean> = { ...filters };
  for (const [ref, outside] of Object.entries(tokenMembers)) {
    const value = inner[outside];
    if (value === undefined) continue;
    const found = await bus.tokens.find(String(value));
    if (found === undefined) return undefined;
    delete inner[outside];
    inner[ref] = found;
  }
  return inner;
}

/** Members may be added to items later: a client that was made today must not refuse them. */
function openItem({ additionalProperties: _closed, ...item }: TSchema): TSchema {
  return item as TSchema;
}

function badQuery({ invalid, reason }: { invalid: string; reason: string }): Problem {
  return new Problem("QueryInvalid", { issues: [{ path: `/${invalid}`, message: reason }] });
}
