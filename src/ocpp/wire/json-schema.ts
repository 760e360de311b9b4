/** As much of JSON Schema as OCPP's schemas use. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $schema?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly maxLength?: number;
  readonly multipleOf?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** A payload: of which action, and asked or answered. */
export interface About {
  readonly action: string;
  readonly kind: "request" | "response";
}

/** Finds the schema of a payload; undefined where the version has no such action. */
export type SchemaOf = (about: About) => JsonSchema | undefined;

/** A value that is let through although its schema refuses it: too long, or a word in no list. */
export interface Tolerance {
  readonly maxLength: number;
  /** The deviation that it is. */
  readonly code: string;
}

/** What a version lets through after mending, by the name of a member or `Action.member`. */
export interface Tolerances {
  readonly texts: Readonly<Record<string, Tolerance>>;
  /** Whole numbers that may have decimals, by the deviation that it is. */
  readonly decimals: Readonly<Record<string, string>>;
  /** Members that a row can do without, by `Action.member` or name. */
  readonly optional: readonly string[];
}

/** The same schema with what is tolerated: longer texts, any word, fewer required members. */
export function relaxed(schema: JsonSchema, action: string, tolerances: Tolerances): JsonSchema {
  const { properties, items, required, definitions } = schema;
  const isNeeded = (name: string) =>
    !tolerances.optional.includes(name) && !tolerances.optional.includes(`${action}.${name}`);
  return {
    ...schema,
    ...(items && { items: relaxed(items, action, tolerances) }),
    ...(required && { required: required.filter(isNeeded) }),
    ...(properties && { properties: relaxedMembers(properties, action, tolerances) }),
    ...(definitions && { definitions: relaxedMembers(definitions, action, tolerances) }),
  };
}

function relaxedMembers(
  members: Readonly<Record<string, JsonSchema>>,
  action: string,
  tolerances: Tolerances,
): Record<string, JsonSchema> {
  const entries = Object.entries(members).map(([name, schema]) => {
    const tolerance = toleranceOf(tolerances, action, name);
    if (tolerance !== undefined && isText(schema)) {
      return [name, { type: "string", maxLength: tolerance.maxLength }];
    }
    if (tolerances.decimals[name] !== undefined) return [name, { type: "number" }];
    return [name, relaxed(schema, action, tolerances)];
  });
  return Object.fromEntries(entries);
}

function isText(schema: JsonSchema): boolean {
  return schema.type === "string" || schema.$ref !== undefined;
}

/** The tolerance for a member of an action, if there is one. */
export function toleranceOf(
  tolerances: Tolerances,
  action: string,
  name: string,
): Tolerance | undefined {
  return tolerances.texts[`${action}.${name}`] ?? tolerances.texts[name];
}

/**
 * The same schema by itself: what it refers to stands in the place of the reference, and nothing
 * names where it came from. Parts that contain themselves end in what may be anything.
 */
export function selfContained({ $id: _id, $schema: _schema, ...schema }: JsonSchema): JsonSchema {
  const { definitions = {}, ...own } = schema;
  return inlined(own, { definitions, inside: new Set() });
}

interface Inlining {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** Names of the definitions that this part is inside of. */
  readonly inside: ReadonlySet<string>;
}

function inlined(schema: JsonSchema, about: Inlining): JsonSchema {
  const { $ref, ...own } = schema;
  if ($ref !== undefined) {
    const name = $ref.replace("#/definitions/", "");
    const found = about.definitions[name];
    if (found === undefined || about.inside.has(name)) return own;
    const inside = new Set([...about.inside, name]);
    return { ...inlined(found, { ...about, inside }), ...own };
  }
  const { items, properties } = own;
  return {
    ...own,
    ...(items && { items: inlined(items, about) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, inlined(one, about)]),
      ),
    }),
  };
}

/**
 * The same schema, whose whole numbers are such as can be counted with: JSON takes 1e21 for one, no
 * column does.
 */
export function withSafeIntegers(schema: JsonSchema): JsonSchema {
  const { type, properties, definitions, items } = schema;
  const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number;
  return {
    ...(type === "integer" && { minimum: MIN_SAFE_INTEGER, maximum: MAX_SAFE_INTEGER }),
    ...schema,
    ...(items && { items: withSafeIntegers(items) }),
    ...(properties && { properties: safeMembers(properties) }),
    ...(definitions && { definitions: safeMembers(definitions) }),
  };
}

function safeMembers(
  members: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, JsonSchema>> {
  const entries = Object.entries(members).map(([name, one]) => [name, withSafeIntegers(one)]);
  return Object.fromEntries(entries);
}
