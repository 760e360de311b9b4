// The log in PostgreSQL as an archive reads it from end to end.
import type { ClientBase, QueryArrayConfig } from "pg";
import { type ArchiveRow, type ArchiveSource, type ArchiveTable, archiveTables } from "#bus";
import { type DatabaseOptions, isThere, schemaOf, shownAddress, valueTypes } from "#postgres";
import { StoreProblem } from "#store-problem";
import { headQuery } from "../log/reads.ts";
import { logPart } from "../log/schema.ts";
import { openSession, problemOf, type Session } from "./session.ts";
import { archivedTables } from "./tables.ts";

/** Rows that are in memory at a time; as many more are on their way meanwhile. */
const rowsAtOnce = 2_000;

const events = `SELECT e.position, s.name, e.version, e.station, e.correlation, e.type, e.schema,
    e.data, e.meta
  FROM events e JOIN streams s ON s.id = e.stream
  WHERE e.position > $1 ORDER BY e.position LIMIT ${rowsAtOnce}`;

/**
 * Reads the log of a database, in use or not, as it is at this moment: all of it is read in one
 * transaction, in pages by key. Nothing is written, so that a standby will do.
 */
export async function openPostgresArchive(options: DatabaseOptions): Promise<ArchiveSource> {
  const session = await openSession(options, {
    purpose: "export",
    begin: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
  }).catch((error) => {
    throw problemOf(options, "cannot be opened", error);
  });
  const { client } = session;
  try {
    if (!(await isThere(client, schemaOf(options), logPart))) throw noLog(options);
    await refuseMissingStart(client);
  } catch (error) {
    await endQuietly(session);
    throw problemOf(options, "cannot be opened", error);
  }
  const told = (error: unknown) => problemOf(options, "cannot be read", error);
  return {
    counts: () => countsOf(client).catch((error) => Promise.reject(told(error))),
    rows: (table) => rowsOf(client, table, told),
    close: () => endQuietly(session),
  };
}

function noLog(options: DatabaseOptions): StoreProblem {
  const where = `the schema ${schemaOf(options)} of ${shownAddress(options.url)}`;
  return new StoreProblem("missing", `There is no log in ${where}.`);
}

/** Nothing was changed: that the end was not heard of harms nobody. */
async function endQuietly(session: Session): Promise<void> {
  await session.end("ROLLBACK").catch(() => undefined);
}

/** An archive begins at the first event; what was taken out of the log must be back in it. */
async function refuseMissingStart(client: ClientBase): Promise<void> {
  const { rows } = await client.query({
    text: "SELECT position FROM events ORDER BY position LIMIT 1",
    types: valueTypes,
  });
  const [first] = rows as { readonly position: number }[];
  if (first === undefined || first.position === 1) return;
  throw new StoreProblem(
    "missing",
    `The log begins at its event ${first.position}: older partitions were taken out of it. ` +
      "Attach them first (npx motown partitions --help).",
  );
}

async function countsOf(client: ClientBase): Promise<Record<ArchiveTable, number>> {
  const counts: Partial<Record<ArchiveTable, number>> = {};
  for (const table of Object.keys(archiveTables) as ArchiveTable[]) {
    // Positions have no gap.
    const text =
      table === "event" ? `SELECT (${headQuery}) AS count` : countOf(archivedTables[table]);
    const { rows } = await client.query({ text, types: valueTypes });
    counts[table] = Number(rows[0]?.count);
  }
  return counts as Record<ArchiveTable, number>;
}

const countOf = ({ name, without = "false" }: (typeof archivedTables)["receipt"]): string =>
  `SELECT count(*) AS count FROM ${name} WHERE NOT (${without})`;

async function* rowsOf(
  client: ClientBase,
  table: ArchiveTable,
  told: (error: unknown) => Error,
): AsyncGenerator<readonly ArchiveRow[]> {
  const read = async (after: ArchiveRow[number] | undefined): Promise<readonly ArchiveRow[]> => {
    try {
      return (await client.query<(string | number | null)[]>(pageOf(table, after))).rows;
    } catch (error) {
      throw told(error);
    }
  };
  let next: Promise<readonly ArchiveRow[]> | undefined = read(undefined);
  let head = 0;
  while (next !== undefined) {
    const rows: readonly ArchiveRow[] = await next;
    const isLast: boolean = rows.length < rowsAtOnce;
    // Read while what is here is written.
    next = isLast ? undefined : read(rows.at(-1)?.[0]);
    next?.catch(() => undefined);
    if (table === "event") head = refuseGap(rows, head);
    if (rows.length > 0) yield rows;
  }
}

function pageOf(table: ArchiveTable, after: ArchiveRow[number] | undefined): QueryArrayConfig {
  const form = { rowMode: "array" as const, types: valueTypes };
  if (table === "event") return { ...form, name: "events", text: events, values: [after ?? 0] };
  const { name, columns, without = "false" } = archivedTables[table];
  const [key = ""] = Object.keys(columns);
  const isAfter = after === undefined ? "" : `AND ${key} > $1`;
  const text = `SELECT ${Object.keys(columns).join(", ")} FROM ${name}
    WHERE NOT (${without}) ${isAfter} ORDER BY ${key} LIMIT ${rowsAtOnce}`;
  return { ...form, text, values: after === undefined ? [] : [after] };
}

/** Last position of a page that follows without a gap. */
function refuseGap(rows: readonly ArchiveRow[], head: number): number {
  for (const [at, [position]] of rows.entries()) {
    if (position === head + at + 1) continue;
    throw new StoreProblem(
      "damaged",
      `The log lacks its event ${head + at + 1}: the one that follows is ${position}. Either a ` +
        "partition was taken out of it, or it was changed by hand.",
    );
  }
  return head + rows.length;
}
