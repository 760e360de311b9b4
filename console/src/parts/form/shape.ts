// What a form is made of: a JSON schema, as far as the API uses it.
import type { TextKey, Translate } from "../../strings/translate.ts";

/** A JSON schema of the API. */
export interface Shape {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  /** Of these members at least one. */
  readonly "x-needs-one-of"?: readonly string[];
}

/** How a shape is asked for. */
export type Kind =
  | "fixed"
  | "choice"
  | "text"
  | "instant"
  | "number"
  | "flag"
  | "list"
  | "group"
  | "json";

/** What is needed and has one word alone is no choice: so the API writes its constants down. */
export function kindOf(shape: Shape, needed = true): Kind {
  if ("const" in shape) return "fixed";
  const words = wordsOf(shape);
  if (words !== undefined) return needed && words.length === 1 ? "fixed" : "choice";
  if (shape.type === "string") return shape.format === "date-time" ? "instant" : "text";
  if (shape.type === "number" || shape.type === "integer") return "number";
  if (shape.type === "boolean") return "flag";
  if (shape.type === "array" && shape.items !== undefined) return "list";
  if (shape.type === "object" && shape.properties !== undefined) return "group";
  return "json";
}

/** The words that one may choose; undefined: it is no choice of words. */
export function wordsOf(shape: Shape): readonly string[] | undefined {
  if (shape.enum !== undefined) return shape.enum.map(String);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices === undefined || choices.length === 0) return undefined;
  if (!choices.every((one) => typeof one.const === "string")) return undefined;
  return choices.map((one) => String(one.const));
}

/** What a form begins with: what cannot be otherwise, and room for what is needed. */
export function beginningOf(shape: Shape): unknown {
  switch (kindOf(shape)) {
    case "fixed":
      return "const" in shape ? shape.const : wordsOf(shape)?.[0];
    case "group":
      return Object.fromEntries(
        (shape.required ?? []).flatMap((name) => {
          const part = shape.properties?.[name];
          const value = part === undefined ? undefined : beginningOf(part);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    case "list": {
      const { items, minItems = 0 } = shape;
      return items === undefined ? [] : Array.from({ length: minItems }, () => beginningOf(items));
    }
    case "flag":
      return false;
    default:
      return undefined;
  }
}

/** A value as it is sent: what was left empty is left out, at every depth. */
export function sent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sent);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== "")
    .map(([name, member]) => [name, sent(member)]);
  return Object.fromEntries(members);
}

/** A field that is wrong, by its JSON pointer, in words. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a value, as far as can be told here; the API has the last word. */
export function issuesIn(shape: Shape, value: unknown, t: Translate, path = ""): readonly Issue[] {
  const wrong = (
    key: TextKey,
    values: Readonly<Record<string, number | string>> = {},
  ): readonly Issue[] => [
    { path: path || "/", message: (t as (key: TextKey, values: object) => string)(key, values) },
  ];
  if (value === undefined || value === "") return [];
  switch (kindOf(shape)) {
    case "choice": {
      const words = wordsOf(shape) ?? [];
      if (typeof value === "string" && words.includes(value)) return [];
      return wrong("form.oneOf", { words: words.join(", ") });
    }
    case "flag":
      return typeof value === "boolean" ? [] : wrong("form.flag");
    case "text": {
      if (typeof value !== "string") return wrong("form.text");
      const text = value;
      const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = shape;
      if (text.length < minLength) return wrong("form.shortest", { least: minLength });
      if (text.length > maxLength) return wrong("form.longest", { most: maxLength });
      const fits = pattern === undefined || new RegExp(pattern, "u").test(text);
      return fits ? [] : wrong("form.pattern");
    }
    case "number": {
      const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = shape;
      if (typeof value !== "number" || Number.isNaN(value)) return wrong("form.number");
      if (shape.type === "integer" && !Number.isInteger(value)) return wrong("form.whole");
      if (value < minimum) return wrong("form.least", { least: minimum });
      return value > maximum ? wrong("form.most", { most: maximum }) : [];
    }
    case "list": {
      const { items } = shape;
      if (!Array.isArray(value)) return wrong("form.list");
      if (items === undefined) return [];
      return value.flatMap((item, at) => issuesIn(items, item, t, `${path}/${at}`));
    }
    case "group":
      return isObject(value) ? groupIssues(shape, value, { t, path }) : wrong("form.object");
    default:
      return [];
  }
}

function groupIssues(
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  { t, path }: { readonly t: Translate; readonly path: string },
): readonly Issue[] {
  const isMissing = (name: string) => value[name] === undefined || value[name] === "";
  const missing = (shape.required ?? [])
    .filter(isMissing)
    .map((name) => ({ path: `${path}/${name}`, message: t("form.needed") }));
  const oneOf = shape["x-needs-one-of"] ?? [];
  const lacking =
    oneOf.length > 0 && oneOf.every(isMissing)
      ? [{ path: `${path}/${oneOf[0]}`, message: t("form.needsOne", { names: oneOf.join(", ") }) }]
      : [];
  const { properties = {}, additionalProperties } = shape;
  const inside = Object.entries(properties).flatMap(([name, part]) =>
    issuesIn(part, value[name], t, `${path}/${name}`),
  );
  const strange = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  const names = strange.join(", ");
  const unknown =
    additionalProperties === false && strange.length > 0
      ? [{ path: path || "/", message: t("form.unknown", { names, count: strange.length }) }]
      : [];
  return [...missing, ...lacking, ...inside, ...unknown];
}

/** `chargingProfilePurpose` as people read it: `Charging profile purpose`. */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z\d])(?=[A-Z])/g, "$1 ").toLowerCase();
  const spelt = words.replace(/\bevse\b/g, "EVSE").replace(/\bid\b/g, "id");
  return spelt.charAt(0).toUpperCase() + spelt.slice(1);
}

/** What is written as JSON may be anything. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
