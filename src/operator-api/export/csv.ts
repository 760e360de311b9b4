// Tables as texts for spreadsheets: RFC 4180, and nothing in them that a spreadsheet would run.

/** What a cell may hold; nothing where there is no value. */
export type Cell = string | number | boolean | undefined;

/** A line with its end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  // A number is no formula, whatever its sign.
  return typeof cell === "string" ? quoted(harmless(cell)) : String(cell);
}

/**
 * What begins so is a formula for a spreadsheet, and the text comes from a station or from who
 * holds a token: with an apostrophe before it, it is a text.
 */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
