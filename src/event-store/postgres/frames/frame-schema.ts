import type { MigratedPart } from "#postgres";

// Each day is a table of its own, so that old ones go without a trace. The second table of
// deviations is the first one's sums, as in the embedded store.
const tables = `
CREATE SEQUENCE frame_numbers;
CREATE TABLE frames (
  day date NOT NULL, number bigint NOT NULL DEFAULT nextval('frame_numbers'),
  station text COLLATE "C" NOT NULL, at text NOT NULL, direction text NOT NULL,
  protocol text NOT NULL, action text, message_id text, call text NOT NULL, answer text,
  took_ms double precision, deviations text, correlation_id text,
  PRIMARY KEY (station, day, number)) PARTITION BY RANGE (day);
CREATE TABLE station_deviations (
  station text COLLATE "C", code text COLLATE "C", vendor text COLLATE "C",
  model text COLLATE "C", firmware text COLLATE "C", count bigint NOT NULL,
  first_at text COLLATE "C" NOT NULL, last_at text COLLATE "C" NOT NULL,
  PRIMARY KEY (station, code, vendor, model, firmware));
CREATE INDEX deviations_by_code ON station_deviations (code, station);
CREATE INDEX deviations_by_last ON station_deviations (last_at);
CREATE TABLE model_deviations (
  vendor text COLLATE "C", model text COLLATE "C", firmware text COLLATE "C",
  code text COLLATE "C", count bigint NOT NULL, stations bigint NOT NULL,
  first_at text COLLATE "C" NOT NULL, last_at text COLLATE "C" NOT NULL,
  PRIMARY KEY (vendor, model, firmware, code));
`;

// Who reads all stations' frames begins with the newest.
const newest = "CREATE INDEX frames_by_number ON frames (day, number);";

/** Tables of frames and of counted deviations. */
export const frameSettings: MigratedPart = {
  part: "frames",
  steps: [
    { sql: tables, worksFrom: 1 },
    { sql: newest, worksFrom: 1 },
  ],
};

const prefix = "frames_of_";

/** Name of a day's table. */
export function tableOfDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`${day} is no day`);
  return `${prefix}${day.replaceAll("-", "_")}`;
}

/** The day of a table; undefined where it is another's. */
export function dayOfTable(name: string): string | undefined {
  return name.startsWith(prefix) ? name.slice(prefix.length).replaceAll("_", "-") : undefined;
}
