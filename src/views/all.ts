import { addOnHealth } from "./office/add-on-health.ts";
import { apiKeys } from "./office/api-keys.ts";
import { refusals } from "./office/refusals.ts";
import { stationTypes } from "./office/station-types.ts";
import { tokens } from "./office/tokens.ts";
import { users } from "./office/users.ts";
import { authorizationLists } from "./station/authorization-lists.ts";
import { chargingProfiles } from "./station/charging-profiles.ts";
import { chargingStations } from "./station/charging-stations.ts";
import { compositeSchedules } from "./station/composite-schedules.ts";
import { configuration } from "./station/configuration.ts";
import { deadlines } from "./station/deadlines.ts";
import { deviations } from "./station/deviations.ts";
import { diagnosticsJobs } from "./station/diagnostics-jobs.ts";
import { evses } from "./station/evses.ts";
import { firmwareJobs } from "./station/firmware-jobs.ts";
import { requests } from "./station/requests.ts";
import { reservations } from "./station/reservations.ts";
import { stationPermissions } from "./station/station-permissions.ts";
import { unknownTypes } from "./station/unknown-types.ts";
import { meterSeries } from "./transaction/meter-series.ts";
import { transactions } from "./transaction/transactions.ts";
import type { View } from "./view.ts";

/** Every view, under its own name. */
export const views = {
  addOnHealth,
  apiKeys,
  authorizationLists,
  chargingProfiles,
  chargingStations,
  compositeSchedules,
  configuration,
  deadlines,
  deviations,
  diagnosticsJobs,
  evses,
  firmwareJobs,
  meterSeries,
  refusals,
  requests,
  reservations,
  stationPermissions,
  stationTypes,
  tokens,
  transactions,
  unknownTypes,
  users,
} satisfies Readonly<Record<string, View>>;

/** Name of a view. */
export type ViewName = keyof typeof views;
