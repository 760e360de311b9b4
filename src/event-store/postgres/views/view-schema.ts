// SQL that makes the schema of views, a view's table and its indexes.
import { type ViewTable, viewIndexName } from "#bus";
import type { MigratedPart, Statement } from "#postgres";
import { columnTypes } from "./view-values.ts";

/** SQLSTATE of a commit to views that have moved. */
export const movedState = "MOV01";
/** Another epoch has begun; its number is the message. */
export const leaseOverState = "MOV02";

/** The store's own tables, and the step of the checkpoint, which only one of two can make. */
const settingsSql = `
CREATE TABLE motown_tables (name text PRIMARY KEY, definition text NOT NULL);
CREATE TABLE motown_checkpoint (
  id integer PRIMARY KEY CHECK (id = 1), position bigint NOT NULL, epoch bigint NOT NULL);
INSERT INTO motown_checkpoint VALUES (1, 0, 0);
CREATE FUNCTION motown_hold(held bigint) RETURNS void
LANGUAGE plpgsql AS $$ DECLARE newest bigint; BEGIN
  SELECT epoch INTO newest FROM motown_checkpoint FOR UPDATE;
  IF newest > held THEN
    RAISE EXCEPTION '%', newest USING ERRCODE = '${leaseOverState}';
  END IF;
  UPDATE motown_checkpoint SET epoch = held WHERE epoch < held;
END $$;
CREATE FUNCTION motown_advance(expected bigint, reached bigint) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN
  UPDATE motown_checkpoint SET position = reached WHERE id = 1 AND position = expected;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the views do not stand at % any more', expected
      USING ERRCODE = '${movedState}';
  END IF;
END $$`;

/** What the store has besides its views. */
export const viewSettings: MigratedPart = {
  part: "views",
  steps: [{ sql: settingsSql, worksFrom: 1 }],
};

/** Raised where the same tables get other indexes, so that stored ones are made anew. */
const layout = 1;

/** What a table is compared by: columns, key and indexes, in their order. */
export function definitionOf({ name, columns, key, indexes }: ViewTable): string {
  return JSON.stringify({ name, columns, key, indexes, layout });
}

/** What decides whether stored rows can stay: columns and key. */
export function columnsOf({ columns, key }: ViewTable): string {
  const types = Object.entries(columns).map(([name, { type }]) => [name, type]);
  return JSON.stringify([types, key]);
}

/** Makes the table anew, empty. Texts are ordered byte by byte, as everywhere in Motown. */
export function createTableSql({ name, columns, key }: ViewTable): string {
  const table = quoted(name);
  const list = Object.entries(columns).map(
    ([column, { type }]) =>
      `${quoted(column)} ${columnTypes[type]}${type === "text" ? ' COLLATE "C"' : ""}`,
  );
  const inner = [...list, `PRIMARY KEY (${key.map(quoted).join(", ")})`].join(", ");
  // Room beside a row for its next version, so that what no index shows is written there.
  return `DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (${inner}) WITH (fillfactor = 85)`;
}

/** Makes the table's indexes. */
export function createIndexesSql(table: ViewTable): readonly string[] {
  const { name, columns } = table;
  return indexesOf(table).map(({ at, on }) => {
    const [first = ""] = on;
    const partial = columns[first]?.nullable ? ` WHERE ${quoted(first)} IS NOT NULL` : "";
    const list = on.map(quoted).join(", ");
    const index = quoted(viewIndexName(name, at));
    return `CREATE INDEX ${index} ON ${quoted(name)} (${list})${partial}`;
  });
}

/** Drops all indexes of these tables but those of their keys. */
export function dropIndexes(schema: string, tables: readonly ViewTable[]): Statement {
  const names = tables.map(({ name }) => `'${name.replaceAll("'", "''")}'`).join(", ");
  const text = `DO $$ DECLARE found text; BEGIN
    FOR found IN SELECT indexname FROM pg_indexes AS i WHERE schemaname = '${schema}'
      AND tablename = ANY (ARRAY[${names}]::text[]) AND NOT EXISTS (SELECT FROM pg_constraint
        WHERE conname = i.indexname AND connamespace = '${schema}'::regnamespace)
    LOOP EXECUTE format('DROP INDEX %I', found); END LOOP;
  END $$`;
  return { text, values: [] };
}

/** Columns whose texts stand in the key or in an index. */
export function indexedColumns(table: ViewTable): ReadonlySet<string> {
  return new Set([...table.key, ...indexesOf(table).flatMap(({ on }) => on)]);
}

/**
 * Indexes as they are here, each with the rest of the key, which tells ties and which SQLite adds
 * by itself. Texts that are only looked at on the way are left out: an index has little room for
 * them, and its rows are near.
 */
function indexesOf({ key, columns, indexes = [] }: ViewTable) {
  const known = new Set<string>();
  return indexes.flatMap((wanted, at) => {
    const all = [...wanted, ...key.filter((column) => !wanted.includes(column))];
    const last = Math.max(...key.map((column) => all.indexOf(column)));
    const on = all.filter((column, place) => place <= last || columns[column]?.type !== "text");
    const name = on.join();
    if (known.has(name)) return [];
    known.add(name);
    return [{ at, on }];
  });
}

/** A name as SQL writes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
