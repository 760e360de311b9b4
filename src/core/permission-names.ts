import { addOn } from "./add-on/index.ts";
import { apiKey } from "./api-key/index.ts";
import { chargingStation } from "./charging-station/index.ts";
import { permissionsIn } from "./charging-station/permissions.ts";
import { allPermissions, fromAnybodyNew } from "./charging-station/state.ts";
import { atOffice } from "./kernel/office.ts";
import { stationType } from "./station-type/index.ts";
import { token } from "./token/index.ts";
import { transaction } from "./transaction/index.ts";
import { asOperator } from "./transaction/state.ts";
import { user } from "./user/index.ts";

/** Guards outside the station's own that ask whether somebody is permitted. */
const asking: ReadonlySet<unknown> = new Set([atOffice, asOperator, fromAnybodyNew]);

const rows = [chargingStation, transaction, token, stationType, user, apiKey, addOn].flatMap(
  ({ category, commands }) =>
    Object.entries<{ readonly guards: unknown }>(commands)
      .filter(([, row]) => asking.has(row.guards))
      .map(([type]) => [type, category] as const),
);

/**
 * Every permission that a user or a key can hold, with the kind of thing that it is about: each
 * asks for a command that there is.
 */
export const permissionTable: ReadonlyMap<string, string> = new Map([
  [allPermissions, "everything"],
  ...permissionsIn(chargingStation.commands).map(
    (name) => [name, chargingStation.category] as const,
  ),
  ...rows,
]);

/** Their names. */
export const permissionNames: ReadonlySet<string> = new Set(permissionTable.keys());
