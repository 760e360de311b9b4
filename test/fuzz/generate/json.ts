// JSON as nobody's library writes it: members twice, numbers beyond doubles, lone surrogates.

const written = Symbol("written");
const listed = Symbol("listed");

/** A piece of JSON (or none) that is written as it stands. */
export interface Written {
  readonly [written]: string;
}

/** An object whose members are written in this order, also those of one name. */
export interface Listed {
  readonly [listed]: readonly (readonly [string, unknown])[];
}

/** A text that goes into the JSON as it is. */
export function asWritten(text: string): Written {
  return { [written]: text };
}

/** An object that may name a member twice. */
export function asListed(members: readonly (readonly [string, unknown])[]): Listed {
  return { [listed]: members };
}

/** Writes a value; `undefined` is left out of objects, and is null elsewhere. */
export function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (written in value) return (value as Written)[written];
  const members = listed in value ? (value as Listed)[listed] : Object.entries(value);
  const present = members.filter(([, member]) => member !== undefined);
  return `{${present.map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`)}}`;
}
