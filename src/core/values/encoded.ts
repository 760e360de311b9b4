/**
 * A text as part of a key. Halves of characters, which some text may hold, become what a database
 * makes of them: a key is made of whatever comes, and making one never fails.
 */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
