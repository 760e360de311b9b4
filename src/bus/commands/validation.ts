import { FormatRegistry, type TSchema } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { type Command, categoryOf, deciderOf, ownRow } from "#core";
import { instantFrom } from "../system-instant.ts";

/** One thing that is wrong with what somebody sent: where, and what was expected. */
export interface Issue {
  /** JSON pointer, for example `/evses/0/evseId`. */
  readonly path: string;
  readonly message: string;
}

/** A command whose data does not have the shape of its row. */
export class InvalidCommand extends Error {
  override readonly name = "InvalidCommand";
  readonly issues: readonly Issue[];
  constructor(command: string, issues: readonly Issue[]) {
    super(`${command}: ${issues.map((issue) => `${issue.path} ${issue.message}`).join("; ")}`);
    this.issues = issues;
  }
}

const zonedInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

FormatRegistry.Set(
  "date-time",
  (text) => zonedInstant.test(text) && instantFrom(text) !== undefined,
);
FormatRegistry.Set("uri", (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text));

const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>();
const issuesMax = 20;

/** What is wrong with a value, in words; empty where it fits. */
export function issuesOf(schema: TSchema, value: unknown): readonly Issue[] {
  const unbearable = unbearableIn(value);
  if (unbearable !== undefined) return [unbearable];
  let check = compiled.get(schema);
  if (check === undefined) {
    check = TypeCompiler.Compile(schema);
    compiled.set(schema, check);
  }
  if (check.Check(value)) return [];
  const issues: Issue[] = [];
  for (const { path, message, schema: part } of check.Errors(value)) {
    if (issues.length >= issuesMax) break;
    issues.push({ path: path === "" ? "/" : path, message: wordsOf(message, part) });
  }
  return issues;
}

const depthMax = 100;

/**
 * What JSON allows, no shape forbids, and no column, key or walk through the value could bear: one
 * such event in the log would stop all views.
 */
function unbearableIn(value: unknown, path = "", depth = 0): Issue | undefined {
  if (typeof value === "string" && !value.isWellFormed()) {
    return { path: path || "/", message: "must be text, without halves of characters" };
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { path: path || "/", message: "must be a number of at most 15 digits" };
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (depth >= depthMax) return { path, message: "must not be nested so deep" };
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) return { path: path || "/", message: "has a name that is no text" };
    const found = unbearableIn(member, `${path}/${name}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wordsOf(message: string, schema: TSchema): string {
  const choices: unknown = schema.enum;
  if (Array.isArray(choices)) return `must be one of ${choices.join(", ")}`;
  // A pattern says nothing to people; where it is not one for machines alone, it is put in words.
  const form: unknown = schema["x-form"];
  if (typeof form === "string" && message.includes(" to match ")) return `must be ${form}`;
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** Refuses a command whose data does not fit; returns it with all instants in our own form. */
export function checked(command: Command): Command {
  const row = ownRow(deciderOf(categoryOf(command.stream)).commands, command.type);
  if (row === undefined) {
    throw new InvalidCommand(command.type, [{ path: "/type", message: "is no command" }]);
  }
  const issues = issuesOf(row.data, command.data);
  if (issues.length > 0) throw new InvalidCommand(command.type, issues);
  return { ...command, data: withOurInstants(row.data, command.data) };
}

/** The same value with every member of format `date-time` in UTC with milliseconds. */
export function withOurInstants(schema: TSchema, value: unknown): unknown {
  if (schema.format === "date-time" && typeof value === "string") {
    return instantFrom(value) ?? value;
  }
  if (Array.isArray(value)) {
    const items: TSchema | undefined = schema.items;
    return items === undefined ? value : value.map((item) => withOurInstants(items, item));
  }
  if (typeof value !== "object" || value === null) return value;
  const variants: TSchema[] | undefined = schema.anyOf;
  if (variants !== undefined) {
    const fitting = variants.find((variant) => issuesOf(variant, value).length === 0);
    return fitting === undefined ? value : withOurInstants(fitting, value);
  }
  const properties: Record<string, TSchema> | undefined = schema.properties;
  if (properties === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const part = properties[name];
      return [name, part === undefined ? member : withOurInstants(part, member)];
    }),
  );
}
