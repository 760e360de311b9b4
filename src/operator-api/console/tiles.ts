/** Where the console's map takes its tiles from. */
export interface Tiles {
  /** With `{z}`, `{x}` and `{y}` in its path. */
  readonly url: string;
  /** Whose they are, as plain text. */
  readonly attribution?: string | undefined;
}

/** Reads an address of tiles; a text says what is wrong with it. */
export function tilesOf(url: string, attribution?: string): Tiles | string {
  const missing = ["{z}", "{x}", "{y}"].find((part) => !url.includes(part));
  if (missing !== undefined) return `it has no ${missing}`;
  // The page's policy names one origin: `{s}` would be another one for each letter.
  if (/\{(?![zxy]\})/.test(url)) return "it has a part in braces beside {z}, {x} and {y}";
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    return "it is no address of the web";
  }
  if (parsed.username !== "" || parsed.password !== "") return "it must not hold a password";
  return { url, attribution };
}

/** The origin that images of tiles come from. */
export function originOf({ url }: Tiles): string {
  return new URL(url).origin;
}
