import type { AnyFromStationRow, AnyToStationRow, OcppVersion } from "../message.ts";

/** The row of a CALL from the station, or why there is none. */
export function fromStationRow(
  version: OcppVersion,
  action: string,
): AnyFromStationRow | "unknownAction" | "unsupportedAction" {
  const row = (served.get(version) ?? servedBy(version)).get(action);
  if (row !== undefined) return row;
  return Object.hasOwn(version.messages, action) ? "unsupportedAction" : "unknownAction";
}

// Looked up with every message: one map of one shape, where the tables are objects of many.
const served = new WeakMap<OcppVersion, ReadonlyMap<string, AnyFromStationRow>>();

function servedBy(version: OcppVersion): ReadonlyMap<string, AnyFromStationRow> {
  const table = new Map<string, AnyFromStationRow>();
  for (const [action, entry] of Object.entries(version.messages)) {
    if (entry === "notSupported" || entry.direction === "toStation") continue;
    table.set(action, entry.direction === "both" ? entry.fromStation : entry);
  }
  served.set(version, table);
  return table;
}

/** How a request to a station is spoken: its action, and its row unless it is only declared. */
export interface Speech {
  readonly action: string;
  readonly row?: AnyToStationRow;
}

/** What a request's event is in this version; undefined where the version has no word for it. */
export function speechOf(
  version: OcppVersion,
  event: { readonly type: string; readonly data: unknown },
): Speech | undefined {
  if (event.type === "OcppCallRequested") {
    return speechOfAction(version, (event.data as { readonly action: string }).action);
  }
  const row = rowsByEvent(version).get(event.type);
  return row === undefined ? undefined : { action: row.action, row };
}

/** How a call of this name is spoken to a station; undefined where the version has none. */
export function speechOfAction(version: OcppVersion, action: string): Speech | undefined {
  if (!Object.hasOwn(version.messages, action)) return undefined;
  const entry = version.messages[action];
  if (entry === undefined) return undefined;
  if (entry === "notSupported") return { action };
  if (entry.direction === "both") return { action, row: entry.toStation };
  return entry.direction === "toStation" ? { action, row: entry } : undefined;
}

const tables = new WeakMap<OcppVersion, ReadonlyMap<string, AnyToStationRow>>();

function rowsByEvent(version: OcppVersion): ReadonlyMap<string, AnyToStationRow> {
  const known = tables.get(version);
  if (known !== undefined) return known;
  const table = new Map<string, AnyToStationRow>();
  for (const entry of Object.values(version.messages)) {
    if (entry === "notSupported" || entry.direction === "fromStation") continue;
    const row = entry.direction === "both" ? entry.toStation : entry;
    if (row.on === undefined) continue;
    if (table.has(row.on)) throw new Error(`two rows of ${version.protocol} are on ${row.on}`);
    table.set(row.on, row);
  }
  tables.set(version, table);
  return table;
}
