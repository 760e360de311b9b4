import { type EventMeta, eventRowOf, type StreamName } from "#core";
import type { Execution } from "../execution.ts";
import type { CommitUnit, NewEvent, StreamAppend } from "../ports/event-store.ts";
import { encode } from "./codec.ts";
import type { Working } from "./deciding.ts";

/** Streams with new events. */
export type Changed = readonly (readonly [StreamName, Working])[];

/**
 * Streams with new events, in the order of their first: what caused stands before what followed.
 */
export function changedOf(working: ReadonlyMap<StreamName, Working>): Changed {
  const changed = [...working].filter(([, entry]) => entry.decided.length > 0);
  return changed.length < 2 ? changed : changed.sort(([, a], [, b]) => a.turn - b.turn);
}

/** One execution's whole effect, as the store takes it. */
export function unitOf(
  execution: Execution,
  changed: Changed,
  answer: string | undefined,
): CommitUnit {
  const { receipt, station, fence, vault, credentials, forgetCredentials } = execution;
  const requests: RequestRow[] = [];
  const requestsDone: string[] = [];
  let { correlationId } = execution;
  const appends: StreamAppend[] = [];
  for (const [stream, { before, decided }] of changed) {
    const events: NewEvent[] = [];
    for (const { event, meta } of decided) {
      correlationId ??= meta.correlationId;
      const { requestId } = event.data as { readonly requestId?: string };
      if (requestId !== undefined) {
        const place = { requestId, append: appends.length, event: events.length };
        if (eventRowOf(event.type)?.request === true) requests.push(place);
        if (endsWaiting.has(event.type)) requestsDone.push(requestId);
      }
      events.push(encode(event, metaText(meta)));
    }
    appends.push({ stream, expectedVersion: before.version, events });
  }
  return {
    station,
    correlationId,
    appends,
    receipt: receipt && { ...receipt, answer: answer ?? "" },
    fence,
    vault,
    credentials,
    forgetCredentials,
    eraseTokens: execution.eraseTokens,
    requests: requests.length > 0 ? requests : undefined,
    requestsDone: requestsDone.length > 0 ? requestsDone : undefined,
  };
}

type RequestRow = NonNullable<CommitUnit["requests"]>[number];

/** Events after which a request waits in no table any more. */
const endsWaiting: ReadonlySet<string> = new Set(["RequestSent", "RequestCompleted"]);

let lastMeta: EventMeta | undefined;
let lastMetaText = "";

/** Events of one message share their meta: written once. */
function metaText(meta: EventMeta): string {
  if (meta !== lastMeta) {
    lastMeta = meta;
    lastMetaText = JSON.stringify(meta);
  }
  return lastMetaText;
}
