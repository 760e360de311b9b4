// Calls of ours that were given up and may be answered yet: in memory where this node sent them,
// else as far as the log knows them.
import { decode } from "#bus";
import { type EventDataOf, eventRowOf } from "#core";
import type { Peer, RpcParts } from "../parts.ts";
import { speechOf } from "../rows.ts";
import type { PastCall } from "./answers.ts";
import { type Asking, callsOf } from "./composing.ts";
import type { PastCalls } from "./outbound.ts";
import { endRequest } from "./request-ends.ts";

/** Keeps so many calls in memory; the oldest go first. */
export function createPastCalls(most: number): PastCalls {
  const calls = new Map<string, PastCall>();
  return {
    keep: (call) => {
      calls.set(call.messageId, call);
      const oldest = calls.size > most ? calls.keys().next() : undefined;
      if (oldest?.value !== undefined) calls.delete(oldest.value);
    },
    take: (messageId) => {
      const call = calls.get(messageId);
      calls.delete(messageId);
      return call;
    },
    get size() {
      return calls.size;
    },
  };
}

/** A request as the log has it. */
interface SentRequest {
  readonly asking: Asking;
  readonly sentAt: string;
}

type Sent = EventDataOf<"RequestSent">;

const pageSize = 500;

/**
 * The call that a station answers on another connection than the one that it went out on: this node
 * may not have sent it, or has forgotten it at a restart. The message id is the request's. Only
 * what nobody has answered yet, and only as far back as the log is looked through for what is long
 * past. Composed anew by what is known today: what the wire said then is in no log.
 */
export async function callInLog(
  parts: RpcParts,
  peer: Peer,
  messageId: string,
): Promise<PastCall | undefined> {
  const sent = await sentRequest(parts, peer, messageId);
  if (sent === undefined) return undefined;
  const { asking, sentAt: at } = sent;
  const { key, stationId, version } = peer;
  const speech = speechOf(version, asking);
  if (speech === undefined) return undefined;
  const state = await parts.bus.commands.station(key);
  const composed = await callsOf(parts, peer, { asking, speech, state });
  const calls = "refused" in composed ? [] : composed.calls;
  const [request] = calls;
  if (request === undefined) return undefined;
  const names = { requestId: messageId, correlationId: asking.data.correlationId };
  // One of several: the others were never sent, so that this answer is not the request's end.
  if (calls.length > 1) await endRequest(parts, key, { ...names, outcome: "timedOut", sent: true });
  const asked = asking.type === "OcppCallRequested" ? undefined : asking.data;
  const { action, row } = speech;
  return {
    ...names,
    key,
    stationId,
    version,
    messageId,
    action,
    row,
    request,
    asked,
    text: "",
    at,
  };
}

async function sentRequest(
  { store, limits }: RpcParts,
  { key, epoch }: Peer,
  requestId: string,
): Promise<SentRequest | undefined> {
  let sent: Sent | undefined;
  let before: number | undefined;
  for (let seen = 0; seen < limits.recallEventsMax; seen += pageSize) {
    const page = await store.readStation({ station: key, before, limit: pageSize });
    for (const stored of page) {
      // Read only where it may be the one: most are about something else.
      if (!stored.data.includes(requestId)) continue;
      const { type, data } = decode(stored) as Asking;
      if (data.requestId !== requestId) continue;
      if (isAnswer(type, data)) return undefined;
      if (type === "RequestSent") sent = data as unknown as Sent;
      if (eventRowOf(type)?.request !== true) continue;
      // What went out on this very connection is known here, if it was given up.
      if (sent === undefined || sent.epoch >= epoch) return undefined;
      return { asking: { type, data }, sentAt: sent.at };
    }
    if (page.length < pageSize) return undefined;
    before = page.at(-1)?.position;
  }
  return undefined;
}

/** Whether the station has answered by this event. */
function isAnswer(type: string, data: object): boolean {
  if (type === "RequestAnsweredLate") return true;
  if (type !== "RequestCompleted") return false;
  const { outcome } = data as EventDataOf<"RequestCompleted">;
  return !ours.has(outcome);
}

/** Outcomes that are our own verdict. */
const ours: ReadonlySet<string> = new Set(["timedOut", "stationOffline", "superseded"]);
