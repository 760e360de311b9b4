import type { ClientBase } from "pg";
import type { Connections } from "#postgres";

/** A part of the log's events, by position: from, up to and without. */
export interface EventPartition {
  readonly table: string;
  readonly from: number;
  readonly to: number;
}

const list = `
SELECT c.relname AS table, pg_get_expr(c.relpartbound, c.oid) AS bounds
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'events'::regclass AND NOT i.inhdetachpending`;

/** The parts that are there, oldest first. */
export async function eventPartitions(connections: Connections): Promise<EventPartition[]> {
  return connections.using(listed);
}

/** As `eventPartitions`, within somebody's transaction. */
export async function listed(client: ClientBase): Promise<EventPartition[]> {
  const { rows } = await client.query<{ table: string; bounds: string }>(list);
  const found = rows.map(({ table, bounds }) => {
    const [from = 0, to = 0] = [...bounds.matchAll(/'(\d+)'/g)].map(([, end]) => Number(end));
    return { table, from, to };
  });
  return found.sort((a, b) => a.from - b.from);
}

/**
 * Sees to it that there is a partition for a position and one behind it; where they end. A new one
 * is made by itself and then attached, which lets commits go on meanwhile.
 */
export async function makePartitions(
  connections: Connections,
  given: { readonly position: number; readonly size: number },
): Promise<number> {
  const { position, size } = given;
  return connections.using(async (client) => {
    await client.query("BEGIN");
    try {
      await client.query("SELECT pg_advisory_xact_lock('events'::regclass::oid::bigint)");
      const last = (await listed(client)).at(-1);
      let end = last?.to ?? 1;
      while (end <= position + size) {
        await makeOne(client, partitionFrom(end, size));
        end += size;
      }
      await client.query("COMMIT");
      return end;
    } catch (error) {
      // Where the connection is gone, PostgreSQL has rolled back by itself.
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  });
}

async function makeOne(client: ClientBase, partition: EventPartition): Promise<void> {
  await createTable(client, partition);
  await attach(client, partition);
}

/** A table like that of a partition, without its indexes. */
export async function createTable(client: ClientBase, { table }: EventPartition): Promise<void> {
  const like = "LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS";
  await client.query(`CREATE TABLE ${table} (${like})`);
}

/** Makes a table part of the log; the indexes that it lacks are built. */
export async function attach(client: ClientBase, partition: EventPartition): Promise<void> {
  const { table, from, to } = partition;
  const bounds = `FOR VALUES FROM (${from}) TO (${to})`;
  await client.query(`ALTER TABLE events ATTACH PARTITION ${table} ${bounds}`);
}

/** The partition that begins at a position. */
export function partitionFrom(from: number, size: number): EventPartition {
  return { table: `events_${from}`, from, to: from + size };
}
