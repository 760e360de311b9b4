import type { StoredFrame } from "#bus";
import type { StationKey } from "#core";
import type { Api } from "../api.ts";
import { holdAll, type Words, wordsOf } from "./words.ts";

/** Which exchanges a client wants. */
export interface MessageQuery {
  readonly station?: StationKey | undefined;
  readonly action?: string | undefined;
  readonly direction?: "fromStation" | "toStation" | undefined;
  readonly correlationId?: string | undefined;
  readonly deviating?: boolean | undefined;
  readonly answered?: boolean | undefined;
  readonly search?: string | undefined;
  /** Only what is newer than this one. */
  readonly since?: string | undefined;
  /** Only what is older than this one. */
  readonly after?: string | undefined;
}

/** Exchanges, newest first; where to read on, and how new they were when they were read. */
export interface MessagePage {
  readonly frames: readonly StoredFrame[];
  readonly next?: string | undefined;
  readonly newest?: string | undefined;
}

const readAtOnce = 250;

/** How the frame log is looked through, from the newest back. */
export interface MessageLook {
  readonly station?: StationKey | undefined;
  /** Only what is older than this one. */
  readonly before?: string | undefined;
  /** Nothing from this one on is wanted. */
  readonly isPast?: (frame: StoredFrame) => boolean;
  readonly isWanted: (frame: StoredFrame) => boolean;
  readonly limit: number;
}

/** Exchanges that fit a question, newest first. */
export async function messagePage(
  parts: Pick<Api, "frames" | "limits">,
  { query, limit }: { readonly query: MessageQuery; readonly limit: number },
): Promise<MessagePage> {
  const { station, since, after: before } = query;
  const isPast = ({ id }: StoredFrame) => since !== undefined && id <= since;
  const isWanted = messageFilter(query, await wordsOf(query.search));
  return lookBack(parts, { station, before, isPast, isWanted, limit });
}

/** Looks back through the frame log, at no more than `messageScanMax` of it at once. */
export async function lookBack(
  { frames: log, limits }: Pick<Api, "frames" | "limits">,
  { station, isPast, isWanted, limit, ...from }: MessageLook,
): Promise<MessagePage> {
  const frames: StoredFrame[] = [];
  let { before } = from;
  let newest: string | undefined;
  for (let scanned = 0; scanned < limits.messageScanMax; ) {
    // Where nothing is narrowed, the first look has it all.
    const most = scanned === 0 ? Math.min(limit, readAtOnce) : readAtOnce;
    const page = await log.list({ station, before, limit: most });
    newest ??= page[0]?.id;
    for (const frame of page) {
      if (isPast?.(frame) === true) return { frames, newest };
      before = frame.id;
      if (isWanted(frame)) frames.push(frame);
      if (frames.length >= limit) return { frames, newest, next: before };
    }
    scanned += page.length;
    if (page.length < most) return { frames, newest };
  }
  return { frames, newest, next: before };
}

/** Whether an exchange is among those. */
function messageFilter(query: MessageQuery, words: Words): (frame: StoredFrame) => boolean {
  const { action, direction, correlationId, deviating, answered } = query;
  return (frame) =>
    (action === undefined || frame.action === action) &&
    (direction === undefined || frame.direction === direction) &&
    (correlationId === undefined || frame.correlationId === correlationId) &&
    (deviating === undefined || (frame.deviations ?? []).length > 0 === deviating) &&
    (answered === undefined || (frame.answer !== undefined) === answered) &&
    holdAll(textsOf(frame), words);
}

function textsOf({ station, call, answer = "", messageId = "", deviations }: StoredFrame) {
  return [decodeURIComponent(station), call, answer, messageId, ...(deviations ?? [])];
}
