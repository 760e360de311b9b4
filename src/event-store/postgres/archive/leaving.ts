// What leaves the log for the archive: events of streams that have ended. What still decides
// anything stays, however old it is, so that no state has to be guessed.
import type { ClientBase } from "pg";
import type { ArchiveRow, ArchiveSource } from "#bus";
import { type DatabaseOptions, valueTypes } from "#postgres";
import { StoreProblem } from "#store-problem";
import { type EventPartition, listed } from "../log/partitions.ts";
import { headQuery } from "../log/reads.ts";
import { lockArchive, openSession, problemOf, type Session } from "./session.ts";

/** Streams of a kind that may leave once nothing was added to them since a position. */
export interface LeavingKind {
  readonly prefix: string;
  /** One of these must have happened to it; absent: it ends by itself. */
  readonly endedBy?: readonly string[];
}

/** What leaves. */
export interface Leaving {
  readonly kinds: readonly LeavingKind[];
  /** Streams with an event at this position or later stay whole. */
  readonly before: number;
}

/** A partition on its way out: a source of what leaves, and the step that lets it go. */
export interface LeavingPart extends ArchiveSource {
  /** Takes the rows out of the log; the table that has them still. */
  letGo(): Promise<string>;
}

const rowsAtOnce = 2_000;
const lockWait = "2s";

/** All partitions of a log's events, with their size. */
export async function eventPartitionsOf(
  options: DatabaseOptions,
): Promise<readonly (EventPartition & { readonly megabytes: number })[]> {
  const session = await begin(options, "BEGIN READ ONLY");
  const { client } = session;
  try {
    const found: (EventPartition & { megabytes: number })[] = [];
    for (const partition of await listed(client)) {
      const text = "SELECT pg_total_relation_size($1) AS bytes";
      const { rows } = await client.query(text, [partition.table]);
      found.push({ ...partition, megabytes: Math.round(Number(rows[0]?.bytes) / 1e6) });
    }
    return found;
  } catch (error) {
    throw problemOf(options, "cannot be read", error);
  } finally {
    await session.end("ROLLBACK").catch(() => undefined);
  }
}

/** Partitions of a log that hold nothing but old events: all of them lie before a position. */
export async function oldPartitions(
  options: DatabaseOptions,
  before: number,
): Promise<readonly EventPartition[]> {
  const session = await begin(options, "BEGIN READ ONLY");
  try {
    const { rows } = await session.client.query(headQuery);
    const head = Number(rows[0]?.position);
    const all = await listed(session.client);
    return all.filter(({ to }) => to <= Math.min(before, head + 1));
  } catch (error) {
    throw problemOf(options, "cannot be read", error);
  } finally {
    await session.end("ROLLBACK").catch(() => undefined);
  }
}

/** Position of the first event that was recorded at an instant or later. */
export async function positionAt(options: DatabaseOptions, instant: string): Promise<number> {
  const session = await begin(options, "BEGIN READ ONLY");
  const { client } = session;
  const text = `SELECT position, meta::json->>'recordedAt' AS at FROM events
    WHERE position >= $1 ORDER BY position LIMIT 1`;
  try {
    const { rows } = await client.query(headQuery);
    let [low, high] = [1, Number(rows[0]?.position) + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const found = (await client.query({ text, values: [middle], types: valueTypes })).rows[0];
      if (found === undefined || found.at >= instant) high = middle;
      else low = found.position + 1;
    }
    return low;
  } catch (error) {
    throw problemOf(options, "cannot be read", error);
  } finally {
    await session.end("ROLLBACK").catch(() => undefined);
  }
}

async function begin(options: DatabaseOptions, text: string): Promise<Session> {
  return openSession(options, { purpose: "archive", begin: text }).catch((error) => {
    throw problemOf(options, "cannot be opened", error);
  });
}

const archivedTable = ({ table }: EventPartition): string => `${table}_archived`;

/** Begins to take a partition's ended streams out of the log; nothing is changed before `letGo`. */
export async function openLeavingPart(
  options: DatabaseOptions,
  partition: EventPartition,
  leaving: Leaving,
): Promise<LeavingPart> {
  const session = await begin(options, "BEGIN");
  const { client } = session;
  const failed = (error: unknown) => problemOf(options, "cannot be archived", error);
  const close = () => session.end("ROLLBACK").catch(() => undefined);
  try {
    await lockArchive(client, options);
    await refuseLeftOver(client, partition);
    await choose(client, partition, leaving);
  } catch (error) {
    await close();
    throw failed(error);
  }
  const { from, to } = partition;
  return {
    part: { from, to },
    counts: async () => {
      const { rows } = await client.query(`SELECT count(*) AS count ${ofLeaving(partition)}`);
      return { ...nothing, event: Number(rows[0]?.count) };
    },
    rows: (table) => (table === "event" ? rowsOf(client, partition, failed) : none()),
    letGo: async () => {
      try {
        await letGo(client, partition, leaving);
        await session.end("COMMIT");
        return archivedTable(partition);
      } catch (error) {
        throw failed(error);
      }
    },
    close,
  };
}

const nothing = {
  ...{ event: 0, receipt: 0, token: 0, credential: 0, connection: 0, request: 0, checkpoint: 0 },
};

async function* none(): AsyncGenerator<readonly ArchiveRow[]> {
  // A part has events alone.
}

async function refuseLeftOver(client: ClientBase, partition: EventPartition): Promise<void> {
  const table = archivedTable(partition);
  const { rows } = await client.query("SELECT to_regclass($1) AS found", [table]);
  if (rows[0]?.found === null) return;
  const words = `The table ${table} is there still, from the last time.`;
  throw new StoreProblem("notEmpty", `${words} Drop it, once its file is in a safe place.`);
}

/** Names the streams that leave, in a table of this session. */
async function choose(
  client: ClientBase,
  { table, to }: EventPartition,
  { kinds, before }: Leaving,
): Promise<void> {
  const values: unknown[] = [before, to];
  const given = (value: unknown) => `$${values.push(value)}`;
  const conditions = kinds.map(({ prefix, endedBy }) => {
    const isOfKind = `starts_with(s.name, ${given(prefix)})`;
    if (endedBy === undefined) return isOfKind;
    const isEnd = `e.type = ANY (${given([...endedBy])}::text[])`;
    return `${isOfKind} AND EXISTS (SELECT 1 FROM events e WHERE e.stream = s.id
      AND e.position >= s.id AND e.position <= s.last AND ${isEnd})`;
  });
  await client.query(
    `CREATE TEMP TABLE leaving ON COMMIT DROP AS SELECT s.id FROM streams s
      WHERE s.last < $1 AND s.id < $2
        AND EXISTS (SELECT 1 FROM ${table} e WHERE e.stream = s.id) AND (${conditions
          .map((one) => `(${one})`)
          .join(" OR ")})`,
    values,
  );
  await client.query("ALTER TABLE leaving ADD PRIMARY KEY (id); ANALYZE leaving");
}

const ofLeaving = ({ table }: EventPartition): string =>
  `FROM ${table} e JOIN leaving l ON l.id = e.stream`;

async function* rowsOf(
  client: ClientBase,
  partition: EventPartition,
  failed: (error: unknown) => Error,
): AsyncGenerator<readonly ArchiveRow[]> {
  const text = `SELECT e.position, s.name, e.version, e.station, e.correlation, e.type, e.schema,
      e.data, e.meta ${ofLeaving(partition)} JOIN streams s ON s.id = e.stream
    WHERE e.position > $1 ORDER BY e.position LIMIT ${rowsAtOnce}`;
  const query = { text, name: "leaving", rowMode: "array" as const, types: valueTypes };
  for (let after: unknown = 0; ; ) {
    const page: readonly ArchiveRow[] = await client
      .query<(string | number | null)[]>({ ...query, values: [after] })
      .then(({ rows }) => rows)
      .catch((error) => Promise.reject(failed(error)));
    if (page.length > 0) yield page;
    if (page.length < rowsAtOnce) return;
    after = page.at(-1)?.[0];
  }
}

/**
 * Puts a table of what stays in the partition's place. It is made beside it; the log stands still
 * for the moment of the change alone.
 */
async function letGo(
  client: ClientBase,
  partition: EventPartition,
  { before }: Leaving,
): Promise<void> {
  const { table, from, to } = partition;
  const kept = `${table}_kept`;
  const bounds = `position >= ${from} AND position < ${to}`;
  await client.query(`CREATE TABLE ${kept} (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS
      INCLUDING INDEXES, CONSTRAINT ${kept}_bounds CHECK (${bounds}));
    INSERT INTO ${kept} SELECT * FROM ${table} e
      WHERE NOT EXISTS (SELECT 1 FROM leaving l WHERE l.id = e.stream) ORDER BY position;
    SET LOCAL lock_timeout = '${lockWait}'`);
  await client.query(`${headQuery} FOR UPDATE`);
  const text =
    "SELECT count(*) AS count FROM streams s JOIN leaving l USING (id) WHERE s.last >= $1";
  const { rows } = await client.query(text, [before]);
  if (Number(rows[0]?.count) > 0) {
    const words = "A stream that was to leave the log has gone on meanwhile. Try again.";
    throw new StoreProblem("locked", words);
  }
  await waitingShortly(
    client.query(`ALTER TABLE events DETACH PARTITION ${table};
      ALTER TABLE ${table} RENAME TO ${archivedTable(partition)};
      ALTER TABLE ${kept} RENAME TO ${table};
      ALTER TABLE events ATTACH PARTITION ${table} FOR VALUES FROM (${from}) TO (${to});
      ALTER TABLE ${table} DROP CONSTRAINT ${kept}_bounds`),
  );
}

/** Nobody else gets to the events meanwhile: rather another time than long. */
async function waitingShortly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if ((error as { code?: string }).code !== "55P03") throw error;
    const words =
      "Somebody reads the log for long (an export, a dump). Try again when that is over.";
    throw new StoreProblem("locked", words);
  }
}
