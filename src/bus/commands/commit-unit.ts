import { type EventMeta, eventRowOf, type StreamName } from "#core";
import type { Execution } from "../execution.ts";
import type { CommitUnit } from "../ports/event-store.ts";
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
  const { eraseTokens } = execution;
  let correlationId = execution.correlationId;
  const requests: { requestId: string; append: number; event: number }[] = [];
  const requestsDone: string[] = [];
  const appends = changed.map(([stream, { before, decided }], append) => ({
    stream,
    expectedVersion: before.version,
    events: decided.map(({ event, meta }, index) => {
      correlationId ??= meta.correlationId;
      const { requestId } = event.data as { readonly requestId?: string };
      if (requestId !== undefined && eventRowOf(event.type)?.request === true) {
        requests.push({ requestId, append, event: index });
      }
      if (requestId !== undefined && endsWaiting.has(event.type)) requestsDone.push(requestId);
      return encode(event, metaText(meta));
    }),
  }));
  return {
    station,
    correlationId,
    appends,
    receipt: receipt === undefined ? undefined : { ...receipt, answer: answer ?? "" },
    fence,
    vault,
    credentials,
    forgetCredentials,
    ...(eraseTokens === undefined ? {} : { eraseTokens }),
    ...(requests.length > 0 ? { requests } : {}),
    ...(requestsDone.length > 0 ? { requestsDone } : {}),
  };
}

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
