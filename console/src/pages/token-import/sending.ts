// The way of a table's tokens to the API: a few at a time, each with what became of it.
import { call } from "../../api/call.ts";
import { type Refusal, refusalOf } from "../../api/problem.ts";
import type { TokenRow } from "./rows.ts";

/** A row that was not taken, and why. */
export interface NotTaken {
  readonly row: TokenRow;
  readonly refusal: Refusal;
}

/** How far it is. */
export interface Progress {
  readonly all: number;
  readonly taken: number;
  readonly notTaken: readonly NotTaken[];
}

/** So many are on their way at once: one alone waits for the line, more wait for the log. */
const atOnce = 4;

/** After these the next row would fare no better. */
const hopeless: ReadonlySet<string> = new Set([
  ...["Unreachable", "AnswerMissing", "StoreUnavailable"],
  ...["SessionEnded", "NotPermitted", "CsrfTokenMissing"],
]);

/** Sends rows until all have an answer, somebody stops it, or the server takes none any more. */
export async function sendRows(
  rows: readonly TokenRow[],
  given: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
    readonly send?: (row: TokenRow) => Promise<unknown>;
  },
): Promise<Progress> {
  const { signal, onProgress, send = put } = given;
  let progress: Progress = { all: rows.length, taken: 0, notTaken: [] };
  let next = 0;
  let isHopeless = false;
  const tell = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    onProgress(progress);
  };
  const lane = async () => {
    while (!signal.aborted && !isHopeless) {
      const row = rows[next];
      next += 1;
      if (row === undefined) return;
      try {
        await send(row);
        tell({ taken: progress.taken + 1 });
      } catch (error) {
        const refusal = refusalOf(error);
        isHopeless ||= hopeless.has(refusal.code);
        tell({ notTaken: [...progress.notTaken, { row, refusal }] });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return progress;
}

function put({ uid, body }: TokenRow): Promise<unknown> {
  return call("putTokensByUid", { params: { uid }, body });
}
