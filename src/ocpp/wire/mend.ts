// Repairs payloads by their schema: what stations get wrong in every message alike. Each repair has
// a code; what cannot be repaired stays as it is and is then refused by the check.
import type { Mended } from "../message.ts";
import { isoOf, readInstant } from "./instants.ts";
import {
  type About,
  type JsonSchema,
  type SchemaOf,
  type Tolerances,
  toleranceOf,
} from "./json-schema.ts";

/** Codes of the repairs made here. */
export type RepairCode =
  | "payloadNotAnObject"
  | "unknownMember"
  | "memberSpelling"
  | "nullMember"
  | "nullElement"
  | "singleNotArray"
  | "numberAsText"
  | "textAsNumber"
  | "textAsBoolean"
  | "numberNotWhole"
  | "numberTooLarge"
  | "emptyText"
  | "textTooLong"
  | "wordSpelling"
  | "wordUnknown"
  | "timeSpelling"
  | "timeWithoutZone"
  | "timeUnreadable";

interface Walk {
  readonly action: string;
  readonly root: JsonSchema;
  readonly tolerances: Tolerances;
  readonly codes: Set<string>;
}

/** A member that is better left out. */
const absent = Symbol("absent");

/** Makes a version's generic repair from its schemas. */
export function mender(schemaOf: SchemaOf, tolerances: Tolerances) {
  return (payload: unknown, about: About): Mended | undefined => {
    const root = schemaOf(about);
    if (root === undefined) return undefined;
    const walk: Walk = { action: about.action, root, tolerances, codes: new Set() };
    if (!isObject(payload)) return notAnObject(payload);
    const mended = mendObject(root, payload, walk);
    if (walk.codes.size === 0) return undefined;
    return { payload: mended, deviations: [...walk.codes] };
  };
}

/** `null`, `[]` and `""` are what some write for an object without members. */
function notAnObject(payload: unknown): Mended | undefined {
  const empty = payload === null || payload === "" || (Array.isArray(payload) && !payload.length);
  return empty ? { payload: {}, deviations: ["payloadNotAnObject"] } : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mendObject(
  schema: JsonSchema,
  value: Record<string, unknown>,
  walk: Walk,
): Record<string, unknown> {
  const members = schema.properties ?? {};
  const mended: Record<string, unknown> = {};
  for (const [written, inner] of Object.entries(value)) {
    const name = nameOf(written, { members, value, walk });
    const member = name === undefined ? undefined : members[name];
    if (name === undefined || member === undefined) continue;
    const optional = isOptional(schema, name, walk);
    const repaired = mendMember({ schema: member, name, optional }, inner, walk);
    if (repaired !== absent) mended[name] = repaired;
  }
  return mended;
}

function isOptional(schema: JsonSchema, name: string, walk: Walk): boolean {
  const { optional } = walk.tolerances;
  const tolerated = optional.includes(name) || optional.includes(`${walk.action}.${name}`);
  return tolerated || schema.required?.includes(name) !== true;
}

function nameOf(
  written: string,
  {
    members,
    value,
    walk,
  }: {
    readonly members: Readonly<Record<string, JsonSchema>>;
    readonly value: Record<string, unknown>;
    readonly walk: Walk;
  },
): string | undefined {
  if (Object.hasOwn(members, written)) return written;
  const folded = written.toLowerCase();
  const meant = Object.keys(members).find((name) => name.toLowerCase() === folded);
  const taken = meant === undefined || Object.hasOwn(value, meant);
  walk.codes.add(taken ? "unknownMember" : "memberSpelling");
  return taken ? undefined : meant;
}

interface Member {
  readonly schema: JsonSchema;
  readonly name: string;
  readonly optional: boolean;
}

function mendMember(member: Member, value: unknown, walk: Walk): unknown {
  const schema = resolved(member.schema, walk.root);
  if (value === null) {
    walk.codes.add("nullMember");
    return absent;
  }
  switch (schema.type) {
    case "object":
      return isObject(value) ? mendObject(schema, value, walk) : value;
    case "array":
      return mendArray({ ...member, schema }, value, walk);
    case "string":
      return mendText({ ...member, schema }, value, walk);
    case "integer":
    case "number":
      return mendNumber({ ...member, schema }, value, walk);
    case "boolean":
      return mendBoolean(value, walk);
    default:
      return value;
  }
}

function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  return root.definitions?.[schema.$ref.replace("#/definitions/", "")] ?? schema;
}

function mendArray(member: Member, value: unknown, walk: Walk): unknown {
  const { items } = member.schema;
  if (items === undefined) return value;
  if (value === "") return note(walk, "emptyText", []);
  const list = Array.isArray(value) ? value : note(walk, "singleNotArray", [value]);
  const present = list.filter((element) => element !== null);
  if (present.length < list.length) walk.codes.add("nullElement");
  const element = { schema: items, name: member.name, optional: true };
  return present
    .map((inner) => mendMember(element, inner, walk))
    .filter((inner) => inner !== absent);
}

function note<T>(walk: Walk, code: RepairCode, value: T): T {
  walk.codes.add(code);
  return value;
}

function mendText(member: Member, value: unknown, walk: Walk): unknown {
  const isScalar = typeof value === "number" || typeof value === "boolean";
  const text = isScalar ? note(walk, "numberAsText", String(value)) : value;
  if (typeof text !== "string") return value;
  const { schema } = member;
  if (schema.format === "date-time") return mendTime(member, text, walk);
  if (schema.enum !== undefined) return mendWord(member, text, walk);
  const length = [...text].length;
  if (schema.maxLength === undefined || length <= schema.maxLength) return text;
  const tolerance = toleranceOf(walk.tolerances, walk.action, member.name);
  if (tolerance === undefined || length > tolerance.maxLength) {
    const most = tolerance?.maxLength ?? schema.maxLength;
    return note(walk, "textTooLong", [...text].slice(0, most).join(""));
  }
  walk.codes.add(tolerance.code);
  return text;
}

function mendTime({ optional }: Member, text: string, walk: Walk): unknown {
  const read = readInstant(text);
  if (read === undefined) {
    walk.codes.add(text === "" ? "emptyText" : "timeUnreadable");
    return optional ? absent : text;
  }
  const iso = isoOf(read.ms);
  if (!read.zoned) return note(walk, "timeWithoutZone", iso);
  // What a strict reader takes stays as it was written.
  return /^\S+T\S+:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)
    ? text
    : note(walk, "timeSpelling", iso);
}

function mendWord({ schema, name, optional }: Member, text: string, walk: Walk): unknown {
  const words = schema.enum ?? [];
  if (words.includes(text)) return text;
  if (text === "" && optional) return note(walk, "emptyText", absent);
  const meant = words.find((word) => wordKey(word) === wordKey(text));
  if (meant !== undefined) return note(walk, "wordSpelling", meant);
  const tolerance = toleranceOf(walk.tolerances, walk.action, name);
  if (tolerance !== undefined && text.length <= tolerance.maxLength) {
    walk.codes.add(tolerance.code);
    return text;
  }
  walk.codes.add("wordUnknown");
  return optional ? absent : text;
}

function wordKey(word: string): string {
  return word.replace(/[\s_-]/g, "").toLowerCase();
}

function mendNumber(member: Member, value: unknown, walk: Walk): unknown {
  const number = typeof value === "string" ? numberOf(value, walk) : value;
  if (number === absent) return member.optional ? absent : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return value;
  if (member.schema.type !== "integer" || Number.isSafeInteger(number)) return number;
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) {
    return note(walk, "numberTooLarge", Math.sign(number) * Number.MAX_SAFE_INTEGER);
  }
  const code = walk.tolerances.decimals[member.name];
  if (code === undefined) return note(walk, "numberNotWhole", Math.round(number));
  walk.codes.add(code);
  return number;
}

function numberOf(text: string, walk: Walk): unknown {
  const plain = text.trim().replace(",", ".");
  if (plain === "") return note(walk, "emptyText", absent);
  const number = Number(plain);
  return Number.isFinite(number) ? note(walk, "textAsNumber", number) : text;
}

function mendBoolean(value: unknown, walk: Walk): unknown {
  const folded = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (folded === "true" || folded === "1" || folded === 1) return note(walk, "textAsBoolean", true);
  if (folded === "false" || folded === "0" || folded === 0 || folded === "") {
    return note(walk, "textAsBoolean", false);
  }
  return value;
}
