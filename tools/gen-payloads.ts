// Writes the types of an OCPP version's payloads from the JSON schemas of the package `ocpp-rpc`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What a generator writes, and where. */
export interface Generated {
  readonly file: string;
  readonly text: () => string;
}

/** Payload types of OCPP 1.6 with its security extension. */
export const payloads16: Generated = {
  file: "src/ocpp/v1_6/payloads.gen.ts",
  text: () => payloadTypes({ name: "Payloads16", schemas: "ocpp-rpc/lib/schemas/ocpp1_6.json" }),
};

function payloadTypes(from: { readonly name: string; readonly schemas: string }): string {
  const file = createRequire(import.meta.url).resolve(from.schemas);
  const schemas = JSON.parse(readFileSync(file, "utf8")) as readonly Schema[];
  const byId = new Map(schemas.map((schema) => [schema.$id, schema]));
  const actions = [...byId.keys()].flatMap((id) => /^urn:(\w+)\.req$/.exec(id ?? "")?.[1] ?? []);
  const members = actions.sort().map((action) => {
    const [request, response] = ["req", "conf"].map((kind) => {
      const schema = byId.get(`urn:${action}.${kind}`);
      if (schema === undefined) throw new Error(`${from.schemas} lacks ${action}.${kind}`);
      return typeOf(schema, { root: schema, indent: "    " });
    });
    return `  ${action}: {\n    request: ${request};\n    response: ${response};\n  };`;
  });
  return [
    `// Written by tools/gen-payloads.ts from ${from.schemas}; npm run gen writes it again.`,
    "",
    "/** Payloads of every action: what is asked and what is answered. */",
    `export interface ${from.name} {`,
    ...members,
    "}",
    "",
  ].join("\n");
}

interface Place {
  readonly root: Schema;
  readonly indent: string;
}

function typeOf(schema: Schema, place: Place): string {
  if (schema.$ref !== undefined) return typeOf(definitionOf(schema.$ref, place.root), place);
  if (schema.enum !== undefined) {
    return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  }
  switch (schema.type) {
    case "string":
    case "boolean":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return arrayType(schema, place);
    case "object":
      return objectType(schema, place);
    default:
      throw new Error(`no type for ${JSON.stringify(schema)}`);
  }
}

function arrayType(schema: Schema, place: Place): string {
  if (schema.items === undefined) throw new Error("an array without items");
  return `readonly (${typeOf(schema.items, place)})[]`;
}

function objectType(schema: Schema, place: Place): string {
  const indent = `${place.indent}  `;
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const mark = schema.required?.includes(name) ? "" : "?";
    return `${indent}readonly ${name}${mark}: ${typeOf(member, { ...place, indent })};`;
  });
  if (members.length === 0) return "Readonly<Record<string, never>>";
  return `{\n${members.join("\n")}\n${place.indent}}`;
}

function definitionOf(ref: string, root: Schema): Schema {
  const found = root.definitions?.[ref.replace("#/definitions/", "")];
  if (found === undefined) throw new Error(`no definition ${ref}`);
  return found;
}
