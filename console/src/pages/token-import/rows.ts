// Tokens from a table: a file, or what was pasted from a spreadsheet. One row, one token.
import { instantOfText } from "../../parts/instants.ts";
import type { TokenBody } from "../tokens/fields.ts";

/** Why a row cannot be sent at all; everything else is the API's to judge. */
export type RowFault = "noToken" | "twice" | "badDate" | "badNumber";

/** A token of a table; `line` is where it stands, for who looks it up there. */
export interface TokenRow {
  readonly line: number;
  readonly uid: string;
  readonly body: TokenBody;
  readonly fault?: RowFault;
}

/** What the columns mean where no line of titles says it. */
const usual = ["token", "status", "group", "expires", "concurrency"] as const;
type Column = (typeof usual)[number];

/** Titles that tables really have, without regard to case, blanks and hyphens. */
const titles: Readonly<Record<Column, readonly string[]>> = {
  token: ["token", "identifyingtoken", "idtag", "uid", "rfid", "value", "id", "card"],
  status: ["status", "state"],
  group: ["group", "grouptoken", "groupid", "parentidtag"],
  expires: ["expires", "expiresat", "expirydate", "validuntil", "end"],
  concurrency: ["concurrency", "sessionsatonce"],
};

/** The tokens of a table. */
export function tokenRowsIn(text: string): readonly TokenRow[] {
  const lines = linesOf(text);
  const [first] = lines;
  if (first === undefined) return [];
  const named = columnsOf(first.cells);
  const columns = named ?? usual;
  const met = new Set<string>();
  return (named === undefined ? lines : lines.slice(1)).map(({ line, cells }): TokenRow => {
    const row = rowOf(columns, cells, line);
    const key = row.uid.toLowerCase();
    const isTwice = row.uid !== "" && met.has(key);
    met.add(key);
    return isTwice ? { ...row, fault: "twice" } : row;
  });
}

function columnsOf(cells: readonly string[]): readonly (Column | undefined)[] | undefined {
  const known = cells.map((cell) => {
    const title = cell.toLowerCase().replace(/[\s_-]/g, "");
    return usual.find((column) => titles[column].includes(title));
  });
  return known.includes("token") ? known : undefined;
}

function rowOf(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
  line: number,
): TokenRow {
  const at = (column: Column) =>
    (cells[columns.indexOf(column)]?.trim() ?? "").replace(/^'(?=[=+\-@\t\r])/, "");
  const [uid, group, expires, concurrency] = [
    at("token"),
    at("group"),
    at("expires"),
    at("concurrency"),
  ];
  const expiresAt = instantOfText(expires);
  const isDate = expires === "" || expiresAt !== undefined;
  const isNumber = /^\d*$/.test(concurrency);
  const body = {
    status: at("status").toLowerCase() || "accepted",
    ...(group === "" ? {} : { groupToken: group }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(concurrency === "" || !isNumber ? {} : { concurrency: Number(concurrency) }),
  } as TokenBody;
  const fault: RowFault | undefined =
    uid === "" ? "noToken" : isDate ? (isNumber ? undefined : "badNumber") : "badDate";
  return { line, uid, body, ...(fault === undefined ? {} : { fault }) };
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The lines that hold something; quoted cells may hold separators, quotes and line breaks. */
function linesOf(text: string): readonly Line[] {
  const separator = separatorOf(text);
  const lines: Line[] = [];
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let line = 1;
  let begun = 1;
  const endLine = () => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== "")) lines.push({ line: begun, cells });
    cells = [];
    cell = "";
  };
  const plain = text.replace(/^\u{feff}/u, "").replace(/\r\n?/g, "\n");
  for (let at = 0; at < plain.length; at += 1) {
    const letter = plain.charAt(at);
    if (letter === "\n") line += 1;
    if (isQuoted && letter === '"' && plain.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell.trim() === "")) {
      isQuoted = !isQuoted;
      cell = isQuoted ? "" : cell;
    } else if (!isQuoted && letter === separator) {
      cells.push(cell);
      cell = "";
    } else if (!isQuoted && letter === "\n") {
      endLine();
      begun = line;
    } else cell += letter;
  }
  endLine();
  return lines;
}

/** Spreadsheets separate by tabs, by commas, or by semicolons where commas are decimal points. */
function separatorOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1);
  return ["\t", ";", ","].find((one) => first.includes(one)) ?? ",";
}

/**
 * What begins so is a formula for a spreadsheet; the API's own tables say it in the same way. The
 * mark is taken off where such a table is read.
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Cells as a line of a table, quoted where they need it. */
export function csvLine(cells: readonly (string | number)[]): string {
  const quoted = cells.map((cell) => {
    const text = typeof cell === "number" ? String(cell) : withoutFormula(cell);
    return /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return quoted.join(",");
}
