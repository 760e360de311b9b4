/** An instant as we keep it (UTC, milliseconds) from any ISO 8601 text with a zone. */
export function instantFrom(text: string): string | undefined {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

/** An instant some milliseconds after (or, negative, before) another. */
export function instantAfter(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}
