// The station-configuration add-on: gives a station the EVSEs of its type, found by vendor and
// model in the catalogue without regard to case, and the type's configuration keys at its first
// acceptance.
import { type AddOn, type AddOnContext, defineAddOn, type ViewItem } from "#bus";
import {
  type EventEnvelope,
  type Evse,
  stationKey,
  stationTypeKey,
  streams,
  toChargingStation,
} from "#core";

/** A type as the view of station types shows it. */
interface StationType {
  readonly vendor: string;
  readonly model: string;
  readonly revision: number;
  readonly evses: Evse[];
  readonly configuration?: Readonly<Record<string, string>>;
}

const stationsPerType = 100_000;
/** A station that is not connected gets its keys when it comes, if it comes within this time. */
const keysValidDays = 30;

export function stationConfiguration(): AddOn {
  return defineAddOn({
    name: "station-configuration",
    grants: {
      events: [
        "UnconfiguredChargingStationBooted",
        "StationTypeDefined",
        "ReconfigurationRequested",
        "ChargingStationAccepted",
        "ChargingStationConfigured",
      ],
      commands: [
        "ConfigureChargingStation",
        "OfferReconfiguration",
        "RequestChangeConfigurationItem",
      ],
      queries: ["chargingStations", "stationTypes"],
      questions: [],
    },
    on: {
      UnconfiguredChargingStationBooted: (event, context) =>
        configureFromType(keyOf(event.stream), event.data, context),
      ReconfigurationRequested: (event, context) =>
        configureFromType(keyOf(event.stream), event.data, context),
      StationTypeDefined: (event, context) => configureAll(event.data, context),
      ChargingStationAccepted: applyKeys,
      ChargingStationConfigured: applyKeys,
    },
  });
}

interface Named {
  readonly vendor?: string;
  readonly model?: string;
}

function keyOf(stream: string): string {
  return stream.slice(streams.chargingStation("").length);
}

async function typeOf(named: Named, context: AddOnContext): Promise<StationType | undefined> {
  const { vendor, model } = named;
  if (vendor === undefined || model === undefined) return undefined;
  await context.caughtUp();
  const item = await context.get("stationTypes", [stationTypeKey(vendor, model)]);
  return item as unknown as StationType | undefined;
}

/** Nothing to do where the catalogue does not know the type: the view lists it for the operator. */
async function configureFromType(
  station: string,
  named: Named,
  context: AddOnContext,
): Promise<void> {
  const type = await typeOf(named, context);
  if (type !== undefined) await configure(station, type, context);
}

async function configure(station: string, type: StationType, context: AddOnContext): Promise<void> {
  const { vendor, model, revision, evses } = type;
  await context.dispatch(
    `configure ${station}`,
    toChargingStation(station, "ConfigureChargingStation", {
      evses,
      stationType: { vendor, model, revision },
    }),
  );
}

/** A new or changed type: stations without a configuration get it, the others are offered it. */
async function configureAll(type: StationType, context: AddOnContext): Promise<void> {
  await context.caughtUp();
  const key = stationTypeKey(type.vendor, type.model);
  const stations = await context.list("chargingStations", {
    filter: { typeKey: key },
    limit: stationsPerType,
  });
  for (const item of stations) await configureOrOffer(item, type, context);
}

async function configureOrOffer(
  item: ViewItem,
  type: StationType,
  context: AddOnContext,
): Promise<void> {
  const station = stationKey(String(item.stationId));
  if (item.configured !== true || item.inferred === true) {
    return configure(station, type, context);
  }
  const { vendor, model, revision } = type;
  await context.dispatch(
    `offer ${station}`,
    toChargingStation(station, "OfferReconfiguration", {
      stationType: { vendor, model, revision },
    }),
  );
}

/** The type's keys, once: when the station has become both accepted and configured. */
async function applyKeys(event: EventEnvelope, context: AddOnContext): Promise<void> {
  await context.caughtUp();
  const station = keyOf(event.stream);
  const item = await context.get("chargingStations", [station]);
  if (item?.accepted !== true || item.configured !== true) return;
  const accepted = String(item.firstAcceptedAt ?? "");
  const configured = String(item.firstConfiguredAt ?? "");
  // Accepted and configured in one commit: the acceptance does it.
  const last = configured > accepted ? "ChargingStationConfigured" : "ChargingStationAccepted";
  const at = configured > accepted ? configured : accepted;
  if (configured === "" || event.type !== last || event.meta.recordedAt !== at) return;
  const type = await typeOf(item as Named, context);
  for (const [key, value] of Object.entries(type?.configuration ?? {})) {
    await context.dispatch(`key ${station} ${key}`, keyRequest(station, { key, value }, context));
  }
}

function keyRequest(
  station: string,
  item: { readonly key: string; readonly value: string },
  context: AddOnContext,
) {
  const requestId = context.newId();
  return toChargingStation(station, "RequestChangeConfigurationItem", {
    ...item,
    requestId,
    correlationId: requestId,
    requestedAt: context.now,
    deadline: context.after(keysValidDays * 86_400_000),
    validUntil: context.after(keysValidDays * 86_400_000),
  });
}
