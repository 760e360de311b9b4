// Statements that count deviations, and that ask for the counts.
import type { DeviationQuery, Frame } from "#bus";
import type { Statement } from "#postgres";
import { columns, modelKey, stationKey, tallied } from "../../deviation-tally.ts";
import { keptText, numberArray, textArray } from "../texts.ts";

const shown = `vendor, model, firmware AS "firmwareVersion", count, first_at AS "firstAt",
  last_at AS "lastAt"`;

// Rows of both tables are taken in the order of their keys: two nodes wait for each other in one
// direction alone. A station is new to its model where all that is counted of it was counted now.
const count = `WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
      $6::bigint[], $7::text[], $8::text[])
    AS g (station, code, vendor, model, firmware, count, first_at, last_at)),
  counted AS (
    INSERT INTO station_deviations AS s SELECT * FROM given
      ORDER BY station COLLATE "C", code COLLATE "C", vendor COLLATE "C", model COLLATE "C",
        firmware COLLATE "C"
    ON CONFLICT (station, code, vendor, model, firmware) DO UPDATE SET
      count = s.count + excluded.count, first_at = least(s.first_at, excluded.first_at),
      last_at = greatest(s.last_at, excluded.last_at)
    RETURNING s.*)
  INSERT INTO model_deviations AS m
    SELECT g.vendor, g.model, g.firmware, g.code, sum(g.count),
      count(*) FILTER (WHERE c.count = g.count), min(g.first_at COLLATE "C"),
      max(g.last_at COLLATE "C")
    FROM given AS g JOIN counted AS c USING (station, code, vendor, model, firmware)
    GROUP BY g.vendor, g.model, g.firmware, g.code
    ORDER BY g.vendor COLLATE "C", g.model COLLATE "C", g.firmware COLLATE "C",
      g.code COLLATE "C"
  ON CONFLICT (vendor, model, firmware, code) DO UPDATE SET
    count = m.count + excluded.count, stations = m.stations + excluded.stations,
    first_at = least(m.first_at, excluded.first_at),
    last_at = greatest(m.last_at, excluded.last_at)`;

/** Counts the deviations of these frames; nothing to do where there are none. */
export function countStatements(frames: readonly Frame[]): readonly Statement[] {
  const tallies = tallied(frames);
  if (tallies.length === 0) return [];
  const about = stationKey.map((_column, at) => textArray(tallies.map((tally) => tally.about[at])));
  const values = [
    ...about,
    numberArray(tallies.map((tally) => tally.count)),
    textArray(tallies.map((tally) => tally.firstAt)),
    textArray(tallies.map((tally) => tally.lastAt)),
  ];
  return [{ name: "count deviations", text: count, values }];
}

/** Stations that deviated longest ago are forgotten beyond so many rows; the sums stay. */
export function keepStatement(most: number): Statement {
  const text = `DELETE FROM station_deviations WHERE last_at <=
    (SELECT last_at FROM station_deviations ORDER BY last_at DESC LIMIT 1 OFFSET $1)`;
  return { text, values: [most] };
}

/** Counts of stations. */
export function listStatement(query: DeviationQuery): Statement {
  return listing(`SELECT station, code, ${shown} FROM station_deviations`, stationKey, query);
}

/** Sums of models. */
export function modelsStatement({ station: _station, ...query }: DeviationQuery): Statement {
  return listing(`SELECT code, stations, ${shown} FROM model_deviations`, modelKey, query);
}

function listing(what: string, key: readonly string[], query: DeviationQuery): Statement {
  const values: unknown[] = [];
  const place = (value: unknown) => {
    values.push(typeof value === "string" ? keptText(value) : value);
    return `$${values.length}`;
  };
  const conditions = Object.entries(columns).flatMap(([name, column]) => {
    const value = query[name as keyof typeof columns];
    return value === undefined ? [] : [`${column} = ${place(value)}`];
  });
  if (query.after !== undefined) {
    const after = key.map((_column, at) => place(query.after?.[at] ?? ""));
    conditions.push(`(${key.join()}) > (${after.join()})`);
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const limit = place(query.limit ?? null);
  return { text: `${what} ${where} ORDER BY ${key.join()} LIMIT ${limit}::bigint`, values };
}
