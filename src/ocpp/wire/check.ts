// Checks payloads against their schemas with Ajv. A schema is compiled at its first use (each takes
// a few ms) and then costs about a microsecond.
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { OcppVersion, SchemaFault } from "../message.ts";
import { isDateTime } from "./instants.ts";
import { type About, type SchemaOf, withSafeIntegers } from "./json-schema.ts";

/** Makes a version's check from its schemas. An action without a schema is a bug of the caller. */
export function payloadCheck(schemaOf: SchemaOf): OcppVersion["check"] {
  const ajv = new Ajv({
    strict: true,
    // Unions of types in the schemas of 2.1.
    strictTypes: false,
    // 0.3 and 0.7 are multiples of 0.1, whatever floating point says.
    multipleOfPrecision: 6,
    formats: { "date-time": isDateTime, uri: (text: string) => URL.canParse(text) },
  });
  const compiled = {
    request: new Map<string, ValidateFunction>(),
    response: new Map<string, ValidateFunction>(),
  };
  return (action, kind, payload) => {
    let validate = compiled[kind].get(action);
    if (validate === undefined) {
      validate = ajv.compile(withoutId(schemaOf, { action, kind }));
      compiled[kind].set(action, validate);
    }
    return validate(payload) ? undefined : faultOf(validate.errors?.[0]);
  };
}

/** Ajv throws on ids such as `urn:MeterValues.req`; nothing refers to a schema from outside. */
function withoutId(schemaOf: SchemaOf, about: About) {
  const schema = schemaOf(about);
  if (schema === undefined) throw new Error(`no schema for ${about.action} ${about.kind}`);
  const { $id: _id, ...rest } = schema;
  return withSafeIntegers(rest);
}

const kinds: Readonly<Record<string, SchemaFault["kind"]>> = {
  required: "missing",
  minItems: "missing",
  type: "type",
  additionalProperties: "additional",
};

function faultOf(error: ErrorObject | undefined): SchemaFault {
  const { keyword = "", instancePath = "", message = "is not valid", params = {} } = error ?? {};
  const about = params as Record<string, unknown>;
  const words = message + detailOf(about);
  const member = about.missingProperty ?? about.additionalProperty;
  return {
    kind: kinds[keyword] ?? "value",
    path: typeof member === "string" ? `${instancePath}/${member}` : instancePath,
    message: words,
    description: `${instancePath || "payload"} ${words}`,
  };
}

function detailOf(params: Record<string, unknown>): string {
  if (typeof params.additionalProperty === "string") return ` (${params.additionalProperty})`;
  return Array.isArray(params.allowedValues) ? ` (${params.allowedValues.join(", ")})` : "";
}
