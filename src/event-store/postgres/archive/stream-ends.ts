import type { ClientBase } from "pg";
import { valueTypes } from "#postgres";
import { intArray, textArray } from "../log/arrays.ts";

interface StreamEnd {
  /** Position of its first event. */
  readonly id: number;
  version: number;
  last: number;
  isStored: boolean;
  isChanged: boolean;
}

/**
 * Ends of streams while a log is filled: in memory while they are in use, in their table when they
 * have to make room and at the end. So a stream that goes on and on is written a few times, and not
 * with each of its events.
 */
export class StreamEnds {
  readonly #client: ClientBase;
  readonly #most: number;
  /** Those that were used longest ago come first. */
  readonly #ends = new Map<string, StreamEnd>();

  constructor(client: ClientBase, most: number) {
    this.#client = client;
    this.#most = most;
  }

  /** Reads those of which a page brings a later event than the first. */
  async load(page: readonly { readonly stream: string; readonly version: number }[]) {
    const known = new Set<string>();
    const wanted = new Set<string>();
    for (const { stream, version } of page) {
      if (known.has(stream) || this.#ends.has(stream)) continue;
      known.add(stream);
      if (version > 1) wanted.add(stream);
    }
    if (wanted.size === 0) return;
    const { rows } = await this.#client.query({
      text: "SELECT name, id, version, last FROM streams WHERE name = ANY ($1::text[])",
      values: [textArray([...wanted])],
      types: valueTypes,
    });
    for (const { name, id, version, last } of rows) {
      this.#ends.set(name, { id, version, last, isStored: true, isChanged: false });
    }
  }

  /** Number of the stream that goes on with this event; undefined where it does not follow. */
  extend(stream: string, version: number, position: number): number | undefined {
    const end = this.#ends.get(stream);
    if (version !== (end?.version ?? 0) + 1) return undefined;
    const longer = end ?? { id: position, version, last: position, isStored: false };
    this.#ends.delete(stream);
    this.#ends.set(stream, { ...longer, version, last: position, isChanged: true });
    return longer.id;
  }

  /** Writes and forgets those not used for long, if there are too many. */
  async makeRoom(): Promise<void> {
    if (this.#ends.size <= this.#most) return;
    const leaving: [string, StreamEnd][] = [];
    const stay = this.#most / 2;
    for (const entry of this.#ends) {
      if (this.#ends.size - leaving.length <= stay) break;
      leaving.push(entry);
    }
    await this.#write(leaving);
    for (const [name] of leaving) this.#ends.delete(name);
  }

  /** Writes all that is not in its table yet. */
  async writeAll(): Promise<void> {
    await this.#write([...this.#ends]);
    this.#ends.clear();
  }

  async #write(ends: readonly [string, StreamEnd][]): Promise<void> {
    const changed = ends.filter(([, { isChanged }]) => isChanged);
    await this.#insert(changed.filter(([, { isStored }]) => !isStored));
    await this.#update(changed.filter(([, { isStored }]) => isStored));
  }

  async #insert(ends: readonly [string, StreamEnd][]): Promise<void> {
    if (ends.length === 0) return;
    const text = `INSERT INTO streams (id, name, version, last)
      SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::bigint[])`;
    const names = textArray(ends.map(([name]) => name));
    const [ids, versions, lasts] = numbersOf(ends);
    await this.#client.query(text, [ids, names, versions, lasts]);
  }

  async #update(ends: readonly [string, StreamEnd][]): Promise<void> {
    if (ends.length === 0) return;
    const text = `UPDATE streams s SET version = e.version, last = e.last
      FROM unnest($1::bigint[], $2::integer[], $3::bigint[]) AS e(id, version, last)
      WHERE s.id = e.id`;
    await this.#client.query(text, numbersOf(ends));
  }
}

/** Ids, versions and last positions. */
function numbersOf(ends: readonly [string, StreamEnd][]): [string, string, string] {
  return [
    intArray(ends.map(([, { id }]) => id)),
    intArray(ends.map(([, { version }]) => version)),
    intArray(ends.map(([, { last }]) => last)),
  ];
}
