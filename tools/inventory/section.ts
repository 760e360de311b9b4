/** A part of the document, and what is missing in what it describes. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  readonly missing: readonly string[];
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)];
}

/** A link from the document to a file, under its short name. */
export function link(path: string): string {
  const short = path.split("/").slice(-2).join("/");
  return `[${short}](../${path})`;
}
