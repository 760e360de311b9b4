// SQL that makes a view's table and its indexes.
import { type ViewTable, viewIndexName } from "#bus";

/** What decides whether stored rows can stay: columns and key. */
export function columnsOf({ columns, key }: ViewTable): string {
  const types = Object.entries(columns).map(([name, { type }]) => [name, type]);
  return JSON.stringify([types, key]);
}

/** Makes the table anew, empty. */
export function createTableSql({ name, columns, key }: ViewTable): string {
  const table = quoted(name);
  const list = Object.entries(columns).map(([column, { type }]) => `${quoted(column)} ${type}`);
  const inner = [...list, `PRIMARY KEY (${key.map(quoted).join(", ")})`].join(", ");
  return `DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (${inner}) STRICT, WITHOUT ROWID`;
}

/** Makes the table's indexes. */
export function createIndexesSql({ name, columns, indexes = [] }: ViewTable): string {
  const created = indexes.map((on, at) => {
    const [first = ""] = on;
    const partial = columns[first]?.nullable ? ` WHERE ${quoted(first)} IS NOT NULL` : "";
    const list = on.map(quoted).join(", ");
    return `CREATE INDEX ${quoted(viewIndexName(name, at))} ON ${quoted(name)} (${list})${partial}`;
  });
  return created.join(";");
}

/** Drops indexes by name. */
export function dropIndexesSql(names: readonly string[]): string {
  return names.map((name) => `DROP INDEX ${quoted(name)}`).join(";");
}

/** A name as SQL writes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
