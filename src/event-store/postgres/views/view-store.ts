import type { ViewQuery, ViewRow, ViewStore, ViewTable, ViewValue } from "#bus";
import { type DatabaseOptions, migrate, type Statement, schemaOf } from "#postgres";
import { ViewConnections } from "./view-connections.ts";
import {
  columnsOf,
  createIndexesSql,
  createTableSql,
  definitionOf,
  dropIndexes,
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
    migrate: (wanted, epoch) => tables.migrate(wanted, epoch),
    get: async (table, key) => (await tables.getMany(table, [key]))[0],
    getMany: (table, keys) => tables.getMany(table, keys),
    commit: (batch) => tables.commit(batch),
    claim: (epoch) => tables.claim(epoch),
    checkpoint: () => tables.checkpoint(),
    query: (query) => tables.query(query),
    clear: (epoch) => tables.clear(epoch),
    close: () => tables.close(),
  };
}

/** Removes the views of a schema, with all that is in it. */
export async function dropPostgresViews(options: DatabaseOptions): Promise<void> {
  const connections = new ViewConnections(options);
  try {
    const drop = plain(`DROP SCHEMA IF EXISTS ${schemaOf(options)} CASCADE`);
    await connections.reshape((run) => run(drop));
  } finally {
    await connections.close();
  }
}

/** Nobody of an older epoch writes any more once this is committed. */
function holding(epoch: number): Statement {
  return { name: "hold", text: "SELECT motown_hold($1)", values: [String(epoch)] };
}

/** The first step of whatever is done under a lease. */
function leaseOf(epoch: number | undefined): readonly Statement[] {
  return epoch === undefined ? [] : [holding(epoch)];
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
    const definitions = definitionsOf(await this.#connections.rows(stored));
    for (const text of definitions.values()) this.#open(JSON.parse(text));
  }

  /** Of several programs that start together the first makes the tables; the others find them. */
  async migrate(
    wanted: readonly ViewTable[],
    epoch?: number,
  ): Promise<{ readonly rebuilt: readonly string[] }> {
    const { rebuilt } = await this.#connections.reshape(async (run) => {
      await run(
        plain(`SELECT pg_advisory_xact_lock(hashtextextended('${this.#schema} views', 0))`),
      );
      for (const hold of leaseOf(epoch)) await run(hold);
      const plan = planOf(wanted, definitionsOf(await run(stored)));
      await run(dropIndexes(this.#schema, plan.changed));
      for (const table of plan.changed) {
        if (plan.rebuilt.includes(table)) await run(plain(createTableSql(table)));
        for (const sql of createIndexesSql(table)) await run(plain(sql));
        await run(definition(table));
      }
      return plan;
    }, epoch);
    for (const table of wanted) this.#open(table);
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

  async commit(batch: Parameters<ViewStore["commit"]>[0]): Promise<void> {
    const { changes, checkpoint, epoch } = batch;
    const position = this.#position ?? (await this.checkpoint());
    const steps = changes.flatMap((change) => [...this.#table(change.table).change(change)]);
    const advance = {
      name: "advance",
      text: "SELECT motown_advance($1, $2)",
      values: [String(position), String(checkpoint)],
    };
    await this.#connections.transaction([...leaseOf(epoch), advance, ...steps], epoch);
    this.#position = checkpoint;
  }

  async claim(epoch: number): Promise<void> {
    await this.#connections.transaction([holding(epoch)], epoch);
    // Whoever led them before may have come farther.
    this.#position = undefined;
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

  async clear(epoch?: number): Promise<void> {
    const names = [...this.#tables.keys()].map(quoted).join(", ");
    const emptied = [
      "SELECT 1 FROM motown_checkpoint FOR UPDATE",
      ...(names === "" ? [] : [`TRUNCATE ${names}`]),
      "UPDATE motown_checkpoint SET position = 0",
    ];
    await this.#connections.transaction([...leaseOf(epoch), ...emptied.map(plain)], epoch);
    this.#position = 0;
  }

  close(): Promise<void> {
    return this.#connections.close();
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

const stored = plain("SELECT name, definition FROM motown_tables");

function definitionsOf(rows: readonly (readonly ViewValue[])[]): ReadonlyMap<string, string> {
  return new Map(rows.map(([name, text]) => [String(name), String(text)]));
}

function planOf(wanted: readonly ViewTable[], definitions: ReadonlyMap<string, string>) {
  const changed = wanted.filter((table) => definitions.get(table.name) !== definitionOf(table));
  const rebuilt = changed.filter((table) => {
    const known = definitions.get(table.name);
    return known === undefined || columnsOf(JSON.parse(known)) !== columnsOf(table);
  });
  return { changed, rebuilt };
}

function definition(table: ViewTable): Statement {
  return {
    text: `INSERT INTO motown_tables VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`,
    values: [table.name, definitionOf(table)],
  };
}
