import type { DeviationCount, DeviationQuery, Frame, ModelDeviation, StoredFrame } from "#bus";
import {
  type Connections,
  createConnections,
  type DatabaseOptions,
  isPartitionMissing,
  type Statement,
} from "#postgres";
import { dayOf, type FrameQuery, frameId, frameIdParts } from "../../frame.ts";
import { answersOf, begin, commit, types } from "../pipeline.ts";
import { keptText, numberArray, textArray } from "../texts.ts";
import { countStatements, keepStatement, listStatement, modelsStatement } from "./deviations.ts";
import { dayOfTable, tableOfDay } from "./frame-schema.ts";

const shown = `day::text AS day, number, station, at, direction, protocol, action,
  message_id AS "messageId", call, answer, took_ms AS "tookMs", deviations,
  correlation_id AS "correlationId"`;

/** Whoever dumps the frames holds them all; behind the drop nobody else would get to them. */
const waitShortly = { text: "SET LOCAL lock_timeout = '2s'" };

/** One node at a time begins or ends a day: PostgreSQL fails on a partition that two drop. */
const lockDays = { text: "SELECT pg_advisory_xact_lock(hashtext('motown frames'), 0)" };

/** Nobody's number: beyond all. */
const endOfDay = "9223372036854775807";

/** Frames in a table per day, and the counters of deviations, which outlive the days. */
export class FrameTables {
  readonly #writer: Connections;
  readonly #readers: Connections;
  readonly #deviationsMax: number;
  /** Days that have a table, as far as this node knows. */
  readonly #days = new Set<string>();

  constructor(options: DatabaseOptions) {
    const { databaseReadersMax, deviationCountsMax } = options.limits;
    // A power cut may cost the last second.
    const session = { synchronous_commit: "off" };
    const shape = { pipelined: true, session };
    this.#writer = createConnections(options, { ...shape, purpose: "frames", max: 1 });
    this.#readers = createConnections(options, {
      ...shape,
      purpose: "frame lists",
      max: databaseReadersMax,
    });
    this.#deviationsMax = deviationCountsMax;
  }

  async add(frames: readonly Frame[]): Promise<void> {
    try {
      await this.#write(frames);
    } catch (error) {
      if (!isPartitionMissing(error)) throw error;
      // Another node has dropped the day.
      this.#days.clear();
      await this.#write(frames);
    }
  }

  /** Newest first, over days. */
  async list({ station, before, action, limit }: FrameQuery): Promise<StoredFrame[]> {
    const place = before === undefined ? undefined : frameIdParts(before);
    const values = [place?.day ?? "infinity", place?.number ?? endOfDay, limit];
    const only = (column: string, value: string | undefined) =>
      value === undefined ? "" : `AND ${column} = $${values.push(keptText(value))}`;
    const rows = await this.#read<FrameRow>({
      text: `SELECT ${shown} FROM frames WHERE (day, number) < ($1::date, $2)
        ${only("station", station)} ${only("action", action)}
        ORDER BY day DESC, number DESC LIMIT $3`,
      values,
    });
    return rows.map(storedFrame);
  }

  deviations(query: DeviationQuery): Promise<readonly DeviationCount[]> {
    return this.#read(listStatement(query));
  }

  modelDeviations(query: DeviationQuery): Promise<readonly ModelDeviation[]> {
    return this.#read(modelsStatement(query));
  }

  async dropBefore(day: string): Promise<void> {
    for (const old of (await this.#storedDays()).filter((one) => one < day)) {
      this.#days.delete(old);
      const drop = { text: `DROP TABLE IF EXISTS ${tableOfDay(old)}` };
      await answersOf(this.#writer, [begin, waitShortly, lockDays, drop, commit]);
    }
    await this.#writer.runRaw(keepStatement(this.#deviationsMax));
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#readers.close()]);
  }

  async #write(frames: readonly Frame[]): Promise<void> {
    for (const day of new Set(frames.map(dayOf))) await this.#makeDay(day);
    const statements = [addStatement(frames), ...countStatements(frames)];
    await answersOf(this.#writer, [begin, ...statements, commit]);
  }

  /**
   * Attached when it is ready, so that nobody who reads or writes other days has to wait. A day
   * that another node has made is asked for behind the same lock: its table is seen a moment
   * before it takes rows, since PostgreSQL tells other sessions of it after the commit.
   */
  async #makeDay(day: string): Promise<void> {
    if (this.#days.has(day)) return;
    const table = tableOfDay(day);
    const make = `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_tables
        WHERE schemaname = current_schema AND tablename = '${table}') THEN
        CREATE TABLE ${table} (LIKE frames INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
        ALTER TABLE frames ATTACH PARTITION ${table}
          FOR VALUES FROM ('${day}') TO (date '${day}' + 1);
      END IF; END $$`;
    await answersOf(this.#writer, [begin, lockDays, { text: make }, commit]);
    this.#days.add(day);
  }

  async #storedDays(): Promise<string[]> {
    const text = `SELECT inhrelid::regclass::text AS name FROM pg_inherits
      WHERE inhparent = 'frames'::regclass`;
    const rows = await this.#writer.runRaw<{ readonly name: string }>({ text });
    return rows.flatMap(({ name }) => dayOfTable(name) ?? []).sort();
  }

  async #read<Row>(statement: Statement): Promise<readonly Row[]> {
    const [answer] = await answersOf<Row>(this.#readers, [{ ...statement, types }]);
    return answer?.rows ?? [];
  }
}

type FrameRow = Readonly<Record<string, string | number | null>>;

function storedFrame({ day, number, deviations, ...row }: FrameRow): StoredFrame {
  const present = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  const codes = typeof deviations === "string" ? { deviations: deviations.split(" ") } : {};
  const id = frameId(String(day), Number(number));
  return { ...present, ...codes, id } as unknown as StoredFrame;
}

/** Numbers are given in the order of the frames. */
function addStatement(frames: readonly Frame[]): Statement {
  const texts = (of: (frame: Frame) => string | undefined) => textArray(frames.map(of));
  const codesOf = ({ deviations = [] }: Frame) =>
    deviations.length === 0 ? undefined : deviations.join(" ");
  return {
    name: "add frames",
    text: `INSERT INTO frames (day, station, at, direction, protocol, action, message_id, call,
        answer, deviations, correlation_id, took_ms)
      SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::double precision[])`,
    values: [
      texts(dayOf),
      texts(({ station }) => station),
      texts(({ at }) => at),
      texts(({ direction }) => direction),
      texts(({ protocol }) => protocol),
      texts(({ action }) => action),
      texts(({ messageId }) => messageId),
      texts(({ call }) => call),
      texts(({ answer }) => answer),
      texts(codesOf),
      texts(({ correlationId }) => correlationId),
      numberArray(frames.map(({ tookMs }) => tookMs)),
    ],
  };
}
