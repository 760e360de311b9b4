/** What stands behind the question mark, as texts: an address that people can read and write. */
export type Search = Readonly<Record<string, string>>;

/** `?a=b` as `{ a: "b" }`. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The other way round; what is empty is left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") fields.set(name, String(value));
  }
  return fields.size === 0 ? "" : `?${fields}`;
}
