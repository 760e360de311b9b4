import { type Static, Type } from "@sinclair/typebox";
import { bounds } from "../bounds.ts";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { present } from "../kernel/present.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, Instant, shortText } from "../values/common.ts";
import { type Connector, Evse, listedTwice } from "../values/evse.ts";
import {
  asAddOn,
  asOperator,
  type EvseState,
  fromAnybodyNew,
  fromStation,
  type StationState,
} from "./state.ts";

/** What a station says of itself at a boot. Texts are kept as sent, cut to what a log can bear. */
export const bootFields = {
  at: Instant,
  protocol: shortText(20),
  vendor: Type.Optional(shortText()),
  model: Type.Optional(shortText()),
  serialNumber: Type.Optional(shortText()),
  boxSerialNumber: Type.Optional(shortText()),
  firmwareVersion: Type.Optional(shortText()),
  iccid: Type.Optional(shortText()),
  imsi: Type.Optional(shortText()),
  meterType: Type.Optional(shortText()),
  meterSerialNumber: Type.Optional(shortText()),
  reason: Type.Optional(shortText()),
};
const Boot = closed(bootFields);
type Boot = Static<typeof Boot>;

const StationType = closed({ vendor: shortText(), model: shortText(), revision: Type.Integer() });

const configuration = {
  evses: Type.Array(Evse, { maxItems: bounds.evses }),
  /** The type and its revision that this came from; absent where an operator wrote it by hand. */
  stationType: Type.Optional(StationType),
};

const event = eventRows<StationState>();

function booted(
  state: StationState,
  boot: { protocol: string; at: string } & Partial<StationState>,
) {
  return {
    ...state,
    bootedAt: boot.at,
    protocol: boot.protocol,
    vendor: boot.vendor,
    model: boot.model,
    firmwareVersion: boot.firmwareVersion,
    rebootRequiredBy: [],
    // Another firmware has deviations of its own.
    knownDeviations: boot.firmwareVersion === state.firmwareVersion ? state.knownDeviations : [],
  };
}

/** Instants of the same minute share so many characters, those of the same ten minutes one less. */
const minute = "2026-05-04T10:30".length;

/**
 * Whoever was not let in must not fill the log by booting: the same boot counts once in ten
 * minutes, one that says something else once in a minute.
 */
function isKnocking(station: StationState, boot: Boot): boolean {
  if (station.accepted || station.bootedAt === undefined) return false;
  const isSame =
    boot.vendor === station.vendor &&
    boot.model === station.model &&
    boot.firmwareVersion === station.firmwareVersion;
  const shared = isSame ? minute - 1 : minute;
  return station.bootedAt.slice(0, shared) === boot.at.slice(0, shared);
}

const events = {
  ChargingStationCreated: event(
    closed({
      stationId: Type.String({ minLength: 1, maxLength: 255 }),
      /** Users with every permission on this station from the start. */
      administrators: Type.Array(Type.String()),
      /** Transaction numbers are counted from here, so that a former CSMS's do not collide. */
      transactionNumberBase: Type.Integer({ minimum: 0, maximum: 2 ** 30 }),
    }),
    (state, data) => ({
      ...state,
      exists: true,
      stationId: data.stationId,
      transactionNumberBase: data.transactionNumberBase,
      permissions: Object.fromEntries(
        data.administrators.map((user) => [user, ["AllPermissions"]]),
      ),
    }),
  ),
  ChargingStationAccepted: event(closed({}), (state) => ({
    ...state,
    accepted: true,
    admitted: true,
  })),
  ChargingStationUnaccepted: event(closed({ reason: Type.Optional(shortText()) }), (state) => ({
    ...state,
    accepted: false,
  })),
  ChargingStationDecommissioned: event(closed({ reason: Type.Optional(shortText()) }), (state) => ({
    ...state,
    decommissioned: true,
  })),
  ChargingStationRecommissioned: event(closed({}), (state) => ({
    ...state,
    decommissioned: false,
  })),
  ConfiguredChargingStationBooted: event(Boot, booted),
  UnconfiguredChargingStationBooted: event(Boot, booted),
  ChargingStationConfigured: event(
    closed({ ...configuration, inferred: Type.Boolean() }),
    (state, data) => ({
      ...state,
      configured: true,
      inferred: data.inferred,
      reconfigurationOffered: false,
      evses: data.evses.map((evse) => configuredEvse(state, evse)),
    }),
  ),
  /** A station with an inferred configuration named an EVSE that was not in it. */
  EvseInferred: event(closed({ evse: Evse }), (state, data) => ({
    ...state,
    evses: [...state.evses, configuredEvse(state, data.evse)],
  })),
  ReconfigurationOffered: event(closed({ stationType: StationType }), (state) => ({
    ...state,
    reconfigurationOffered: true,
  })),
  ReconfigurationRequested: event(
    closed({ vendor: Type.Optional(shortText()), model: Type.Optional(shortText()) }),
    (state) => ({ ...state, reconfigurationOffered: false }),
  ),
};

const command = commandRows<StationState, typeof events>();

const commands = {
  CreateChargingStation: command({
    data: events.ChargingStationCreated.data,
    guards: fromAnybodyNew,
    decide: (data) => [{ type: "ChargingStationCreated", data }],
  }),
  AcceptChargingStation: command({
    data: closed({}),
    guards: asOperator,
    decide: (_data, station) => {
      if (station.decommissioned) return reject("StationDecommissioned");
      return station.accepted
        ? reject("StationAlreadyAccepted")
        : [{ type: "ChargingStationAccepted", data: {} }];
    },
  }),
  /**
   * Under the policy `accept`: a station that nobody has judged yet is accepted at its boot. One
   * that was un-accepted or decommissioned stays what a person made it.
   */
  AdmitChargingStation: command({
    data: closed({}),
    guards: fromStation,
    decide: (_data, station) =>
      station.admitted || station.decommissioned
        ? []
        : [{ type: "ChargingStationAccepted", data: {} }],
  }),
  UnacceptChargingStation: command({
    data: events.ChargingStationUnaccepted.data,
    guards: asOperator,
    decide: (data, station) =>
      station.accepted
        ? [{ type: "ChargingStationUnaccepted", data }]
        : reject("StationNotAccepted"),
  }),
  DecommissionChargingStation: command({
    data: events.ChargingStationDecommissioned.data,
    guards: asOperator,
    decide: (data, station) => {
      if (station.decommissioned) return reject("StationDecommissioned");
      if (station.openTransactions.length > 0) return reject("StationHasOpenTransactions");
      return [{ type: "ChargingStationDecommissioned", data }];
    },
  }),
  RecommissionChargingStation: command({
    data: closed({}),
    guards: asOperator,
    decide: (_data, station) =>
      station.decommissioned
        ? [{ type: "ChargingStationRecommissioned", data: {} }]
        : reject("StationNotDecommissioned"),
  }),
  /** A guessed configuration is none that anybody gave: the catalogue is asked again. */
  RecordBoot: command({
    data: Boot,
    guards: fromStation,
    decide: (data, station) => {
      if (isKnocking(station, data)) return [];
      return [
        station.configured && !station.inferred
          ? { type: "ConfiguredChargingStationBooted", data }
          : { type: "UnconfiguredChargingStationBooted", data },
      ];
    },
  }),
  ConfigureChargingStation: command({
    data: closed(configuration),
    guards: asAddOn,
    decide: (data) => {
      if (data.evses.length === 0) return reject("EvsesMissing");
      const twice = listedTwice(data.evses);
      if (twice !== undefined) return reject(twice);
      return [{ type: "ChargingStationConfigured", data: { ...data, inferred: false } }];
    },
  }),
  /** Under the policy `accept`: one EVSE is assumed until somebody knows better. */
  ConfigureProvisionally: command({
    data: closed({}),
    guards: fromStation,
    decide: (_data, station) =>
      station.configured
        ? []
        : [
            {
              type: "ChargingStationConfigured",
              data: { evses: [assumedEvse(1)], inferred: true },
            },
          ],
  }),
  /** What a status or a start says about EVSEs; only an inferred configuration learns from it. */
  RecordEvseSeen: command({
    data: closed({ evseId: Type.Integer({ minimum: 1 }) }),
    guards: fromStation,
    decide: (data, station) => {
      const known = station.evses.some((evse) => evse.evseId === data.evseId);
      if (known || !station.inferred || station.evses.length >= bounds.evses) return [];
      return [{ type: "EvseInferred", data: { evse: assumedEvse(data.evseId) } }];
    },
  }),
  OfferReconfiguration: command({
    data: events.ReconfigurationOffered.data,
    guards: asAddOn,
    decide: (data, station) =>
      station.reconfigurationOffered ? [] : [{ type: "ReconfigurationOffered", data }],
  }),
  ReconfigureChargingStation: command({
    data: closed({}),
    guards: asOperator,
    decide: (_data, station) => {
      if (!station.reconfigurationOffered) return reject("StationNotOffered");
      const { vendor, model } = station;
      return [{ type: "ReconfigurationRequested", data: present({ vendor, model }) }];
    },
  }),
};

function assumedEvse(evseId: number): Evse {
  return { evseId, connectors: [{ connectorId: 1, type: "unknown" }] };
}

/** A configured EVSE keeps what is known of its namesake: a new list of plugs changes no status. */
function configuredEvse(state: StationState, { evseId, connectors }: Evse): EvseState {
  const before = state.evses.find((known) => known.evseId === evseId);
  const plugs = connectors.map(plugOf);
  return before === undefined
    ? { evseId, connectors: plugs, availability: state.availability, status: "unknown" }
    : { ...before, connectors: plugs };
}

/** What is decided by; volts and amperes are for views. */
function plugOf({ connectorId, ocpp1ConnectorId, type }: Connector): Connector {
  return present({ connectorId, ocpp1ConnectorId, type });
}

/** Creation, admission, configuration, boot: how a stranger becomes a station of ours. */
export const registration = { commands, events };
