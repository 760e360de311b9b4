import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Payload } from "./frames.ts";

interface Schema {
  readonly $id: string;
  readonly $schema?: string;
}

const file = createRequire(import.meta.url).resolve("ocpp-rpc/lib/schemas/ocpp1_6.json");
const schemas = new Map(
  (JSON.parse(readFileSync(file, "utf8")) as Schema[]).map((schema) => [schema.$id, schema]),
);

// The precision: 0.3 is a multiple of 0.1, whatever binary fractions say.
const ajv = new Ajv({ strict: false, multipleOfPrecision: 6 });
addFormats.default(ajv);
const compiled = new Map<string, ValidateFunction>();

/** Whether 1.6, or its security extension, has such an action. */
export const isAction = (action: string): boolean => schemas.has(`urn:${action}.req`);

/** What the schema has against a payload, in words; undefined if nothing. */
export function schemaProblem(
  action: string,
  part: "req" | "conf",
  payload: Payload,
): string | undefined {
  const name = `urn:${action}.${part}`;
  const schema = schemas.get(name);
  if (schema === undefined) return `${action} is no action of OCPP 1.6`;
  let validate = compiled.get(name);
  if (validate === undefined) {
    // Ajv takes the $id for an address, which it is not.
    const { $id, $schema, ...rules } = schema;
    validate = ajv.compile(rules);
    compiled.set(name, validate);
  }
  if (validate(payload)) return undefined;
  const [error] = validate.errors ?? [];
  return `${action}.${part}${error?.instancePath ?? ""} ${error?.message ?? "is invalid"}`;
}
