/** Rows of equal members as a Markdown table. */
export function table(rows: readonly object[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  const line = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  const names = Object.keys(first);
  return [
    line(names),
    line(names.map(() => "---:")),
    ...rows.map((row) => line(Object.values(row))),
  ].join("\n");
}
