// An empty log in PostgreSQL as an import fills it. All of it is one transaction: nobody sees
// anything before its end, and whatever ends it earlier leaves nothing behind.
import type { ClientBase } from "pg";
import type { ArchiveRow, ArchiveTable, ArchiveTarget } from "#bus";
import {
  asStoreError,
  type DatabaseOptions,
  migrateWithin,
  schemaOf,
  shownAddress,
  valueTypes,
} from "#postgres";
import { StoreProblem } from "#store-problem";
import { intArray, textArray } from "../log/arrays.ts";
import {
  attach,
  createTable,
  type EventPartition,
  listed,
  partitionFrom,
} from "../log/partitions.ts";
import { headQuery } from "../log/reads.ts";
import { logPart } from "../log/schema.ts";
import { openSession, problemOf, type Session } from "./session.ts";
import { StreamEnds } from "./stream-ends.ts";
import { archivedTables } from "./tables.ts";

const lockWait = "5s";
/** For sorting what goes into an index; the import has the server more or less to itself. */
const settings = { maintenance_work_mem: "256MB", synchronous_commit: "on" };

const ownTables = ["head", "events", "streams", "snapshots"].concat(
  Object.values(archivedTables).map(({ name }) => name),
);

const contents = `SELECT (${headQuery}) AS head, ${[
  "EXISTS (SELECT 1 FROM snapshots)",
  ...Object.values(archivedTables).map(
    ({ name, without = "false" }) => `EXISTS (SELECT 1 FROM ${name} WHERE NOT (${without}))`,
  ),
].join(" OR ")} AS filled`;

/** Fills a schema that holds no log yet; its tables are made where they are missing. */
export async function createPostgresArchive(options: DatabaseOptions): Promise<ArchiveTarget> {
  const shape = { purpose: "import", begin: "BEGIN", settings };
  const session = await openSession(options, shape).catch((error) => {
    throw problemOf(options, "cannot be opened", error);
  });
  try {
    await prepare(session.client, options);
  } catch (error) {
    await session.end("ROLLBACK").catch(() => undefined);
    throw problemOf(options, "cannot be filled", error);
  }
  return new ImportedTables(session, options);
}

async function prepare(client: ClientBase, options: DatabaseOptions): Promise<void> {
  await migrateWithin(client, schemaOf(options), logPart);
  await lockTables(client);
  const { rows } = await client.query({ text: contents, types: valueTypes });
  const [{ head, filled }] = rows as [{ head: number; filled: boolean }];
  if (head > 0 || filled) {
    const where = `The schema ${schemaOf(options)} of ${shownAddress(options.url)}`;
    const words = `${where} holds a log already (${head} events).`;
    throw new StoreProblem("notEmpty", `${words} Name another with --database-schema.`);
  }
  // What is filled first gets its indexes at one go then.
  for (const { table } of await listed(client)) await client.query(`DROP TABLE ${table}`);
  await client.query("ALTER TABLE receipts DROP CONSTRAINT receipts_pkey");
}

/** Whoever serves this log, empty as it is, waits until it is filled. */
async function lockTables(client: ClientBase): Promise<void> {
  try {
    await client.query(`SET LOCAL lock_timeout = '${lockWait}';
      LOCK TABLE ${ownTables.join(", ")} IN ACCESS EXCLUSIVE MODE; SET LOCAL lock_timeout = 0`);
  } catch (error) {
    if ((error as { code?: string }).code !== "55P03") throw error;
    const words = "Somebody works with this schema at this moment: stop all nodes first.";
    throw new StoreProblem("locked", words);
  }
}

const insertEvents = (table: string) => `INSERT INTO ${table}
    (position, stream, version, schema, station, correlation, type, data, meta)
  SELECT $1::bigint + e.at - 1, e.stream, e.version, e.schema, e.station, e.correlation, e.type,
    e.data, e.meta
  FROM unnest($2::bigint[], $3::integer[], $4::integer[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[]) WITH ORDINALITY
    AS e(stream, version, schema, station, correlation, type, data, meta, at)`;

class ImportedTables implements ArchiveTarget {
  readonly #session: Session;
  readonly #options: DatabaseOptions;
  readonly #ends: StreamEnds;
  #partition: EventPartition | undefined;
  #head = 0;
  /** What was taken last: written while the next rows come. */
  #writing: Promise<void> = Promise.resolve();

  constructor(session: Session, options: DatabaseOptions) {
    this.#session = session;
    this.#options = options;
    this.#ends = new StreamEnds(session.client, options.limits.chainCacheMax);
  }

  async add(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void> {
    await this.#writing;
    this.#writing = this.#write(table, rows);
    // Heard of by whoever waits for it next.
    this.#writing.catch(() => undefined);
  }

  async complete(): Promise<void> {
    try {
      await this.#writing;
      await this.#finish();
    } catch (error) {
      throw this.#problemOf(error);
    }
    await this.#session.end("COMMIT").catch((error) => {
      // It may have happened before the connection was lost: a second import would say so.
      throw problemOf(this.#options, "did not say whether it has kept the import", error);
    });
  }

  async abandon(): Promise<void> {
    await Promise.allSettled([this.#writing]);
    // A connection that is lost has taken everything back by itself.
    await this.#session.end("ROLLBACK").catch(() => undefined);
  }

  async #write(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void> {
    try {
      if (table === "event") await this.#addEvents(rows);
      else await this.#insert(table, rows);
    } catch (error) {
      throw this.#problemOf(error);
    }
  }

  async #addEvents(rows: readonly ArchiveRow[]): Promise<void> {
    const page = rows.map(([, stream, version]) => {
      return { stream: String(stream), version: Number(version) };
    });
    await this.#ends.load(page);
    const streams = page.map(({ stream, version }, at) => {
      const position = this.#head + at + 1;
      const follows = rows[at]?.[0] === position;
      const id = follows ? this.#ends.extend(stream, version, position) : undefined;
      if (id !== undefined) return id;
      throw new StoreProblem(
        "badArchive",
        `The archive's event at position ${rows[at]?.[0]} (${stream}, version ${version}) does ` +
          "not follow from those before it.",
      );
    });
    for (let at = 0; at < rows.length; ) at = await this.#fillPartition(rows, streams, at);
    await this.#ends.makeRoom();
  }

  /** Writes as many rows from one on as the partition takes; the next one. */
  async #fillPartition(
    rows: readonly ArchiveRow[],
    streams: readonly number[],
    from: number,
  ): Promise<number> {
    const { table, to } = await this.#partitionFor(this.#head + 1);
    const end = Math.min(rows.length, from + to - this.#head - 1);
    const some = rows.slice(from, end);
    const numbers = (column: number) => intArray(some.map((row) => Number(row[column])));
    const texts = (column: number) => textArray(some.map((row) => textOf(row[column])));
    await this.#session.client.query(insertEvents(table), [
      ...[this.#head + 1, intArray(streams.slice(from, end)), numbers(2), numbers(6)],
      ...[texts(3), texts(4), texts(5), texts(7), texts(8)],
    ]);
    this.#head += some.length;
    return end;
  }

  async #partitionFor(position: number): Promise<EventPartition> {
    const { client } = this.#session;
    const full = this.#partition;
    if (full !== undefined && position < full.to) return full;
    if (full !== undefined) await attach(client, full);
    const next = partitionFrom(full?.to ?? 1, this.#options.limits.eventPartitionEvents);
    await createTable(client, next);
    this.#partition = next;
    return next;
  }

  async #insert(table: Exclude<ArchiveTable, "event">, rows: readonly ArchiveRow[]): Promise<void> {
    const { name, columns } = archivedTables[table];
    const types = Object.values(columns);
    const places = types.map((type, at) => `$${at + 1}::${type}[]`).join(", ");
    const values = types.map((type, column) =>
      type === "text"
        ? textArray(rows.map((row) => textOf(row[column])))
        : intArray(rows.map((row) => Number(row[column]))),
    );
    const text = `INSERT INTO ${name} (${Object.keys(columns).join(", ")})
      SELECT * FROM unnest(${places})`;
    await this.#session.client.query(text, values);
  }

  async #finish(): Promise<void> {
    const { client } = this.#session;
    await this.#ends.writeAll();
    if (this.#partition !== undefined) await attach(client, this.#partition);
    await client.query("ALTER TABLE receipts ADD CONSTRAINT receipts_pkey PRIMARY KEY (id)");
    await client.query("UPDATE head SET position = $1 WHERE shard = 0", [this.#head]);
    await client.query(`ANALYZE ${ownTables.join(", ")}`);
  }

  #problemOf(error: unknown): Error {
    if (error instanceof StoreProblem) return error;
    const { name, message } = asStoreError(error);
    if (name !== "UnitRefused") return problemOf(this.#options, "cannot be filled", error);
    const words = `PostgreSQL does not take what the archive holds: ${message}.`;
    return new StoreProblem("badArchive", `${words} Nothing was imported.`);
  }
}

const textOf = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
