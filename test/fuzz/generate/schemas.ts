// The schemas of every version that Motown speaks, read apart from Motown's own reading of them.
import { createRequire } from "node:module";
import type { OcppVersion } from "#ocpp";
import type { Schema } from "./schema.ts";

const load = createRequire(import.meta.url);

const loaded = new Map<string, ReadonlyMap<string, Schema>>();

/** Whether a payload asks or answers. */
export type Kind = "request" | "response";

/** The schema of a payload. An action without one is a fault of the table. */
export function payloadSchema(version: OcppVersion, action: string, kind: Kind): Schema {
  const suffix = kind === "request" ? "req" : "conf";
  const schema = schemasOf(version.protocol).get(`urn:${action}.${suffix}`);
  if (schema === undefined)
    throw new Error(`no schema for ${version.protocol} ${action}.${suffix}`);
  return schema;
}

function schemasOf(protocol: string): ReadonlyMap<string, Schema> {
  const known = loaded.get(protocol);
  if (known !== undefined) return known;
  const file = `ocpp-rpc/lib/schemas/${protocol.replaceAll(".", "_")}.json`;
  const schemas = load(file) as readonly Schema[];
  const byId = new Map(schemas.map((schema) => [schema.$id ?? "", schema]));
  loaded.set(protocol, byId);
  return byId;
}

/** An action of a version, and who may send it. */
export interface Spoken {
  readonly version: OcppVersion;
  readonly action: string;
  readonly direction: "fromStation" | "toStation" | "both" | "declared";
}

const actionsKnown = new WeakMap<OcppVersion, readonly Spoken[]>();

/** Every action of a version. */
export function actionsOf(version: OcppVersion): readonly Spoken[] {
  const known = actionsKnown.get(version) ?? actionsIn(version);
  actionsKnown.set(version, known);
  return known;
}

function actionsIn(version: OcppVersion): readonly Spoken[] {
  return Object.entries(version.messages).map(([action, row]) => ({
    version,
    action,
    direction: row === "notSupported" ? ("declared" as const) : row.direction,
  }));
}
