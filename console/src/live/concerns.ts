// What makes an answer old. One row per operation that looks; the compiler asks for each.
import type { Look } from "../api/call.ts";

/** Kinds of things that the server tells of; see `GET /api/v1/changes`. */
export type Kind =
  | "charging-station"
  | "transaction"
  | "meter"
  | "token"
  | "station-type"
  | "user"
  | "api-key"
  | "audit"
  | "add-on";

/** Kinds whose change makes an answer of the operation old; none: no event tells of it. */
export const concerns = {
  getAddOns: ["add-on"],
  getApiKeys: ["api-key"],
  getChanges: [],
  getChargingStations: ["charging-station"],
  getChargingStationsByStationId: ["charging-station"],
  getChargingStationsByStationIdAllowed: ["charging-station", "user"],
  getChargingStationsByStationIdAuthorizationList: ["charging-station", "token"],
  getChargingStationsByStationIdChargingProfiles: ["charging-station"],
  getChargingStationsByStationIdCompositeSchedules: ["charging-station"],
  getChargingStationsByStationIdConfiguration: ["charging-station"],
  getChargingStationsByStationIdDeviations: ["charging-station"],
  getChargingStationsByStationIdDiagnosticsJobs: ["charging-station"],
  getChargingStationsByStationIdEvents: ["charging-station", "transaction", "meter"],
  getChargingStationsByStationIdEvses: ["charging-station"],
  getChargingStationsByStationIdFirmwareJobs: ["charging-station"],
  getChargingStationsByStationIdMessages: ["charging-station", "transaction", "meter"],
  getChargingStationsByStationIdQuirks: ["charging-station"],
  getChargingStationsByStationIdRequests: ["charging-station"],
  getChargingStationsByStationIdRequestsByRequestId: ["charging-station"],
  getChargingStationsByStationIdReservations: ["charging-station"],
  getChargingStationsByStationIdTransactions: ["transaction"],
  getCluster: [],
  getConsole: [],
  getConnectionAttempts: [],
  getDeadlines: ["charging-station"],
  getDeviations: ["charging-station"],
  getEvents: ["charging-station", "transaction"],
  getEvses: ["charging-station"],
  getInstalledAddOns: ["add-on"],
  getLimits: [],
  getLivez: [],
  getMe: ["user"],
  getMessages: [],
  getMetrics: [],
  getModelDeviations: ["charging-station"],
  getOcpp: [],
  getOcppByProtocolActions: [],
  getOcppByProtocolActionsByAction: [],
  getOverview: ["charging-station", "transaction", "add-on", "station-type"],
  getPermissions: [],
  getQuirkProfiles: [],
  getReadyz: [],
  getRefusals: ["audit"],
  getRequests: ["charging-station"],
  getReservations: ["charging-station"],
  getReservationsByReservationId: ["charging-station"],
  getSession: ["user"],
  getStationPermissions: ["charging-station"],
  getStationTypes: ["station-type", "charging-station"],
  getStationTypesByVendorByModel: ["station-type", "charging-station"],
  // What they charge now is counted with them.
  getTokens: ["token", "transaction"],
  getTokensByUid: ["token", "transaction"],
  getTokensByUidEvents: ["token"],
  getTransactions: ["transaction"],
  getTransactionsByTransactionId: ["transaction"],
  getTransactionsByTransactionIdEvents: ["charging-station", "transaction"],
  getTransactionsByTransactionIdMessages: ["charging-station", "transaction"],
  getTransactionsByTransactionIdMeterValues: ["transaction"],
  getTransactionsCsv: [],
  getUnknownTypes: ["charging-station", "station-type"],
  getUsers: ["user"],
} as const satisfies Record<Look, readonly Kind[]>;

/** What the server says of what has changed. */
export interface Changes {
  readonly all?: true | undefined;
  /** Ids of stations by kind; `null`: of many, or of none. */
  readonly changed: Readonly<Record<string, readonly string[] | null>>;
}

/** Whether an answer is old, by the key under which it is kept, or what it says itself. */
export function isOld(
  key: readonly unknown[],
  { all, changed }: Changes,
  answer?: unknown,
): boolean {
  const [operation, asked] = key;
  const kinds: readonly Kind[] | undefined = concerns[operation as Look];
  if (kinds === undefined || kinds.length === 0) return false;
  if (all === true) return true;
  const station = stationOf(asked) ?? stationIn(answer);
  return kinds.some((kind) => {
    if (!Object.hasOwn(changed, kind)) return false;
    const ids = changed[kind];
    return ids === null || ids === undefined || station === undefined || ids.some(isSame(station));
  });
}

/** The station that a question is about, if it is about one. */
function stationOf(asked: unknown): string | undefined {
  const { params, query, about } = asked as {
    readonly params?: { readonly stationId?: string };
    readonly query?: { readonly stationId?: string };
    readonly about?: { readonly stationId?: string };
  };
  return params?.stationId ?? query?.stationId ?? about?.stationId;
}

/** The station that an answer is about: a session's, for example, which is asked by its own id. */
function stationIn(answer: unknown): string | undefined {
  const { stationId } = (answer ?? {}) as { readonly stationId?: unknown };
  return typeof stationId === "string" ? stationId : undefined;
}

/** Identities of stations are the same in large and small letters. */
function isSame(station: string): (other: string) => boolean {
  const wanted = station.normalize("NFC").toLowerCase();
  return (other) => other.normalize("NFC").toLowerCase() === wanted;
}
