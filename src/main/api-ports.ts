import { type EventStore, StoreUnavailable } from "#bus";
import {
  createCallCatalogue,
  createCallRules,
  deviationMeanings,
  type Gateway,
  QuirksSchema,
  type Rpc,
  versions,
} from "#ocpp";
import type { ApiParts } from "#operator-api";
import type { ViewsHealth } from "#views";
import version from "../../package.json" with { type: "json" };
import { consoleFolder } from "./console-folder.ts";
import type { HouseViews } from "./views/house-views.ts";

interface Sources {
  readonly stores: { readonly events: EventStore };
  readonly views: HouseViews;
  readonly rpc: Rpc;
  readonly life: { readonly isDraining: boolean };
  /** The gateway is made after the API, whose server it attaches to. */
  readonly gatewayOf: () => Gateway | undefined;
}

type Ports = Pick<
  ApiParts,
  | "attempts"
  | "callCatalogue"
  | "callRules"
  | "checks"
  | "connections"
  | "consoleFolder"
  | "deviationMeanings"
  | "figures"
  | "protocols"
  | "quirks"
  | "version"
  | "viewAdministration"
>;

/** What the API may know of rooms that it does not import. */
export function apiPortsOf({ stores, views, rpc, life, gatewayOf }: Sources): Ports {
  return {
    version: version.version,
    consoleFolder,
    callRules: createCallRules(versions),
    callCatalogue: createCallCatalogue(versions),
    protocols: versions.map(({ protocol }) => protocol),
    deviationMeanings,
    quirks: quirksOf(rpc),
    viewAdministration: { rebuild: () => views.rebuild() },
    connections: {
      of: async (keys) => {
        const rows = await stores.events.connections(keys);
        const byStation = new Map(rows.map((row) => [row.station, row]));
        const connections = gatewayOf()?.connections;
        const away = keys.filter((key) => connections?.of(key) === undefined);
        const elsewhere = new Map(
          (await connections?.elsewhere(away))?.map((held) => [held.station, held]),
        );
        return keys.map((key) => {
          const live = connections?.of(key) ?? elsewhere.get(key);
          const row = byStation.get(key);
          if (live !== undefined) return { ...live, connected: true, connectedAt: live.since };
          if (row === undefined) return undefined;
          return { ...row, connected: false, disconnectedAt: row.disconnectedAt ?? row.lastSeenAt };
        });
      },
    },
    attempts: {
      list: () =>
        (gatewayOf()?.attempts.list() ?? []).map(({ url, path, ...attempt }) => ({
          ...attempt,
          url: path,
          workingUrl: url,
        })),
    },
    checks: {
      node: () => (life.isDraining ? { ok: false, reason: "it is being stopped" } : { ok: true }),
      store: () => stores.events.health(),
      views: async () => {
        const health = await views.health().catch(gone);
        const reason = health.fault?.reason ?? health.trouble;
        return reason === undefined ? { ok: health.ok } : { ok: health.ok, reason };
      },
    },
    figures: { ...figuresOf(rpc), ...socketFigures(gatewayOf) },
  };
}

/** What a station is served by, for whoever wonders. */
function quirksOf(rpc: Rpc): NonNullable<ApiParts["quirks"]> {
  const { quirks } = rpc;
  return {
    shape: QuirksSchema,
    profiles: quirks.profiles,
    of: (state) => ({
      strict: rpc.isStrict(state),
      inForce: rpc.isStrict(state) ? {} : quirks.of(state),
      profiles: quirks.profilesOf(state).map(({ name }) => name),
    }),
  };
}

/** Their thread is gone: not ready, and nothing that a check may fail on. */
function gone(error: unknown): Pick<ViewsHealth, "ok" | "fault" | "trouble"> {
  if (error instanceof StoreUnavailable) return { ok: false, trouble: error.reason };
  return { ok: false, trouble: error instanceof Error ? error.message : String(error) };
}

function socketFigures(gatewayOf: Sources["gatewayOf"]): NonNullable<ApiParts["figures"]> {
  return {
    sockets: {
      help: "Open sockets, of stations and others",
      kind: "gauge",
      read: () => gatewayOf()?.arrivals.sockets ?? 0,
    },
    sockets_unfinished: {
      help: "Sockets that have said nothing whole yet",
      kind: "gauge",
      read: () => gatewayOf()?.arrivals.unfinished ?? 0,
    },
    stations_taken_over: {
      help: "Stations that came here from another node, which had not seen them go",
      kind: "counter",
      read: () => gatewayOf()?.connections.takenOver ?? 0,
    },
    sockets_turned_out: {
      help: "Sockets that were closed to make room for others",
      kind: "counter",
      read: () => gatewayOf()?.arrivals.turnedOut ?? 0,
    },
  };
}

function figuresOf(rpc: Rpc): NonNullable<ApiParts["figures"]> {
  const counter = (help: string, read: () => number) => ({ help, kind: "counter", read }) as const;
  const { counts } = rpc;
  return {
    stations_connected: {
      help: "Stations that are connected",
      kind: "gauge",
      read: () => rpc.size,
    },
    calls_from_stations: counter("Calls of stations", () => counts.callsFromStations),
    call_errors_to_stations: counter(
      "Calls answered with an error",
      () => counts.callErrorsToStations,
    ),
    calls_unanswered: counter(
      "Calls of stations left unanswered, since nothing could be committed",
      () => counts.callsUnanswered,
    ),
    calls_repeated: counter("Calls that were met before", () => counts.repeats),
    frames_ignored: counter("Frames that could not be answered", () => counts.framesIgnored),
    calls_to_stations: counter("Calls to stations", () => counts.callsToStations),
    calls_timed_out: counter("Calls that no station answered in time", () => counts.callsTimedOut),
    late_answers: counter("Answers of stations after their time", () => counts.lateAnswers),
    sockets_replaced: {
      help: "Sockets that ended since their station came anew, by where it came to",
      kind: "counter",
      label: "by",
      read: () => ({ this_node: counts.replacedHere, another_node: counts.replacedElsewhere }),
    },
    units_fenced: counter(
      "Units that the log refused, since their station has a newer connection",
      () => counts.fenced,
    ),
  };
}
