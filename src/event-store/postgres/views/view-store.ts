import type { ViewQuery, ViewRow, ViewStore, ViewTable, ViewValue } from "#bus";
import { type DatabaseOptions, type Statement, schemaOf } from "../connections.ts";
import { migrate } from "../migrations.ts";
import { ViewConnections } from "./view-connections.ts";
import {
  columnsOf,
  createIndexesSql,
  createTableSql,
  definitionOf,
  quoted,
  viewSettings,
} from "./view-schema.ts";
import { OpenTable } from "./view-table.ts";
import { parameterOf } from "./view-values.ts";

/** Opens the views of the schema that is named, which is theirs alone; made where it is missing. */
export async function openPostgresViewStore(options: DatabaseOptions): Promise<ViewStore> {
  await migrate(options, viewSettings);
  const tables = new ViewTables(options);
  try {
    await tables.open();
  } catch (error) {
    await tables.close();
    throw error;
  }
  return {
    dialect: "postgres",
    migrate: (wanted) => tables.migrate(wanted),
    get: async (table, key) => (await tables.getMany(table, [key]))[0],
    getMany: (table, keys) => tables.getMany(table, keys),
    commit: (batch) => tables.commit(batch),
    checkpoint: () => tables.checkpoint(),
    query: (query) => tables.query(query),
    clear: () => tables.clear(),
    close: () => tables.close(),
  };
}

/** Removes the views of a schema, with all that is in it. */
export async function dropPostgresViews(options: DatabaseOptions): Promise<void> {
  const connections = new ViewConnections(options);
  try {
    await connections.reshape([plain(`DROP SCHEMA IF EXISTS ${schemaOf(options)} CASCADE`)]);
  } finally {
    await connections.close();
  }
}

class ViewTables {
  readonly #schema: string;
  readonly #connections: ViewConnections;
  readonly #updatesMax: number;
  readonly #tables = new Map<string, OpenTable>();
  /** Where the store stood when it was last read or written here: a commit goes on from there. */
  #position: number | undefined;

  constructor(options: DatabaseOptions) {
    this.#schema = schemaOf(options);
    this.#updatesMax = options.limits.viewStatementsMax;
    this.#connections = new ViewConnections(options);
  }

  async open(): Promise<void> {
    for (const definition of (await this.#stored()).values()) this.#open(JSON.parse(definition));
  }

  async migrate(wanted: readonly ViewTable[]): Promise<{ readonly rebuilt: readonly string[] }> {
    const stored = await this.#stored();
    const changed = wanted.filter((table) => stored.get(table.name) !== definitionOf(table));
    if (changed.length === 0) return { rebuilt: [] };
    const rebuilt = changed.filter((table) => columnsOf(table) !== columnsIn(stored, table.name));
    const indexed = await this.#indexes(changed.filter((table) => !rebuilt.includes(table)));
    const steps = [this.#lock(), ...indexed].map(plain);
    for (const table of changed) {
      if (rebuilt.includes(table)) steps.push(plain(createTableSql(table)));
      steps.push(plain(createIndexesSql(table)), {
        text: `INSERT INTO motown_tables VALUES ($1, $2)
          ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`,
        values: [table.name, definitionOf(table)],
      });
    }
    await this.#connections.reshape(steps.filter(({ text }) => text !== ""));
    for (const table of changed) this.#open(table);
    return { rebuilt: rebuilt.map(({ name }) => name) };
  }

  async getMany(
    table: string,
    keys: readonly (readonly ViewValue[])[],
  ): Promise<(ViewRow | undefined)[]> {
    const open = this.#table(table);
    const found: (ViewRow | undefined)[] = keys.map(() => undefined);
    for (const [place, ...values] of await this.#connections.rows(open.read(keys))) {
      found[Number(place) - 1] = open.row(values);
    }
    return found;
  }

  async commit({ changes, checkpoint }: Parameters<ViewStore["commit"]>[0]): Promise<void> {
    const position = this.#position ?? (await this.checkpoint());
    const steps = changes.flatMap((change) => [...this.#table(change.table).change(change)]);
    const advance = {
      name: "advance",
      text: "SELECT motown_advance($1, $2)",
      values: [String(position), String(checkpoint)],
    };
    await this.#connections.transaction([advance, ...steps]);
    this.#position = checkpoint;
  }

  async checkpoint(): Promise<number> {
    const text = "SELECT position FROM motown_checkpoint";
    const [[position] = []] = await this.#connections.rows({ text, values: [] });
    this.#position = Number(position ?? 0);
    return this.#position;
  }

  query({ sql, parameters }: ViewQuery): Promise<readonly ViewRow[]> {
    return this.#connections.ask(sql, parameters.map(parameterOf));
  }

  async clear(): Promise<void> {
    const names = [...this.#tables.keys()].map(quoted).join(", ");
    await this.#connections.transaction(
      [
        "SELECT 1 FROM motown_checkpoint FOR UPDATE",
        ...(names === "" ? [] : [`TRUNCATE ${names}`]),
        "UPDATE motown_checkpoint SET position = 0",
      ].map(plain),
    );
    this.#position = 0;
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  #lock(): string {
    return `SELECT pg_advisory_xact_lock(hashtext('motown views'), hashtext('${this.#schema}'))`;
  }

  async #stored(): Promise<ReadonlyMap<string, string>> {
    const text = "SELECT name, definition FROM motown_tables";
    const rows = await this.#connections.rows({ text, values: [] });
    return new Map(rows.map(([name, definition]) => [String(name), String(definition)]));
  }

  /** Drops the indexes that these tables have. */
  async #indexes(tables: readonly ViewTable[]): Promise<readonly string[]> {
    const text = `SELECT indexname FROM pg_indexes AS i WHERE schemaname = $1
      AND tablename = ANY ($2) AND NOT EXISTS (SELECT FROM pg_constraint
        WHERE conname = i.indexname AND connamespace = $1::regnamespace)`;
    const names = `{${tables.map(({ name }) => quoted(name)).join()}}`;
    const rows = await this.#connections.rows({ text, values: [this.#schema, names] });
    return rows.map(([name]) => `DROP INDEX ${quoted(String(name))}`);
  }

  #open(table: ViewTable): void {
    this.#tables.set(table.name, new OpenTable(table, this.#updatesMax));
  }

  #table(name: string): OpenTable {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`there is no view table ${name}`);
    return table;
  }
}

function plain(text: string): Statement {
  return { text, values: [] };
}

function columnsIn(stored: ReadonlyMap<string, string>, name: string): string | undefined {
  const definition = stored.get(name);
  return definition === undefined ? undefined : columnsOf(JSON.parse(definition));
}
