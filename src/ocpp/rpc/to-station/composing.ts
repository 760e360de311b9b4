// The calls of a request: composed by its row, or as a client wrote them, and checked.
import type { StationState } from "#core";
import { rowContext } from "../context.ts";
import { frameBytesAround } from "../frame.ts";
import type { Peer, RpcParts } from "../parts.ts";
import type { Speech } from "../rows.ts";
import { openTokens } from "../tokens.ts";
import { namesErased, tokenRefsIn, withTokens } from "./own-calls.ts";
import type { RequestNames } from "./request-ends.ts";

/** An event that asks the station for something. */
export interface Asking {
  readonly type: string;
  readonly data: RequestNames & { readonly deadline: string; readonly validUntil?: string };
}

/** What is asked of whom, and how that is spoken. */
interface Composing {
  readonly asking: Asking;
  readonly speech: Speech;
  readonly state: StationState;
}

type Composed = { readonly calls: readonly unknown[] } | { readonly refused: string };

const erasedToken = "a token that it names was erased";

/** The payloads of the calls that a request consists of, mostly one; or why it cannot be sent. */
export async function callsOf(parts: RpcParts, peer: Peer, given: Composing): Promise<Composed> {
  const { asking, speech, state } = given;
  const isWritten = speech.row === undefined || asking.type === "OcppCallRequested";
  const composed = isWritten
    ? await writtenCall(parts, peer, asking)
    : await callsOfRow(parts, peer, given);
  if ("refused" in composed) return composed;
  const { sentFrameBytesMax = Number.POSITIVE_INFINITY } = parts.quirks.of(state);
  for (const payload of composed.calls) {
    const fault = peer.version.check(speech.action, "request", payload);
    if (fault !== undefined) return { refused: fault.description };
    const bytes = Buffer.byteLength(JSON.stringify(payload)) + frameBytesAround(speech.action);
    if (bytes <= sentFrameBytesMax) continue;
    return { refused: `a frame of ${bytes} bytes; this model takes ${sentFrameBytesMax}` };
  }
  return composed;
}

/** As a client wrote it, with its tokens. */
async function writtenCall(
  parts: RpcParts,
  { version }: Peer,
  { data }: Asking,
): Promise<Composed> {
  const { payload } = data as unknown as { readonly payload: unknown };
  const refs = tokenRefsIn(version, payload);
  const values = await openTokens(parts.bus.tokens, refs);
  // An empty token that a client wrote out is its own business.
  if (refs.some((ref) => values.get(ref) === "")) return { refused: erasedToken };
  return { calls: [withTokens(version, payload, values)] };
}

async function callsOfRow(
  parts: RpcParts,
  peer: Peer,
  { asking, speech: { action, row }, state }: Composing,
): Promise<Composed> {
  const refs = row?.tokenRefs?.(asking.data) ?? [];
  const values = await openTokens(parts.bus.tokens, refs);
  const context = rowContext(parts, { peer, state, at: parts.clock.now(), values });
  try {
    const request: unknown = row?.request(asking.data, context);
    const calls = row?.chunks?.(request, context) ?? [request];
    return namesErased(peer.version, calls) ? { refused: erasedToken } : { calls };
  } catch (error) {
    const fields = { station: peer.stationId, action, error };
    parts.log.error("A request could not be composed: a bug", fields);
    return { refused: "an internal error" };
  }
}
