import type { Document } from "./api-client.ts";

/** Writes for people, or with `--json` for programs. */
export interface Output {
  /** A list: as a table with these columns, or as it came. */
  list(items: readonly Document[], columns: readonly Column[]): void;
  /** One thing that happened: a sentence, or the document. */
  told(document: unknown, sentence: string): void;
  /** There is nothing to list. */
  none(): void;
  line(text: string): void;
}

/** A column: its heading, and where its value is found (`connection.connected`). */
export type Column = readonly [heading: string, member: string];

export function createOutput(json: boolean, write: (text: string) => void): Output {
  const line = (text: string) => write(`${text}\n`);
  const none = () => {
    if (!json) line("None.");
  };
  return {
    ...{ line, none },
    told: (document, sentence) => line(json ? JSON.stringify(document, null, 2) : sentence),
    list: (items, columns) => {
      if (json) line(JSON.stringify(items, null, 2));
      else if (items.length === 0) none();
      else for (const row of tableOf(items, columns)) line(row);
    },
  };
}

/** Lines of a table, its columns as wide as they must be. */
export function tableOf(items: readonly Document[], columns: readonly Column[]): readonly string[] {
  const rows = [
    columns.map(([heading]) => heading),
    ...items.map((item) => columns.map(([, member]) => textOf(valueAt(item, member)))),
  ];
  const widths = columns.map((_column, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function valueAt(item: Document, member: string): unknown {
  let value: unknown = item;
  for (const name of member.split(".")) value = (value as Document | undefined)?.[name];
  return value;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
