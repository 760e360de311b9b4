// Texts with places for values: `{name}`, and `{count|station|stations}` for one and many.
import { countText } from "../parts/quantity.ts";
import type { English } from "./en/index.ts";

/** Name of a text. */
export type TextKey = keyof English;

type Trimmed<N extends string> = N extends `${infer Name}|${string}` ? Name : N;
type Places<S extends string> = S extends `${string}{${infer Place}}${infer Rest}`
  ? Trimmed<Place> | Places<Rest>
  : never;

/** The values that a text needs. */
export type Values<K extends TextKey> = Readonly<Record<Places<English[K]>, string | number>>;

/** What a text is asked for with: its values, where it has places for some. */
export type Given<K extends TextKey> = [Places<English[K]>] extends [never]
  ? []
  : [values: Values<K>];

/** Gives the text of a key in the viewer's language. */
export type Translate = <K extends TextKey>(key: K, ...given: Given<K>) => string;

/** Texts of a language, all of them. */
export type Catalogue = Readonly<Record<TextKey, string>>;

/** A text with its values in their places. */
export function filled(
  text: string,
  values: Readonly<Record<string, string | number>>,
  language: string,
): string {
  return text.replace(/\{([^{}]+)\}/g, (_place, inside: string) => {
    const [name = "", one, many = one] = inside.split("|");
    const value = values[name];
    if (one !== undefined) return value === 1 ? one : (many ?? "");
    return typeof value === "number" ? countText(value, language) : String(value ?? "");
  });
}
