// Values by a JSON schema: such as it takes, and such as it takes but for one thing or a few.
import { type Chance, weighted } from "./chance.ts";
import { asListed } from "./json.ts";
import { oddNames, oddNumber, oddText, oddTime, oddValue } from "./odd.ts";

/** As much of JSON Schema as OCPP's schemas, TypeBox and OpenAPI use. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** How values are made. */
export interface Making {
  readonly chance: Chance;
  /** The schema that references are looked up in. */
  readonly root: Schema;
  /** Values that mean something where they go, by the member's name. */
  readonly known?: (name: string, chance: Chance) => unknown;
  /** Once in so many values one is broken; 0: none. */
  readonly breakOnceIn: number;
}

/** Where in the whole a value stands. */
interface Place {
  readonly name: string;
  readonly depth: number;
}

const start: Place = { name: "", depth: 0 };
const depthMax = 12;

function inside({ name, depth }: Place, member = name): Place {
  return { name: member, depth: depth + 1 };
}

/** A value by its schema, broken here and there as `breakOnceIn` says. */
export function valueFor(making: Making, schema: Schema, place: Place = start): unknown {
  const { chance, breakOnceIn } = making;
  const resolved = resolve(making.root, schema);
  if (breakOnceIn > 0 && chance.once(breakOnceIn)) return broken(making, resolved, place);
  const known = making.known?.(place.name, chance);
  if (known !== undefined && !chance.once(6)) return known;
  return fitting(making, resolved, place);
}

function resolve(root: Schema, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = root.definitions?.[schema.$ref.replace("#/definitions/", "")];
  return found === undefined ? {} : resolve(root, found);
}

function fitting(making: Making, schema: Schema, place: Place): unknown {
  const { chance } = making;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return valueFor(making, chance.pick(variants), inside(place));
  const type = typeof schema.type === "object" ? chance.pick(schema.type) : schema.type;
  switch (type ?? (schema.properties === undefined ? undefined : "object")) {
    case "object":
      return objectOf(making, schema, place);
    case "array":
      return listOf(making, schema, place);
    case "string":
      return textOf(chance, schema);
    case "integer":
      return making.breakOnceIn > 0 && schema.maximum === undefined && chance.once(15)
        ? oddNumber(chance)
        : Math.round(numberOf(chance, schema));
    case "number":
      return numberOf(chance, schema);
    case "boolean":
      return chance.once(2);
    case "null":
      return null;
    default:
      return place.depth > 2 ? 1 : { a: 1, b: "x" };
  }
}

function objectOf(making: Making, schema: Schema, place: Place): unknown {
  const { chance } = making;
  const required = new Set(schema.required ?? []);
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const wanted = required.has(name) || (place.depth < depthMax && !chance.once(3));
    if (wanted) members.push([name, valueFor(making, member, inside(place, name))]);
  }
  if (making.breakOnceIn > 0 && chance.once(making.breakOnceIn))
    return asListed(odd(chance, members));
  return Object.fromEntries(members);
}

/** Members too many, too few, twice, in another spelling, in another order. */
function odd(chance: Chance, members: readonly [string, unknown][]): [string, unknown][] {
  const left = [...members];
  const at = chance.below(left.length + 1);
  const [name, value] = left[at] ?? ["x", 1];
  const change = weighted<() => void>(chance, [
    [4, () => void left.splice(at, 1)],
    [3, () => void left.push([chance.pick(oddNames), oddValue(chance)])],
    [3, () => void left.push([name, oddValue(chance)])],
    [2, () => void left.splice(at, 1, [respelt(chance, name), value])],
    [1, () => void left.reverse()],
  ]);
  change();
  return left;
}

function respelt(chance: Chance, name: string): string {
  return chance.pick([name.toUpperCase(), name.toLowerCase(), ` ${name}`, `${name}s`]);
}

function listOf(making: Making, schema: Schema, place: Place): unknown[] {
  const { chance } = making;
  const least = schema.minItems ?? 0;
  const most = Math.max(least, Math.min(schema.maxItems ?? 4, place.depth > depthMax ? least : 4));
  const length = chance.between(least, most);
  return Array.from({ length }, () => valueFor(making, schema.items ?? {}, inside(place)));
}

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:";

function textOf(
  chance: Chance,
  { format, minLength = 0, maxLength = 40, pattern }: Schema,
): string {
  if (format === "date-time") return goodTime(chance);
  if (format === "uri") return `https://example.com/${chance.below(1000)}`;
  const most = Math.min(maxLength, 40);
  const length = chance.once(8)
    ? Math.min(maxLength, 500)
    : chance.between(Math.min(1, most), most);
  if (pattern === undefined && chance.once(6))
    return [...oddText(chance)].slice(0, length).join("");
  let text = "";
  while (text.length < Math.max(length, minLength)) text += plain[chance.below(plain.length)];
  return pattern === undefined ? text : text.replace(/[^A-Za-z0-9]/g, "x");
}

function goodTime(chance: Chance): string {
  const ms = Date.UTC(2026, 4, 4, 10) + chance.between(-100_000, 100_000) * 1000;
  return new Date(ms).toISOString();
}

function numberOf(chance: Chance, schema: Schema): number {
  const { minimum = 0, maximum = 2_147_483_647, multipleOf = 1 } = schema;
  const most = Math.min(maximum, minimum + chance.pick([3, 3, 100, 100_000, 2_147_483_647]));
  const steps = chance.below(Math.floor((most - minimum) / multipleOf) + 1);
  // Through a text, so that 3 × 0.1 is 0.3.
  return Number((minimum + steps * multipleOf).toPrecision(12));
}

/** A value that is wrong by its schema, mostly just beyond a bound. */
function broken(making: Making, schema: Schema, place: Place): unknown {
  const { chance } = making;
  const own = beyondBounds(chance, schema);
  if (own.length > 0 && !chance.once(3)) return chance.pick(own)();
  if (chance.once(4)) return respeltValue(fitting({ ...making, breakOnceIn: 0 }, schema, place));
  return oddValue(chance);
}

/** What stations write for the value: a number as text, a list of one without its brackets. */
function respeltValue(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value[0];
  if (typeof value === "string")
    return value.toLowerCase() === value ? [value] : value.toLowerCase();
  return typeof value === "boolean" ? String(value) : [value];
}

function beyondBounds(chance: Chance, schema: Schema): (() => unknown)[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, type } = schema;
  const ways: (() => unknown)[] = [];
  const add = (bound: number | undefined, make: (bound: number) => unknown) => {
    if (bound !== undefined) ways.push(() => make(bound));
  };
  add(minimum, (least) => least - 1);
  add(maximum, (most) => most + 1);
  add(minLength, (least) => "x".repeat(Math.max(0, least - 1)));
  add(maxLength, (most) => chance.pick(["x", "💥", "\u0000"]).repeat(most + chance.below(2)));
  add(minItems, (least) => Array.from({ length: Math.max(0, least - 1) }, () => null));
  add(maxItems, (most) => Array.from({ length: most + 1 }, () => 1));
  if (schema.format === "date-time") ways.push(() => oddTime(chance));
  if (schema.enum !== undefined) ways.push(() => `${chance.pick(schema.enum ?? [""])}x`);
  if (type === "string") ways.push(() => oddText(chance));
  if (type === "integer" || type === "number") {
    ways.push(
      () => oddNumber(chance),
      () => 0.5,
      () => -1,
    );
  }
  return ways;
}
