import { type Static, type TSchema, Type } from "@sinclair/typebox";
import {
  Availability,
  type EventDataOf,
  OpeningTime,
  oneOf,
  Place,
  type StationKey,
  Status,
  stationTypeKey,
} from "#core";
import {
  flag,
  flagOf,
  foldedText,
  hidden,
  instant,
  integer,
  json,
  optional,
  type RowOf,
  real,
  text,
} from "../columns.ts";
import { defineTable, defineView, type ViewEvent } from "../view.ts";

const State = {
  ...oneOf("waiting", "unaccepted", "unconfigured", "operational", "decommissioned"),
  description:
    "waiting: never accepted; unaccepted: accepted once; unconfigured: accepted, its EVSEs unknown",
};
type StationWord = (typeof State)["static"];
const EvseStatus = { ...Status, description: "Stations that have an EVSE of this status." };

const StationType = Type.Object({
  vendor: Type.String(),
  model: Type.String(),
  revision: Type.Integer(),
});

const columns = {
  station: hidden(text()),
  stationId: text(Type.String({ description: "Identity as the station first spelled it." })),
  state: text(State),
  accepted: flag(),
  configured: flag(),
  inferred: flag("The configuration was guessed from what the station said."),
  decommissioned: flag(),
  admitted: hidden(flag()),
  hasBooted: flag("It has said at least once who it is."),
  vendor: optional(text()),
  model: optional(text()),
  serialNumber: optional(text()),
  firmwareVersion: optional(text()),
  protocol: optional(text()),
  defaultProtocol: optional(
    text(Type.String({ description: "Spoken where its handshake names none that Motown speaks." })),
  ),
  lastBootAt: optional(instant()),
  lastBoot: optional(json(anything("What the station said of itself at its last boot."), null)),
  stationType: optional(json(StationType, null)),
  reconfigurationOffered: flag(),
  offeredStationType: optional(json(StationType, null)),
  availability: text(Availability),
  scheduledAvailability: optional(text(Availability)),
  status: text(Status),
  statusAt: optional(instant()),
  errorCode: optional(text()),
  statusDetail: optional(json(anything(), null)),
  evseCount: integer(),
  openTransactions: integer(),
  transactionCount: integer(),
  reservable: flag(),
  strict: flag("Refuses what a certification would refuse, instead of mending it."),
  quirks: optional(json(anything("Its own, beyond the quirk profiles of its model."), null)),
  place: optional(json(Place, null)),
  located: flag("It is known where it stands: its place has coordinates."),
  latitude: optional(real(Type.Number({ description: "Of its place, to narrow a list by." }))),
  longitude: optional(real(Type.Number({ description: "Of its place, to narrow a list by." }))),
  city: hidden(optional(text())),
  openingTimes: json(Type.Array(OpeningTime), []),
  permissions: json(Type.Record(Type.String(), Type.Array(Type.String())), {}),
  authorizationProviders: optional(json(Type.Array(Type.String()), null)),
  authorizationListVersion: optional(integer()),
  rebootRequired: flag("A changed setting waits for the next boot."),
  createdAt: instant(),
  acceptedAt: optional(instant()),
  firstAcceptedAt: optional(instant()),
  /** By somebody or something that knew; a guess does not count. */
  firstConfiguredAt: optional(instant()),
  typeKey: optional(text(Type.String({ description: "Vendor and model, folded for comparison." }))),
  passwordSetAt: optional(instant()),
  searchText: hidden(text()),
};

/** What tells stations apart has indexes; what most of them share is looked through. */
const telling = [
  "typeKey",
  "model",
  "vendor",
  "firmwareVersion",
  "status",
  "state",
  "protocol",
] as const;

/** One row per station. */
export const chargingStationsTable = defineTable({
  name: "chargingStations",
  columns,
  key: ["station"],
  indexes: telling.flatMap((column) => [
    [column, "stationId"] as const,
    [column, "createdAt"] as const,
  ]),
});

type Row = RowOf<typeof columns>;

/** A station as it stands: who it is, whether it is served, what it is set to. */
export const chargingStations = defineView({
  name: "chargingStations",
  version: 5,
  table: chargingStationsTable,
  list: {
    filters: [
      "state",
      "accepted",
      "configured",
      "inferred",
      "decommissioned",
      "vendor",
      "model",
      "typeKey",
      "firmwareVersion",
      "protocol",
      "status",
      "reservable",
      "strict",
      "rebootRequired",
      "reconfigurationOffered",
      "hasBooted",
      "located",
    ],
    ranges: ["latitude", "longitude"],
    search: ["stationId", "vendor", "model", "serialNumber", "city"],
    searchIn: { text: "searchText" },
    related: {
      evseStatus: { table: "evses", column: "status", where: { whole: 0 }, schema: EvseStatus },
    },
    orders: ["stationId", "-stationId", "createdAt", "-createdAt"],
  },
  on: {
    ChargingStationCreated: (_row, event) => created(event),
    ChargingStationAccepted: (row, { meta }) =>
      row &&
      stated({
        ...row,
        accepted: 1,
        admitted: 1,
        acceptedAt: meta.recordedAt,
        firstAcceptedAt: row.firstAcceptedAt ?? meta.recordedAt,
      }),
    ChargingStationUnaccepted: (row) => row && stated({ ...row, accepted: 0 }),
    ChargingStationDecommissioned: (row) => row && stated({ ...row, decommissioned: 1 }),
    ChargingStationRecommissioned: (row) => row && stated({ ...row, decommissioned: 0 }),
    ConfiguredChargingStationBooted: (row, { data }) => row && booted(row, data),
    UnconfiguredChargingStationBooted: (row, { data }) => row && booted(row, data),
    ChargingStationConfigured: (row, { data, meta }) =>
      row &&
      configured({
        ...row,
        configured: 1,
        firstConfiguredAt: row.firstConfiguredAt ?? (data.inferred ? null : meta.recordedAt),
        inferred: flagOf(data.inferred),
        evseCount: data.evses.length,
        ...typed(row, data.stationType),
        reconfigurationOffered: 0,
        offeredStationType: null,
      }),
    EvseInferred: (row) => row && { ...row, evseCount: row.evseCount + 1 },
    ReconfigurationOffered: (row, { data }) =>
      row && {
        ...row,
        reconfigurationOffered: 1,
        offeredStationType: textOf(data.stationType),
      },
    ReconfigurationRequested: (row) =>
      row && { ...row, reconfigurationOffered: 0, offeredStationType: null },
    StatusReported: (row, { data }) =>
      data.target.of === "station" ? row && reported(row, data) : row,
    AvailabilityChanged: (row, { data }) =>
      data.target.of === "station"
        ? row && { ...row, availability: data.availability, scheduledAvailability: null }
        : row,
    AvailabilityScheduled: (row, { data }) =>
      data.target.of === "station"
        ? row && { ...row, scheduledAvailability: data.availability }
        : row,
    TransactionOpened: (row) =>
      row && {
        ...row,
        openTransactions: row.openTransactions + 1,
        transactionCount: row.transactionCount + 1,
      },
    TransactionClosed: (row) =>
      row && { ...row, openTransactions: Math.max(row.openTransactions - 1, 0) },
    ChargingStationMadeReservable: (row) => row && { ...row, reservable: 1 },
    ChargingStationMadeNotReservable: (row) => row && { ...row, reservable: 0 },
    ChargingStationPlaced: (row, { data }) => row && placed(row, data),
    ChargingStationLocationImproved: (row, { data }) => row && placed(row, data),
    ChargingStationMoved: (row, { data }) => row && placed(row, data),
    ChargingStationOpeningTimesSet: (row, { data }) =>
      row && { ...row, openingTimes: JSON.stringify(data.openingTimes) },
    ChargingStationOpeningTimesAdded: (row, { data }) =>
      row && {
        ...row,
        openingTimes: JSON.stringify([...JSON.parse(row.openingTimes), ...data.openingTimes]),
      },
    PermissionGranted: (row, { data }) =>
      row && permitted(row, data.user, (held) => [...new Set([...held, data.permission])]),
    PermissionRevoked: (row, { data }) =>
      row && permitted(row, data.user, (held) => held.filter((one) => one !== data.permission)),
    AuthorizationProvidersSet: (row, { data }) =>
      row && {
        ...row,
        authorizationProviders: data.providers.length > 0 ? JSON.stringify(data.providers) : null,
      },
    AuthorizationListVersionReceived: (row, { data }) =>
      row && { ...row, authorizationListVersion: data.listVersion },
    AuthorizationListChanged: (row, { data }) =>
      row && { ...row, authorizationListVersion: data.listVersion },
    ConfigurationItemChanged: (row, { data }) =>
      row && data.rebootRequired ? { ...row, rebootRequired: 1 } : row,
    StrictnessSet: (row, { data }) => row && { ...row, strict: flagOf(data.strict) },
    QuirksSet: (row, { data }) => {
      const own = Object.keys(data.quirks).length > 0;
      return row && { ...row, quirks: own ? JSON.stringify(data.quirks) : null };
    },
    DefaultProtocolSet: (row, { data }) =>
      row && { ...row, defaultProtocol: data.protocol ?? null },
    StationPasswordSet: (row, { meta }) => row && { ...row, passwordSetAt: meta.recordedAt },
  },
});

function created({ key, data, meta }: ViewEvent<"ChargingStationCreated">): Row {
  const permissions = data.administrators.map((user) => [user, ["AllPermissions"]]);
  return searchable({
    ...chargingStationsTable.empty,
    station: key satisfies StationKey,
    stationId: data.stationId,
    state: "waiting",
    availability: "operative",
    status: "unknown",
    permissions: JSON.stringify(Object.fromEntries(permissions)),
    createdAt: meta.recordedAt,
  });
}

/** What `search` looks into, kept beside it. */
function searchable(row: Row): Row {
  const { stationId, vendor, model, serialNumber, city } = row;
  return { ...row, searchText: foldedText([stationId, vendor, model, serialNumber, city]) };
}

function stated(row: Row): Row {
  return { ...row, state: wordOf(row) };
}

function configured(row: Row): Row {
  return searchable(stated(row));
}

function wordOf(row: Row): StationWord {
  if (row.decommissioned === 1) return "decommissioned";
  if (row.accepted === 0) return row.admitted === 1 ? "unaccepted" : "waiting";
  return row.configured === 1 ? "operational" : "unconfigured";
}

function booted(row: Row, boot: EventDataOf<"ConfiguredChargingStationBooted">): Row {
  return searchable({
    ...row,
    hasBooted: 1,
    protocol: boot.protocol,
    vendor: boot.vendor ?? null,
    model: boot.model ?? null,
    typeKey: typeKeyOf(boot),
    serialNumber: boot.serialNumber ?? null,
    firmwareVersion: boot.firmwareVersion ?? null,
    lastBootAt: boot.at,
    lastBoot: JSON.stringify(boot),
    rebootRequired: 0,
  });
}

function typeKeyOf(boot: { readonly vendor?: string; readonly model?: string }): string | null {
  const { vendor, model } = boot;
  return vendor === undefined || model === undefined ? null : stationTypeKey(vendor, model);
}

function reported(row: Row, data: EventDataOf<"StatusReported">): Row {
  const { target: _station, status, statusAt, errorCode, at, ...detail } = data;
  return {
    ...row,
    status,
    statusAt: statusAt ?? at,
    errorCode: errorCode ?? null,
    statusDetail: Object.keys(detail).length > 0 ? JSON.stringify(detail) : null,
  };
}

function placed(row: Row, place: Place): Row {
  const { city = null } = place.address ?? {};
  const { latitude = null, longitude = null } = place.coordinates ?? {};
  const located = flagOf(latitude !== null);
  return searchable({
    ...row,
    place: JSON.stringify(place),
    ...{ city, located, latitude, longitude },
  });
}

function permitted(
  row: Row,
  user: string,
  change: (held: readonly string[]) => readonly string[],
): Row {
  // A user's name comes from outside: `constructor` must find nothing.
  const held = new Map<string, string[]>(Object.entries(JSON.parse(row.permissions)));
  const now = change(held.get(user) ?? []);
  held.delete(user);
  if (now.length > 0) held.set(user, [...now]);
  return { ...row, permissions: JSON.stringify(Object.fromEntries(held)) };
}

/** Before its first boot a station is of the type that it was registered with. */
function typed(row: Row, type: Static<typeof StationType> | undefined): Partial<Row> {
  const stationType = textOf(type);
  if (type === undefined || row.lastBootAt !== null) return { stationType };
  const { vendor, model } = type;
  return { stationType, vendor, model, typeKey: stationTypeKey(vendor, model) };
}

function textOf(value: Static<typeof StationType> | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function anything(description?: string): TSchema {
  const about = description === undefined ? {} : { description };
  return Type.Record(Type.String(), Type.Unknown(), about);
}
