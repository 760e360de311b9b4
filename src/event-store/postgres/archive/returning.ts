// Events that had left the log, on their way back into it.
import type { ArchiveRow, ArchiveTable, ArchiveTarget } from "#bus";
import type { DatabaseOptions } from "#postgres";
import { StoreProblem } from "#store-problem";
import { intArray, textArray } from "../log/arrays.ts";
import { lockArchive, openSession, problemOf } from "./session.ts";

/* Twice does no harm: what is there already stays as it is. */
const putBack = `
WITH given AS (
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::integer[], $5::text[],
    $6::text[], $7::text[], $8::text[], $9::text[])
    AS g(position, stream, version, schema, station, correlation, type, data, meta)
), known AS (
  SELECT g.*, s.id FROM given g JOIN streams s ON s.name = g.stream
    AND s.id <= g.position AND s.last >= g.position AND s.version >= g.version
), added AS (
  INSERT INTO events (position, stream, version, schema, station, correlation, type, data, meta)
    SELECT k.position, k.id, k.version, k.schema, k.station, k.correlation, k.type, k.data, k.meta
    FROM known k ON CONFLICT (position) DO NOTHING RETURNING 1)
SELECT (SELECT count(*) FROM known) AS known, (SELECT count(*) FROM added) AS added`;

/** Takes back what has left a log. All of it comes back, or nothing. */
export async function openReturningPart(options: DatabaseOptions): Promise<ArchiveTarget> {
  const shape = { purpose: "archive", begin: "BEGIN" };
  const session = await openSession(options, shape).catch((error) => {
    throw problemOf(options, "cannot be opened", error);
  });
  await lockArchive(session.client, options).catch(async (error) => {
    await session.end("ROLLBACK").catch(() => undefined);
    throw problemOf(options, "cannot take events back", error);
  });
  const put = async (rows: readonly ArchiveRow[]): Promise<void> => {
    const numbers = (column: number) => intArray(rows.map((row) => Number(row[column])));
    const texts = (column: number) =>
      textArray(rows.map(({ [column]: value }) => (value == null ? null : String(value))));
    const { rows: found } = await session.client.query(putBack, [
      ...[numbers(0), texts(1), numbers(2), numbers(6)],
      ...[texts(3), texts(4), texts(5), texts(7), texts(8)],
    ]);
    if (Number(found[0]?.known) === rows.length) return;
    const words = "These events are not of this log: it has no such streams.";
    throw new StoreProblem("badArchive", `${words} Nothing was changed.`);
  };
  return {
    wants: "part",
    add: async (table: ArchiveTable, rows: readonly ArchiveRow[]) => {
      try {
        if (table === "event") await put(rows);
      } catch (error) {
        throw problemOf(options, "cannot take the events back", error);
      }
    },
    complete: async () => {
      await session.end("COMMIT").catch((error) => {
        throw problemOf(options, "cannot take the events back", error);
      });
    },
    abandon: () => session.end("ROLLBACK").catch(() => undefined),
  };
}
