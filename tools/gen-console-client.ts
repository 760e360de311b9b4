// Writes what the console knows of the API: every operation by its name, with the types of what it
// takes and answers. The document is that of a Motown that runs.
import { startTestMotown } from "../test/support/motown.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The console's client, as a generated file. */
export const consoleClient = {
  file: "console/src/api/operations.gen.ts",
  text: async (): Promise<string> => clientText(await documentOfApi()),
};

async function documentOfApi(): Promise<Document> {
  const house = await startTestMotown();
  try {
    const { body } = await house.api<Document>("GET", "/openapi.json");
    return body;
  } finally {
    await house.stop();
  }
}

/** The file's text for a document of the API. */
export function clientText({ paths, components }: Document): string {
  const operations = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .sort((one, other) => (one.operation.operationId < other.operation.operationId ? -1 : 1));
  const named = Object.entries(components.schemas).map(
    ([name, schema]) => `/** Named by the API. */\nexport type ${name} = ${typeOf(schema, "")};\n`,
  );
  const types = operations.map(({ operation }) => operationType(operation));
  const rows = operations.map(({ path, method, operation }) => {
    const route = `["${method.toUpperCase()}", ${JSON.stringify(path)}]`;
    return `  ${operation.operationId}: ${route},`;
  });
  return [
    "// Written by `npm run gen` from the API's own document. Do not edit.",
    "",
    ...named,
    "/** What each operation takes and answers. */",
    "export interface Operations {",
    ...types,
    "}",
    "",
    "/** Method and address of each operation. */",
    "export const operations = {",
    ...rows,
    "} as const satisfies Record<keyof Operations, readonly [method: string, path: string]>;",
    "",
  ].join("\n");
}

function operationType({
  operationId,
  summary,
  parameters = [],
  requestBody,
  responses,
}: Operation): string {
  const of = (where: Parameter["in"]) => parameters.filter((one) => one.in === where);
  const answers = Object.entries(responses)
    .filter(([status]) => Number(status) < 300)
    .map(([, body]) => typeOf(schemaOf(body) ?? { type: "null" }, "    "));
  const body = requestBody === undefined ? "undefined" : typeOf(schemaOf(requestBody), "    ");
  return [
    `  /** ${summary}. */`,
    `  ${operationId}: {`,
    `    params: ${parametersType(of("path"))};`,
    `    query: ${parametersType(of("query"))};`,
    `    body: ${body};`,
    `    answer: ${[...new Set(answers)].join(" | ")};`,
    "  };",
  ].join("\n");
}

function schemaOf({ content }: Body): Schema | undefined {
  return Object.values(content ?? {})[0]?.schema;
}

function parametersType(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return "Record<never, never>";
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  return typeOf({ type: "object", properties, required, additionalProperties: false }, "    ");
}

function typeOf(schema: Schema | undefined, indent: string): string {
  if (schema === undefined) return "unknown";
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "unknown";
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return union(choices, indent);
  if (schema.allOf !== undefined) return schema.allOf.map((one) => typeOf(one, indent)).join(" & ");
  if (Array.isArray(schema.type))
    return union(
      schema.type.map((type) => ({ type })),
      indent,
    );
  return plainType(schema, indent);
}

function union(choices: readonly Schema[], indent: string): string {
  return [...new Set(choices.map((one) => typeOf(one, indent)))].join(" | ");
}

function plainType(schema: Schema, indent: string): string {
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return String(schema.type);
    case "number":
    case "integer":
      return "number";
    case "array":
      return `readonly (${typeOf(schema.items, indent)})[]`;
    case "object":
      return objectType(schema, indent);
    default:
      return "unknown";
  }
}

function objectType(schema: Schema, indent: string): string {
  const { properties, patternProperties, additionalProperties, required = [] } = schema;
  if (properties === undefined) {
    const [first] = Object.values(patternProperties ?? {});
    const value = first ?? (typeof additionalProperties === "object" ? additionalProperties : {});
    return `Readonly<Record<string, ${typeOf(value, indent)}>>`;
  }
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, member]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    const type = typeOf(member, inner);
    return required.includes(name)
      ? `${inner}readonly ${key}: ${type};`
      : `${inner}readonly ${key}?: ${type} | undefined;`;
  });
  return members.length === 0 ? "Record<string, never>" : `{\n${members.join("\n")}\n${indent}}`;
}
