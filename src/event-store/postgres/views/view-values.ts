// Values of rows as PostgreSQL takes them: many of one column as one array.
import { createHash } from "node:crypto";
import { RowsRefused, type ViewColumn, type ViewValue } from "#bus";
import { keptText, quotedElement } from "../texts.ts";

/** Types of columns. */
export const columnTypes = { text: "text", integer: "bigint", real: "double precision" } as const;

/** An index holds 2,704 bytes a row: five texts of this length. */
const indexedBytesMax = 512;
const hashCharacters = 32;

/**
 * A text that stands in an index: one that is too long for it gives its end for a hash, so that
 * what was different stays different. No station sends such texts in good faith.
 */
export function indexedText(text: string): string {
  const kept = keptText(text);
  // A character has three bytes at most, or four for two.
  if (kept.length * 3 <= indexedBytesMax || Buffer.byteLength(kept) <= indexedBytesMax) return kept;
  const hash = createHash("sha256").update(kept).digest("hex").slice(0, hashCharacters);
  const start = Buffer.from(kept).subarray(0, indexedBytesMax - hashCharacters - 3);
  // What the cut leaves of a character becomes one of three bytes.
  const whole = start.toString().replace(/\ufffd+$/, "");
  return `${whole}…${hash}`;
}

/** A value of a query, in which texts are compared with columns that may stand in an index. */
export function parameterOf(value: ViewValue): ViewValue {
  return typeof value === "string" ? indexedText(value) : value;
}

/** How a column's values are written. */
export interface ColumnWriting {
  readonly name: string;
  readonly type: ViewColumn["type"];
  readonly isIndexed: boolean;
}

/** The text of an array of a column's values; `RowsRefused` where one is none of its type. */
export function arrayOf(column: ColumnWriting, values: readonly ViewValue[]): string {
  return `{${values.map((value) => elementOf(column, value)).join()}}`;
}

function elementOf(column: ColumnWriting, value: ViewValue | undefined): string {
  if (value === null || value === undefined) return "NULL";
  const { name, type, isIndexed } = column;
  if (type === "text" && typeof value === "string") {
    const text = isIndexed ? indexedText(value) : keptText(value);
    return quotedElement(text);
  }
  const isRight =
    typeof value === "number" &&
    (type === "integer" ? Number.isSafeInteger : Number.isFinite)(value);
  if (isRight) return String(value);
  const given = typeof value === "number" ? String(value) : `a ${typeof value}`;
  throw new RowsRefused(`${name} holds a value of type ${type}, not ${given}`);
}
