import {
  CheckpointMoved,
  RowsRefused,
  type ViewQuery,
  type ViewRow,
  type ViewStore,
  type ViewTable,
  type ViewValue,
} from "#bus";
import type { Limits } from "#limits";
import { type ViewConnectionSettings, ViewConnections } from "./view-connections.ts";
import {
  columnsOf,
  createIndexesSql,
  createTableSql,
  definitionOf,
  movedState,
  quoted,
  settingsSql,
} from "./view-schema.ts";
import { OpenTable, type Statement } from "./view-table.ts";
import { parameterOf } from "./view-values.ts";

/** Opens the views of a schema of their own; it is made where it is missing. */
export async function openPostgresViewStore(
  settings: ViewConnectionSettings,
  limits: Limits,
): Promise<ViewStore> {
  const tables = new ViewTables(settings, limits);
  try {
    await tables.open();
  } catch (error) {
    await tables.close();
    throw error;
  }
  return {
    dialect: "postgres",
    migrate: (wanted) => tables.migrate(wanted),
    get: async (table, key) => (await orRefused(() => tables.getMany(table, [key])))[0],
    getMany: (table, keys) => orRefused(() => tables.getMany(table, keys)),
    commit: (batch) => orRefused(() => tables.commit(batch)),
    checkpoint: () => tables.checkpoint(),
    query: (query) => orRefused(() => tables.query(query)),
    clear: () => tables.clear(),
    close: () => tables.close(),
  };
}

/** Classes of SQLSTATE that speak of a value: data, a constraint, more than a row can hold. */
const ofValues = new Set(["22", "23", "54"]);

/** Tells a value that cannot be stored from a store that does not work. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code === movedState) throw new CheckpointMoved(message, { cause: error });
    // Only those of the server: a system's error such as EPIPE has letters in these places.
    if (typeof code !== "string" || code.length !== 5 || !ofValues.has(code.slice(0, 2))) {
      throw error;
    }
    throw new RowsRefused(message, { cause: error });
  }
}

class ViewTables {
  readonly #schema: string;
  readonly #connections: ViewConnections;
  readonly #updatesMax: number;
  readonly #tables = new Map<string, OpenTable>();
  /** Where the store stood when it was last read or written here: a commit goes on from there. */
  #position: number | undefined;

  constructor(settings: ViewConnectionSettings, limits: Limits) {
    this.#schema = settings.schema;
    this.#updatesMax = limits.viewStatementsMax;
    this.#connections = new ViewConnections(settings, limits);
  }

  async open(): Promise<void> {
    // Whoever comes second finds what the first has made.
    await this.#connections.transaction([this.#lock(), settingsSql(this.#schema)].map(plain));
    for (const definition of (await this.#stored()).values()) this.#open(JSON.parse(definition));
  }

  async migrate(wanted: readonly ViewTable[]): Promise<{ readonly rebuilt: readonly string[] }> {
    const stored = await this.#stored();
    const changed = wanted.filter((table) => stored.get(table.name) !== definitionOf(table));
    if (changed.length === 0) return { rebuilt: [] };
    const rebuilt = changed.filter((table) => columnsOf(table) !== columnsIn(stored, table.name));
    const indexed = await this.#indexes(changed.filter((table) => !rebuilt.includes(table)));
    // Indexes of a large table take as long as they take.
    const steps = [this.#lock(), "SET LOCAL statement_timeout = 0", ...indexed].map(plain);
    for (const table of changed) {
      if (rebuilt.includes(table)) steps.push(plain(createTableSql(table)));
      steps.push(plain(createIndexesSql(table)), {
        text: `INSERT INTO motown_tables VALUES ($1, $2)
          ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`,
        values: [table.name, definitionOf(table)],
      });
    }
    await this.#connections.transaction(steps.filter(({ text }) => text !== ""));
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
