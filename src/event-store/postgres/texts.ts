// Texts on their way to PostgreSQL and back.

/**
 * PostgreSQL has no U+0000 in texts, and stations send it: it is kept as U+0001 twice, and U+0001
 * as itself and U+0002, so that texts stay in their order.
 */
const nought = { given: "\u0000", kept: "\u0001\u0001" };
const one = { given: "\u0001", kept: "\u0001\u0002" };

/** A text as the database keeps it. */
export function keptText(text: string): string {
  if (!text.includes(nought.given) && !text.includes(one.given)) return text;
  return text.replaceAll(one.given, one.kept).replaceAll(nought.given, nought.kept);
}

/** A text as it was. */
export function givenText(text: string): string {
  if (!text.includes(one.given)) return text;
  return text.replaceAll(nought.kept, nought.given).replaceAll(one.kept, one.given);
}

/** A text as an element of an array's text. */
export function quotedElement(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The text of an array of texts, as the database keeps them. */
export function textArray(texts: readonly (string | null | undefined)[]): string {
  const elements = texts.map((text) => (text == null ? "NULL" : quotedElement(keptText(text))));
  return `{${elements.join()}}`;
}

/** The text of an array of numbers. */
export function numberArray(numbers: readonly (number | null | undefined)[]): string {
  return `{${numbers.map((number) => number ?? "NULL").join()}}`;
}
