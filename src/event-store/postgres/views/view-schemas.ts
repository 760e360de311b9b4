import { type Connections, createConnections, type DatabaseOptions } from "#postgres";

/** Schemas of views in one database: each release that shows other rows has one of its own. */
export interface ViewSchemas {
  /** Those whose names begin so, and since when nobody uses them, if that was noted. */
  list(start: string): Promise<readonly ViewSchema[]>;
  /** Notes since when nobody uses a schema; undefined: somebody does. */
  note(name: string, unusedSince: string | undefined): Promise<void>;
  close(): Promise<void>;
}

interface ViewSchema {
  readonly name: string;
  readonly unusedSince: string | undefined;
}

const unused = "unused since ";

/** The note is the schema's own comment: it goes with it, and needs no table. */
export function createPostgresViewSchemas(options: DatabaseOptions): ViewSchemas {
  const connections: Connections = createConnections(options, { purpose: "old views", max: 1 });
  return {
    list: async (start) => {
      const rows = await connections.run<{ name: string; note: string | null }>({
        text: `SELECT nspname AS name, obj_description(oid, 'pg_namespace') AS note
          FROM pg_namespace WHERE starts_with(nspname, $1) ORDER BY nspname`,
        values: [start],
      });
      return rows.map(({ name, note }) => {
        const isNoted = note?.startsWith(unused) === true;
        return { name, unusedSince: isNoted ? note.slice(unused.length) : undefined };
      });
    },
    note: async (name, since) => {
      const note = since === undefined ? "NULL" : `'${unused}${since.replaceAll("'", "")}'`;
      await connections.run({ text: `COMMENT ON SCHEMA "${name}" IS ${note}`, values: [] });
    },
    close: () => connections.close(),
  };
}
