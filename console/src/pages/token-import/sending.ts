// The way of a table's tokens to the API: a few at a time, each with what became of it.
import { call } from "../../api/call.ts";
import { isHopeless, type Refusal, refusalOf } from "../../api/problem.ts";
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
  /** At its end: those that were not tried, or for nothing, and may be taken yet. */
  readonly rest?: readonly TokenRow[];
}

/** So many are on their way at once: one alone waits for the line, more wait for the log. */
const atOnce = 4;

/** Sends rows until all have an answer, somebody stops it, or the server takes none any more. */
export async function sendRows(
  rows: readonly TokenRow[],
  given: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
    /** How far it was, where these rows are the rest of more. */
    readonly before?: Progress | undefined;
    readonly send?: (row: TokenRow) => Promise<unknown>;
  },
): Promise<Progress> {
  const { signal, onProgress, before, send = put } = given;
  let progress = begun(rows, before);
  const forNothing: TokenRow[] = [];
  let next = 0;
  let isOver = false;
  const tell = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    onProgress(progress);
  };
  const lane = async () => {
    while (!signal.aborted && !isOver) {
      const row = rows[next];
      next += 1;
      if (row === undefined) return;
      try {
        await send(row);
        tell({ taken: progress.taken + 1 });
      } catch (error) {
        const refusal = refusalOf(error);
        if (isHopeless(refusal)) {
          isOver = true;
          forNothing.push(row);
        }
        tell({ notTaken: [...progress.notTaken, { row, refusal }] });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  tell({ rest: [...forNothing, ...rows.slice(next)] });
  return progress;
}

/** How far it is before the first of these rows is sent. */
export function begun(rows: readonly TokenRow[], before?: Progress): Progress {
  const { all = rows.length, taken = 0, notTaken = [] } = before ?? {};
  return { all, taken, notTaken: notTaken.filter(({ row }) => !rows.includes(row)) };
}

function put({ uid, body }: TokenRow): Promise<unknown> {
  return call("putTokensByUid", { params: { uid }, body });
}
