import { type TObject, Type } from "@sinclair/typebox";
import {
  bounds,
  type Command,
  chargingStation,
  closed,
  Evse,
  stationKey,
  stationTypeKey,
  toChargingStation,
} from "#core";
import type { Item } from "#views";
import { type Api, shownInViews } from "../api.ts";
import { sending } from "../commands/sending.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Call, type Resource, route } from "../http/route.ts";
import { pageOf, stationParams } from "../http/schemas.ts";
import { type Listing, listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";
import { passwordCredential } from "./station-password.ts";

const Connection = closed({
  connected: Type.Boolean(),
  protocol: Type.Optional(Type.String()),
  connectedAt: Type.Optional(Type.String()),
  disconnectedAt: Type.Optional(Type.String()),
  lastSeenAt: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
});
type ConnectionShown = (typeof Connection)["static"];

const text = Type.String({ minLength: 1, maxLength: 100 });

const Registration = closed({
  // Dots alone mean a folder in any address.
  stationId: Type.String({
    ...{ minLength: 1, maxLength: 255, pattern: "^(?!\\.{1,2}$)[^\\u0000-\\u001f/]+$" },
    "x-form": "without slashes, and not dots alone",
  }),
  accepted: Type.Optional(Type.Boolean({ description: "serve it from its first boot on" })),
  evses: Type.Optional(Type.Array(Evse, { minItems: 1, maxItems: bounds.evses })),
  vendor: Type.Optional(text),
  model: Type.Optional(text),
  password: Type.Optional(Type.String({ minLength: 16, maxLength: 40 })),
});
type Registration = (typeof Registration)["static"];

/** The stations: list, one, and its registration before its first boot. */
export function chargingStationResource(api: Api): Resource {
  const listing = listingOf(api, "chargingStations");
  const item = Type.Object({ ...listing.item.properties, connection: Connection });
  const routes = [
    route({
      method: "GET",
      path: "/api/v1/charging-stations",
      summary: "Lists stations",
      query: withConnected(listing.query),
      answers: { 200: pageOf(item) },
      handle: async ({ query: { connected, ...query } }) => {
        const stations =
          connected === undefined
            ? undefined
            : { keys: await api.connectedKeys(), isIn: connected === true };
        const page = await listing.list(query, {}, stations);
        return { body: { ...page, items: await withConnections(api, page.items) } };
      },
    }),
    route({
      method: "GET",
      path: "/api/v1/charging-stations/{stationId}",
      summary: "Shows a station",
      params: stationParams,
      answers: { 200: item },
      handle: async ({ params }) => ({ body: await oneStation(params.stationId) }),
    }),
    registration(),
  ];
  return { tag: "charging stations", description: "Stations and their state.", routes };

  async function oneStation(stationId: string): Promise<Item> {
    const found = await listing.get([stationKey(stationId)]);
    if (found === undefined) throw new Problem("StationNotFound", { detail: stationId });
    const [shown] = await withConnections(api, [found]);
    return shown ?? found;
  }

  function registration(): AnyRoute {
    return route({
      method: "POST",
      path: "/api/v1/charging-stations",
      summary: "Registers a station before its first boot",
      body: Registration,
      // Whoever makes it may do all of the rest with it.
      sends: [sending(chargingStation, "CreateChargingStation")],
      answers: { 201: item },
      handle: async (call) => {
        const { stationId } = call.body;
        const done = await executeOnce(api, {
          call,
          execution: await registrationOf(api, call),
          remember: () => stationId,
        });
        await shownInViews(api, done.cursor);
        const location = `/api/v1/charging-stations/${encodeURIComponent(stationId)}`;
        return { status: 201, headers: { location }, body: await oneStation(stationId) };
      },
    });
  }
}

/** Everything that the body says about the new station, as one unit. */
async function registrationOf(api: Api, { body, principal }: Call<unknown, unknown, Registration>) {
  const { stationId, accepted, password } = body;
  const key = stationKey(stationId);
  const { actor } = principal;
  const commands: Command[] = [
    toChargingStation(key, "CreateChargingStation", {
      stationId: stationId.normalize("NFC"),
      administrators: actor.authority.administrator ? [] : [actor.id],
      transactionNumberBase: 2 ** 20 + api.dice.below(2 ** 30 - 2 ** 20),
    }),
  ];
  const configuration = await configurationOf(api, body);
  if (configuration !== undefined) {
    commands.push(toChargingStation(key, "ConfigureChargingStation", configuration));
  }
  if (accepted === true) commands.push(toChargingStation(key, "AcceptChargingStation", {}));
  if (password === undefined) return { station: key, commands };
  commands.push(toChargingStation(key, "SetStationPassword", {}));
  return { station: key, commands, credentials: [passwordCredential(api, { key, password })] };
}

/** EVSEs as given, else those of the type that is named; a named type must be in the catalogue. */
async function configurationOf(api: Api, { evses, vendor, model }: Registration) {
  if (evses !== undefined) return { evses };
  if (vendor === undefined && model === undefined) return undefined;
  if (vendor === undefined || model === undefined) {
    const path = vendor === undefined ? "/vendor" : "/model";
    const issues = [{ path, message: "is needed: a type is named by vendor and model" }];
    throw new Problem("BodyInvalid", { issues });
  }
  const type = await api.queries.get("stationTypes", [stationTypeKey(vendor, model)]);
  if (type === undefined) throw new Problem("TypeNotFound", { detail: `${vendor} ${model}` });
  const { revision, evses: known } = type as { revision: number; evses: Evse[] } & Item;
  return { evses: known, stationType: { vendor, model, revision } };
}

/** The filters of the view, and one that no event tells of. */
function withConnected(query: Listing["query"]): Listing["query"] {
  const { properties } = query as unknown as TObject;
  const connected = Type.Optional(
    Type.Boolean({ description: "those that are connected now, or those that are not" }),
  );
  return closed({ ...properties, connected }) as unknown as Listing["query"];
}

async function withConnections(api: Api, items: readonly Item[]): Promise<readonly Item[]> {
  const keys = items.map(({ stationId }) => stationKey(String(stationId)));
  const connections = await api.connections.of(keys);
  return items.map((item, at) => ({
    ...item,
    connection: shown({ connected: false, ...connections[at] }),
  }));
}

/** What the document says and no more: whoever hands it in may know our own names of things. */
function shown(connection: Readonly<Partial<Record<string, unknown>>>): ConnectionShown {
  const names = Object.keys(Connection.properties).filter((name) => connection[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, connection[name]])) as ConnectionShown;
}
