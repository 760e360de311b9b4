import type { CommitResult, CommitUnit, ConnectionRow, ReplacedConnection, VaultEntry } from "#bus";
import { intArray, textArray } from "./arrays.ts";
import { verdicts } from "./commit-function.ts";
import type { LogNote } from "./notes.ts";

/** What one call of the server's function commits. */
export interface Batch {
  readonly units: readonly CommitUnit[];
  readonly notes: readonly LogNote[];
}

/** What the function answers: one entry per unit. */
export interface BatchReply {
  readonly verdict: readonly number[];
  readonly first: readonly number[];
  /** Last position; of a conflict the stream's version, of a fenced unit the epoch. */
  readonly last: readonly number[];
  /** Number of the append, or of the token, that did not fit. */
  readonly fault: readonly number[];
  readonly answer: readonly (string | null)[] | null;
  readonly notes: NotesReply | null;
  readonly head: number;
}

/** What became of the notes; null where there were none of a kind, or none is to be told of. */
interface NotesReply {
  /** Of the connections, in the order of their notes. */
  readonly epochs: readonly number[] | null;
  /** Stations that were told of with an older epoch than their newest. */
  readonly replaced: readonly (ReplacedConnection & { readonly told: number })[] | null;
  /** Consumers whose lease is over. */
  readonly fenced: readonly string[] | null;
}

/** The call of the function; its values are in the order of its parameters. */
export const commitCall = `SELECT commit_batch_1(${Array.from(
  { length: 23 },
  (_, at) => `$${at + 1}`,
).join(", ")}) AS reply`;

/** Whom a commit tells, and who is it that tells. */
interface Telling {
  readonly channel: string | undefined;
  readonly sender: string;
}

/** A batch as the function's parameters: a column each. */
export function batchValues({ units, notes }: Batch, { channel, sender }: Telling): unknown[] {
  const columns = new Columns();
  for (const unit of units) columns.addUnit(unit);
  return [...columns.values(), notesText(notes), channel ?? null, sender];
}

/** What became of each unit. */
export function resultsOf(units: readonly CommitUnit[], reply: BatchReply): CommitResult[] {
  let appendsBefore = 0;
  return units.map((unit, at) => {
    const last = reply.last[at] ?? 0;
    const fault = (reply.fault[at] ?? 0) - 1;
    const append = unit.appends[fault - appendsBefore];
    appendsBefore += unit.appends.length;
    switch (reply.verdict[at]) {
      case verdicts.committed:
        return { status: "committed", firstPosition: reply.first[at] ?? 0, lastPosition: last };
      case verdicts.repeated:
        return { status: "repeated", answer: reply.answer?.[at] ?? "", lastPosition: last };
      case verdicts.fenced:
        return { status: "fenced", epoch: last };
      case verdicts.vaultConflict:
        return { status: "conflict", stream: `vault/${unit.vault?.[fault]?.ref}`, version: 0 };
      default:
        return { status: "conflict", stream: append?.stream ?? "", version: last };
    }
  });
}

/** What each note's sender waits for, in their order. */
export function noteResultsOf(
  notes: readonly LogNote[],
  { notes: reply }: Pick<BatchReply, "notes">,
): unknown[] {
  const { epochs, replaced, fenced } = reply ?? { epochs: null, replaced: null, fenced: null };
  let connection = 0;
  return notes.map((note) => {
    switch (note.note) {
      case "connect":
        return epochs?.[connection++];
      case "seen":
        return (replaced ?? [])
          .filter(({ station, told }) =>
            note.rows.some((row) => row.station === station && row.epoch === told),
          )
          .map(({ station, epoch }) => ({ station, epoch }));
      case "checkpoint":
        return fenced?.includes(note.consumer) === true ? "fenced" : "saved";
      default:
        return undefined;
    }
  });
}

class Columns {
  readonly #unit = {
    fenceStation: [] as (string | null)[],
    fenceEpoch: [] as (number | null)[],
    receipt: [] as (string | null)[],
    answer: [] as (string | null)[],
    expires: [] as (number | null)[],
  };
  readonly #append = {
    unit: [] as number[],
    stream: [] as string[],
    root: [] as number[],
    offset: [] as number[],
    expected: [] as number[],
    count: [] as number[],
  };
  readonly #event = {
    append: [] as number[],
    at: [] as number[],
    type: [] as string[],
    schema: [] as number[],
    data: [] as string[],
    meta: [] as string[],
    station: [] as (string | null)[],
    correlation: [] as (string | null)[],
  };
  readonly #seldom = new Map<string, unknown[]>();
  #hasFence = false;

  addUnit(unit: CommitUnit): void {
    const { fence, receipt } = unit;
    this.#hasFence ||= fence !== undefined;
    this.#unit.fenceStation.push(fence?.station ?? null);
    this.#unit.fenceEpoch.push(fence?.epoch ?? null);
    this.#unit.receipt.push(receipt?.id ?? null);
    this.#unit.answer.push(receipt?.answer ?? null);
    this.#unit.expires.push(receipt === undefined ? null : Date.parse(receipt.expiresAt));
    const before = this.#append.unit.length;
    this.#addAppends(unit);
    this.#addSeldom(unit, before);
  }

  #addAppends({ appends, station, correlationId }: CommitUnit): void {
    const unit = this.#unit.receipt.length;
    const rows = this.#append;
    const start = rows.unit.length;
    for (const { stream, expectedVersion, events } of appends) {
      let root = rows.unit.length;
      let offset = 0;
      // A stream that the unit names twice goes on from its own events.
      for (let earlier = rows.unit.length - 1; earlier >= start; earlier -= 1) {
        if (rows.stream[earlier] !== stream) continue;
        root = earlier;
        offset += rows.count[earlier] ?? 0;
      }
      rows.unit.push(unit);
      rows.stream.push(stream);
      rows.root.push(root + 1);
      rows.offset.push(offset);
      rows.expected.push(expectedVersion);
      rows.count.push(events.length);
      for (const [at, event] of events.entries()) {
        this.#event.append.push(rows.unit.length);
        this.#event.at.push(at);
        this.#event.type.push(event.type);
        this.#event.schema.push(event.schema);
        this.#event.data.push(event.data);
        this.#event.meta.push(event.meta);
        this.#event.station.push(station ?? null);
        this.#event.correlation.push(correlationId ?? null);
      }
    }
  }

  #addSeldom(given: CommitUnit, appendsBefore: number): void {
    const unit = this.#unit.receipt.length;
    const add = (kind: string, rows: readonly object[]) => {
      if (rows.length === 0) return;
      const more = rows.map((row) => ({ unit, ...row }));
      this.#seldom.set(kind, [...(this.#seldom.get(kind) ?? []), ...more]);
    };
    if (given.vault !== undefined) add("vault", numbered(given.vault));
    if (given.credentials !== undefined) {
      const newest = new Map(given.credentials.map((one) => [one.owner, one]));
      add("credentials", [...newest.values()]);
    }
    const owners = given.forgetCredentials ?? [];
    add(
      "forget",
      owners.map((owner) => ({ owner })),
    );
    add(
      "erase",
      (given.eraseTokens ?? []).map((ref) => ({ ref })),
    );
    add(
      "requests",
      (given.requests ?? []).map(({ requestId: id, append, event }) => ({
        id,
        station: given.station ?? "",
        append: appendsBefore + append + 1,
        event,
      })),
    );
    add(
      "done",
      (given.requestsDone ?? []).map((id) => ({ id })),
    );
  }

  /** In the order of the function's parameters, up to `seldom`. */
  values(): unknown[] {
    const { fenceStation, fenceEpoch, receipt, answer, expires } = this.#unit;
    const { unit, stream, root, offset, expected, count } = this.#append;
    const event = this.#event;
    const fences = this.#hasFence ? [textArray(fenceStation), intArray(fenceEpoch)] : [null, null];
    const ofUnits = [textArray(receipt), textArray(answer), intArray(expires)];
    const ofAppends = [
      intArray(unit),
      textArray(stream),
      ...[root, offset, expected, count].map(intArray),
    ];
    const places = [intArray(event.append), intArray(event.at)];
    const ofEvents = [
      ...[textArray(event.type), intArray(event.schema), textArray(event.data)],
      ...[textArray(event.meta), textArray(event.station), textArray(event.correlation)],
    ];
    const seldom =
      this.#seldom.size === 0 ? null : JSON.stringify(Object.fromEntries(this.#seldom));
    return [...fences, ...ofUnits, ...ofAppends, ...places, ...ofEvents, seldom];
  }
}

/** Tokens with their number, and whether one before them in the unit is at odds with them. */
function numbered(entries: readonly VaultEntry[]): object[] {
  return entries.map((entry, at) => {
    const clashes = entries
      .slice(0, at)
      .some((one) => (one.ref === entry.ref) !== (one.lookup === entry.lookup));
    return { ...entry, at: at + 1, clashes };
  });
}

function notesText(notes: readonly LogNote[]): string | null {
  if (notes.length === 0) return null;
  const byKind: Record<string, unknown[]> = {};
  for (const { note, ...row } of notes) {
    byKind[note] ??= [];
    byKind[note].push(...rowsOfNote(row, byKind[note].length));
  }
  return JSON.stringify(byKind);
}

type NoteRow = Readonly<Record<string, unknown>> & {
  readonly row?: Omit<ConnectionRow, "epoch" | "lastSeenAt">;
  readonly rows?: readonly unknown[];
  readonly snapshot?: unknown;
};

function rowsOfNote(note: NoteRow, at: number): readonly unknown[] {
  if (note.rows !== undefined) return note.rows;
  if (note.snapshot !== undefined) return [note.snapshot];
  return note.row === undefined ? [note] : [{ at, ...note.row }];
}
