import { Kind, type TSchema } from "@sinclair/typebox";
import { type Issue, issuesOf, withOurInstants } from "#bus";

/** A union whose members are told apart by `type`, so that an error names the right field. */
interface ByType extends TSchema {
  readonly oneOf: readonly (TSchema & { readonly properties: { readonly type: TSchema } })[];
}

/** What is wrong with a body, in words and by field. */
export function bodyIssues(schema: TSchema, body: unknown): readonly Issue[] {
  if (!isByType(schema)) return readable(issuesOf(schema, body));
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return [{ path: "/", message: "must be an object with a type" }];
  }
  const { type } = body as { readonly type?: unknown };
  const names = schema.oneOf.map((variant) => String(variant.properties.type.const));
  const variant = typeof type === "string" ? schema.oneOf[names.indexOf(type)] : undefined;
  if (variant === undefined) {
    return [{ path: "/type", message: `must be one of ${names.join(", ")}` }];
  }
  return readable([...issuesOf(variant, body), ...needed(variant, body)]);
}

/** A value with its instants in our own form; only after it was found to fit. */
export function inOurForm(schema: TSchema, body: unknown): unknown {
  return isByType(schema) ? body : withOurInstants(schema, body);
}

/** Members of which a schema needs at least one (`x-needs-one-of`). */
function needed(schema: TSchema, body: object): readonly Issue[] {
  const names: readonly string[] | undefined = schema["x-needs-one-of"];
  if (names === undefined || names.some((name) => Object.hasOwn(body, name))) return [];
  return [{ path: `/${names[0]}`, message: `is needed, or ${names.slice(1).join(", ")}` }];
}

/** What is wrong with query fields or parts of the path; all come as text. */
export function textIssues(
  schema: TSchema,
  values: Readonly<Record<string, unknown>>,
): { readonly issues: readonly Issue[]; readonly value: Record<string, unknown> } {
  const properties: Record<string, TSchema> = schema.properties ?? {};
  const value: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const [name, given] of Object.entries(values)) {
    const part = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (part === undefined) {
      const known = Object.keys(properties);
      const choices = known.length > 0 ? `; known are ${known.join(", ")}` : "";
      issues.push({ path: `/${name}`, message: `is not known here${choices}` });
      continue;
    }
    const read = fromText(part, given);
    const found = issuesOf(part, read);
    issues.push(...found.map(({ message }) => ({ path: `/${name}`, message })));
    value[name] = found.length > 0 ? read : withOurInstants(part, read);
  }
  const required: readonly string[] = schema.required ?? [];
  for (const name of required) {
    if (!(name in values)) issues.push({ path: `/${name}`, message: "is needed" });
  }
  return { issues, value };
}

function fromText(schema: TSchema, text: unknown): unknown {
  if (typeof text !== "string") return text;
  const kind: unknown = schema.type;
  if (kind === "integer" || kind === "number") {
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}

function isByType(schema: TSchema): schema is ByType {
  return Array.isArray(schema.oneOf) && schema[Kind] === "Unsafe";
}

/** One line per field: where a part is missing, what TypeBox adds about its value says nothing. */
function readable(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  return issues
    .filter(({ path }) => !seen.has(path) && seen.add(path) !== undefined)
    .map(({ path, message }) => ({ path, message: wordsFor(message) }));
}

function wordsFor(message: string): string {
  if (message === "expected required property") return "is needed";
  return message === "unexpected property" ? "is not known here" : message;
}
