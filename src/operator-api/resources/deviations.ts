import { type TSchema, Type } from "@sinclair/typebox";
import type { DeviationCount, DeviationQuery, ModelDeviation } from "#bus";
import { closed, stationKey } from "#core";
import { type Api, stationIds, stationOf } from "../api.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Resource, route } from "../http/route.ts";
import { pageOf, stationParams } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";

const station = "/api/v1/charging-stations/{stationId}";

/** Where stations differ from their specification, and what is done about it. */
export function deviationResource(api: Api): Resource {
  return {
    tag: "deviations",
    description: "Where stations differ from their specification, and their quirks.",
    routes: [
      stationDeviations(api),
      countRoute(api),
      modelRoute(api),
      quirkRoute(api),
      profileRoute(api),
    ],
  };
}

const meaning = {
  meaning: Type.Optional(Type.String()),
  row: Type.Optional(Type.String({ description: "of the list of field realities" })),
};
const counted = {
  count: Type.Integer(),
  firstAt: Type.String(),
  lastAt: Type.String(),
};

const OwnDeviation = Type.Object({
  code: Type.String(),
  ...meaning,
  ...counted,
  firmwareVersions: Type.Array(Type.String(), { description: "that showed it" }),
});

function stationDeviations(api: Api): AnyRoute {
  const listing = listingOf(api, "deviations", ["stationId"]);
  return route({
    method: "GET",
    path: `${station}/deviations`,
    summary: "Lists where a station differs from its specification, and how often",
    params: stationParams,
    answers: { 200: pageOf(OwnDeviation) },
    handle: async ({ params }) => {
      const { stationId } = params;
      const { key } = await stationOf(api, stationId);
      const limit = api.limits.apiPageMax;
      const counts = await api.frames.deviations({ station: key, limit });
      const { items } = await listing.list({ limit }, { stationId });
      return { body: { items: byCode(api, counts, items as unknown as readonly First[]) } };
    },
  });
}

/** The first of a kind, as its event tells it; the count may have been lost with its frame. */
interface First {
  readonly code: string;
  readonly firstSeenAt: string;
  readonly firmwareVersion?: string;
}

function byCode(api: Api, counts: readonly DeviationCount[], firsts: readonly First[]) {
  const codes = [...new Set([...counts, ...firsts].map(({ code }) => code))].sort();
  return codes.map((code) => {
    const own = counts.filter((one) => one.code === code);
    const events = firsts.filter((one) => one.code === code);
    const at = [
      ...own.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]),
      ...events.map(({ firstSeenAt }) => firstSeenAt),
    ].sort();
    const firmware = [...own, ...events].flatMap(({ firmwareVersion }) => firmwareVersion || []);
    return {
      code,
      ...meaningOf(api, code),
      count: own.reduce((sum, { count }) => sum + count, 0),
      firstAt: at[0] ?? "",
      lastAt: at.at(-1) ?? "",
      firmwareVersions: [...new Set(firmware)],
    };
  });
}

const model = {
  vendor: Type.Optional(Type.String()),
  model: Type.Optional(Type.String()),
  firmwareVersion: Type.Optional(Type.String()),
};
const text = Type.Optional(Type.String({ maxLength: 500 }));
const filters = { code: text, vendor: text, model: text, firmwareVersion: text };
const page = {
  after: Type.Optional(Type.String({ maxLength: 4_000, description: "`next` of the page before" })),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
};

const Count = Type.Object({
  stationId: Type.String(),
  code: Type.String(),
  ...meaning,
  ...model,
  ...counted,
});

function countRoute(api: Api): AnyRoute {
  return route({
    method: "GET",
    path: "/api/v1/deviations",
    summary: "Lists deviations of all stations by station, kind and firmware, and how often",
    query: closed({ stationId: text, ...filters, ...page }),
    answers: { 200: pageOf(Count) },
    handle: async ({ query: { stationId, ...query } }) => {
      const of = stationId === undefined ? {} : { station: stationKey(stationId) };
      const { limit, wanted } = wantedOf(api, query, 5);
      const counts = await api.frames.deviations({ ...wanted, ...of });
      const idOf = await stationIds(
        api,
        counts.map(({ station: key }) => key),
      );
      const items = counts.map(({ station: key, ...count }) => ({
        stationId: idOf(key),
        ...shown(api, count),
      }));
      const last = counts.length === limit ? counts.at(-1) : undefined;
      const place = last && [last.station, last.code, ...modelOf(last)];
      return { body: { items, ...nextOf(place) } };
    },
  });
}

const ModelCount = Type.Object({
  ...model,
  code: Type.String(),
  ...meaning,
  stations: Type.Integer({ description: "how many of the model showed it" }),
  ...counted,
});

function modelRoute(api: Api): AnyRoute {
  return route({
    method: "GET",
    path: "/api/v1/model-deviations",
    summary: "Lists deviations by vendor, model and firmware: of how many stations, how often",
    query: closed({ ...filters, ...page }),
    answers: { 200: pageOf(ModelCount) },
    handle: async ({ query }) => {
      const { limit, wanted } = wantedOf(api, query, 4);
      const counts = await api.frames.modelDeviations(wanted);
      const items = counts.map((count) => ({ ...shown(api, count), stations: count.stations }));
      const last = counts.length === limit ? counts.at(-1) : undefined;
      const place = last && [...modelOf(last), last.code];
      return { body: { items, ...nextOf(place) } };
    },
  });
}

type Query = Readonly<Record<string, string | number | undefined>>;

function wantedOf(api: Api, { after, limit: asked, ...wanted }: Query, parts: number) {
  const limit = Math.min(Number(asked ?? 50), api.limits.apiPageMax);
  const place = after === undefined ? undefined : placeOf(String(after), parts);
  return { limit, wanted: { ...wanted, after: place, limit } as DeviationQuery };
}

function modelOf(count: ModelDeviation | DeviationCount): readonly string[] {
  return [count.vendor, count.model, count.firmwareVersion];
}

function nextOf(place: readonly string[] | undefined): { readonly next?: string } {
  if (place === undefined) return {};
  return { next: Buffer.from(JSON.stringify(place)).toString("base64url") };
}

function placeOf(cursor: string, parts: number): readonly string[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const isPlace = Array.isArray(place) && place.every((part) => typeof part === "string");
    if (isPlace && place.length === parts) return place;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Problem("QueryInvalid", { issues: [{ path: "/after", message: "is no cursor" }] });
}

/** What nobody said is left out. */
function shown(api: Api, count: Omit<DeviationCount, "station">) {
  const { code, vendor, model: name, firmwareVersion, ...rest } = count;
  const known = { vendor, model: name, firmwareVersion };
  return {
    code,
    ...meaningOf(api, code),
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== "")),
    count: rest.count,
    firstAt: rest.firstAt,
    lastAt: rest.lastAt,
  };
}

function meaningOf({ deviationMeanings = {} }: Api, code: string) {
  const known = Object.hasOwn(deviationMeanings, code) ? deviationMeanings[code] : undefined;
  return known === undefined ? {} : { meaning: known.meaning, row: known.source };
}

const Profile = Type.Object({
  name: Type.String(),
  match: Type.Record(Type.String(), Type.Unknown()),
  quirks: Type.Record(Type.String(), Type.Unknown()),
  rows: Type.Optional(Type.Array(Type.String())),
  sources: Type.Optional(Type.Array(Type.String())),
});

function quirkRoute(api: Api): AnyRoute {
  const Quirks = Type.Object({
    strict: Type.Boolean({ description: "nothing is mended and no quirk counts" }),
    inForce: Type.Record(Type.String(), Type.Unknown()),
    profiles: Type.Array(Type.String(), { description: "that fit its model, the widest first" }),
    own: Type.Record(Type.String(), Type.Unknown(), { description: "set by SetQuirks" }),
  });
  return route({
    method: "GET",
    path: `${station}/quirks`,
    summary: "Shows what is different about a station, and who says so",
    params: stationParams,
    answers: { 200: Quirks },
    handle: async ({ params }) => {
      const { state } = await stationOf(api, params.stationId);
      const known = api.quirks?.of(state) ?? { strict: state.strict, inForce: {}, profiles: [] };
      return { body: { ...known, own: state.quirks ?? {} } };
    },
  });
}

function profileRoute(api: Api): AnyRoute {
  return route({
    method: "GET",
    path: "/api/v1/quirk-profiles",
    summary: "Lists the quirk profiles in use: Motown's, then the operator's own",
    answers: { 200: pageOf(Profile) as TSchema },
    handle: async () => ({ body: { items: api.quirks?.profiles ?? [] } }),
  });
}
