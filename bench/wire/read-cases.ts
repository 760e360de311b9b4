// What is read: every GET of the OpenAPI document, with each of its filters, orders and searches,
// its first page and a page deep inside, filled in with what the lists show. Derived from
// the document, so that no route can be forgotten.
import type { ApiAccess } from "../fleet.ts";

/** One request that is measured. */
export interface ReadCase {
  /** `/api/v1/transactions/{transactionId}` */
  readonly route: string;
  /** `state=ended, deep` */
  readonly about: string;
  readonly url: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: {
    readonly enum?: readonly string[];
    readonly type?: string;
    readonly format?: string;
    readonly pattern?: string;
  };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: { readonly 200?: { readonly content?: Readonly<Record<string, unknown>> } };
}

type Item = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

const dayMs = 86_400_000;
const answerWithinMs = 60_000;
const samplesOfPath = 4;
const valuesOfFilter = 4;
const deepPages = 20;
const deepPageLimit = 500;
/** Parameters of every list that are no filters. */
const paging = new Set(["after", "limit", "order", "search"]);
/** What goes on until nobody listens, and what goes on until all is said. */
const unbounded = new Set(["text/event-stream", "text/csv"]);
/** A parameter whose values a list shows under another name. */
const shownAs: Readonly<Record<string, string>> = { uid: "identifyingToken" };
/** Words to search for: of nothing, of everything, of few, of one letter. */
const searches = ["zzzzz", "bench", "bench00", "004", "q", "acme", "rare", "operator", "0198"];

/** A route that reads. */
interface ReadRoute {
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Query without which it answers nothing. */
  readonly needed: Values;
}

/** Every GET of a server's document, with what its query needs. */
export async function readRoutes(access: ApiAccess): Promise<ReadRoute[]> {
  const document = (await json(access, "/openapi.json")).body as {
    readonly paths: Record<string, { readonly get?: Operation }>;
  };
  return Object.entries(document.paths).flatMap(([path, { get }]) => {
    if (get === undefined || isNoPage(get)) return [];
    const { parameters = [] } = get;
    const asked = parameters.filter((one) => one.in === "query" && one.required === true);
    const needed = Object.fromEntries(asked.map((one) => [one.name, neededOf(path, one)]));
    return [{ path, parameters, needed }];
  });
}

/** Answers that go on for ever, or to the end of a whole list, have no time of their own. */
function isNoPage({ responses }: Operation): boolean {
  const types = Object.keys(responses[200]?.content ?? {});
  return types.length > 0 && types.every((type) => unbounded.has(type));
}

function neededOf(path: string, { name, schema }: Parameter): string {
  if (schema?.format === "date-time") return aDayAgo();
  throw new Error(`${path} needs ${name}, and no value of it is known here`);
}

function aDayAgo(): string {
  return new Date(Date.now() - dayMs).toISOString();
}

/** All reads of a server. */
export async function readCases(access: ApiAccess): Promise<ReadCase[]> {
  const routes = await readRoutes(access);
  const lists = await listsOf(access, routes);
  const cases: ReadCase[] = [];
  for (const { path, parameters, needed } of routes) {
    for (const [at, values] of pathValues(path, lists).entries()) {
      const url = filled(path, values);
      // Filters below one station are the same for each: one of them is asked for all.
      const asked = parameters.filter((one) => one.in === "query" && at === 0);
      cases.push(...(await casesOf(access, { route: path, url, asked, needed })));
    }
  }
  return cases;
}

/** What lists show, by path; of lists below one thing those below whose items more can be read. */
async function listsOf(
  access: ApiAccess,
  routes: readonly ReadRoute[],
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const lists = new Map<string, readonly Item[]>();
  const depth = ({ path }: ReadRoute) => path.split("{").length;
  for (const { path, needed } of [...routes].sort((a, b) => depth(a) - depth(b))) {
    const isAsked = !path.includes("{") || routes.some((one) => one.path.startsWith(`${path}/{`));
    if (!isAsked) continue;
    const [values = {}] = pathValues(path, lists);
    const { items } = await listed(access, withQuery(filled(path, values), needed));
    lists.set(
      path,
      items.map((item) => ({ ...values, ...item })),
    );
  }
  return lists;
}

function filled(path: string, values: Values): string {
  return path.replace(/\{(\w+)\}/g, (_all, name) => encodeURIComponent(values[name] ?? ""));
}

/** Values for the parameters of a path, of items of the nearest list that shows all of them. */
function pathValues(path: string, lists: ReadonlyMap<string, readonly Item[]>): Values[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (names.length === 0) return [{}];
  const valuesOf = (item: Item): Values =>
    Object.fromEntries(names.map((name) => [name, String(item[shownAs[name] ?? name] ?? "")]));
  const nearest = [...lists].sort(
    ([a], [b]) => Number(path.startsWith(`${b}/`)) - Number(path.startsWith(`${a}/`)),
  );
  for (const [, items] of nearest) {
    const found = items
      .map(valuesOf)
      .filter((values) => names.every((name) => values[name] !== ""));
    if (found.length > 0) return spread(found, samplesOfPath);
  }
  throw new Error(`no list shows values for ${path}`);
}

async function casesOf(
  access: ApiAccess,
  read: {
    readonly route: string;
    readonly url: string;
    readonly asked: readonly Parameter[];
    readonly needed: Values;
  },
): Promise<ReadCase[]> {
  const { route, url, asked, needed } = read;
  const cases: ReadCase[] = [];
  const add = (about: string, query: Values) => {
    cases.push({ route, about, url: withQuery(url, { ...needed, ...query }) });
  };
  add("plain", {});
  const names = new Set(asked.map(({ name }) => name));
  if (!names.has("limit")) return cases;
  add("limit=500", { limit: "500" });
  const orders = asked.find(({ name }) => name === "order")?.schema?.enum ?? [];
  const seen: Item[] = [];
  for (const order of orders.length > 0 ? orders : [undefined]) {
    const ordered: Values = order === undefined ? {} : { order };
    const first = await listed(access, `${url}?${new URLSearchParams(ordered)}`);
    seen.push(...spread(first.items, 8));
    if (order !== undefined) add(`order=${order}`, ordered);
    const deep = names.has("after") ? await deepCursor(access, url, ordered) : undefined;
    if (deep !== undefined) add(`${order ?? "pages"}, deep`, { ...ordered, after: deep });
  }
  for (const search of names.has("search") ? searches : []) add(`search=${search}`, { search });
  const filters = asked.filter(({ name }) => !paging.has(name) && !(name in needed));
  for (const parameter of filters) {
    for (const value of filterValues(parameter, seen)) {
      add(`${parameter.name}=${value}`, { [parameter.name]: value });
      const order = orders.at(-1);
      if (order !== undefined) {
        add(`${parameter.name}=${value}, ${order}`, { [parameter.name]: value, order });
      }
    }
  }
  return cases;
}

/** What items show, what the schema allows, and something that is not there. */
function filterValues({ name, schema }: Parameter, seen: readonly Item[]): string[] {
  const shown = seen
    .map((item) => item[name.replace(/(From|Until)$/, "")])
    .filter((value) => value !== undefined && typeof value !== "object")
    .map(String);
  const values = [...new Set(shown)];
  if (schema?.type === "boolean") return ["true", "false"];
  if (schema?.enum !== undefined) return [...schema.enum];
  if (schema?.format === "date-time")
    return values.length > 0 ? spread(values, valuesOfFilter) : [aDayAgo()];
  const nothing = schema?.type === "integer" || schema?.type === "number" ? "987654" : undefined;
  const isOfForm = schema?.pattern !== undefined || /(From|Until)$/.test(name);
  const absent = isOfForm ? undefined : (nothing ?? "nothing");
  return [...spread(values, valuesOfFilter), ...(absent === undefined ? [] : [absent])];
}

/** The `next` of a page far inside, by the longest pages there are. */
async function deepCursor(
  access: ApiAccess,
  url: string,
  query: Values,
): Promise<string | undefined> {
  let after: string | undefined;
  for (let page = 0; page < deepPages; page += 1) {
    const place: Values = after === undefined ? {} : { after };
    const asked = new URLSearchParams({ ...query, ...place, limit: String(deepPageLimit) });
    const { next } = await listed(access, `${url}?${asked}`);
    if (next === undefined) return after;
    after = next;
  }
  return after;
}

function withQuery(url: string, query: Values): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? url : `${url}?${text}`;
}

async function listed(access: ApiAccess, path: string): Promise<Answer> {
  const { status, body, next: cursor } = await json(access, path);
  if (status >= 400) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  const { items = [], next = cursor } = (body ?? {}) as {
    readonly items?: readonly Item[];
    readonly next?: string;
  };
  return { status, items, next };
}

async function json(
  { apiUrl, apiKey }: ApiAccess,
  path: string,
): Promise<{ readonly status: number; readonly body: unknown; readonly next: string | undefined }> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const signal = AbortSignal.timeout(answerWithinMs);
  const response = await fetch(`${apiUrl}${path}`, { headers, signal });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  const lines = response.headers.get("content-type")?.includes("ndjson") === true;
  const body = isJson && !lines ? JSON.parse(text) : { items: lines ? ndjson(text) : [] };
  return { status: response.status, body, next: response.headers.get("next-cursor") ?? undefined };
}

function ndjson(text: string): Item[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Item);
}

/** Some of them, from the first to the last. */
function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  const step = (all.length - 1) / (most - 1);
  return Array.from({ length: most }, (_none, at) => all[Math.round(at * step)] as T);
}
