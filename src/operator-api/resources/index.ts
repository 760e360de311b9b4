import type { Principal } from "../access/principal.ts";
import type { Api } from "../api.ts";
import { mayNotOf } from "../commands/may-not.ts";
import { consoleResource } from "../console/console-resource.ts";
import type { Resource } from "../http/route.ts";
import type { Metrics } from "../metrics.ts";
import { addOnResource } from "./add-ons.ts";
import { apiKeyResource } from "./api-keys.ts";
import { changeResource } from "./changes.ts";
import { chargingStationResource } from "./charging-stations.ts";
import { clusterResource } from "./cluster.ts";
import { deviationResource } from "./deviations.ts";
import { eventResource } from "./events.ts";
import { listResource } from "./lists.ts";
import { meResource } from "./me.ts";
import { messageResource } from "./messages.ts";
import { ocppResource } from "./ocpp.ts";
import { overviewResource } from "./overview.ts";
import { permissionResource } from "./permissions.ts";
import { serviceResource } from "./service.ts";
import { sessionResource } from "./session.ts";
import { stationCommandResource } from "./station-commands.ts";
import { stationPasswordResource } from "./station-password.ts";
import { stationRecordResource } from "./station-records.ts";
import { stationRequestResource } from "./station-requests.ts";
import { stationTypeResource } from "./station-types.ts";
import { tokenResource } from "./tokens.ts";
import { transactionCommandResource } from "./transactions/transaction-commands.ts";
import { transactionExportResource } from "./transactions/transaction-export.ts";
import { transactionHistoryResource } from "./transactions/transaction-history.ts";
import { userResource } from "./users.ts";

/** Everything that the API shows, a row per resource. */
export function resourcesOf(api: Api, metrics: Metrics): readonly Resource[] {
  // Of all of them, these two as well: asked when somebody asks, and by then they are there.
  const mayNot = (principal: Principal) => mayNotOf(resources, principal);
  const resources: readonly Resource[] = [
    chargingStationResource(api),
    stationPasswordResource(api),
    stationCommandResource(api),
    stationRequestResource(api),
    ocppResource(api),
    stationRecordResource(api),
    deviationResource(api),
    overviewResource(api),
    changeResource(api),
    listResource(api),
    addOnResource(api),
    messageResource(api),
    transactionCommandResource(api),
    transactionExportResource(api),
    transactionHistoryResource(api),
    stationTypeResource(api),
    tokenResource(api),
    eventResource(api),
    userResource(api),
    apiKeyResource(api),
    meResource(api, mayNot),
    permissionResource(),
    sessionResource(api, mayNot),
    clusterResource(api),
    consoleResource(api),
    serviceResource(api, metrics),
  ];
  return resources;
}
