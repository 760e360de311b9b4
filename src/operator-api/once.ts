import { type Cipher, type ExecutionResult, instantAfter, settledAlready } from "#bus";
import type { EventEnvelope } from "#core";
import { Problem, problemOf } from "./http/problems.ts";
import type { Call } from "./http/route.ts";
import type { ApiParts } from "./parts.ts";

type Execution = Parameters<ApiParts["bus"]["commands"]["execute"]>[0];

/** A committed execution: what was remembered of it, now or at the first time. */
export interface Done<R> {
  readonly cursor: string;
  readonly remembered: R;
  /** Events of this commit; absent where this is a repetition. */
  readonly events?: readonly EventEnvelope[];
}

interface Receipt<R> {
  readonly request: string;
  readonly remembered: R;
}

/**
 * Executes what a request asks for, once: the same Idempotency-Key of the same actor within 24 h
 * leads to what was remembered. A refusal is thrown as its problem. What is remembered may be a
 * secret, so it is sealed.
 */
export async function executeOnce<R>(
  parts: Pick<ApiParts, "bus" | "store" | "cipher" | "clock" | "limits">,
  given: {
    readonly call: Call;
    readonly execution: Omit<Execution, "actor" | "receipt" | "answer">;
    readonly remember: (events: readonly EventEnvelope[]) => R;
  },
): Promise<Done<R>> {
  const { bus, store, cipher, clock, limits } = parts;
  const { call, execution, remember } = given;
  const { actor } = call.principal;
  if (call.idempotencyKey === undefined) {
    const result = committed(await bus.commands.execute({ ...execution, actor }));
    const { events } = result;
    return { cursor: result.cursor, events, remembered: remember(events) };
  }
  const request = fingerprint(parts, call);
  const receipt = {
    id: `api:${cipher.digest(JSON.stringify([actor.id, call.idempotencyKey]))}`,
    expiresAt: instantAfter(clock.now(), limits.idempotencyKeyMs),
  };
  // Before deciding: a request that is another one under the same key must not be decided at all.
  const before = await settledAlready(store, { receipt });
  if (before?.status === "repeated") return repeated<R>(cipher, { ...before, request });
  const result = await bus.commands.execute({
    ...execution,
    actor,
    receipt,
    answer: (_states, decided) =>
      cipher.seal(JSON.stringify({ request, remembered: remember(decided()) })),
  });
  if (result.status === "repeated") return repeated<R>(cipher, { ...result, request });
  const { cursor, events } = committed(result);
  return { cursor, events, remembered: remember(events) };
}

function repeated<R>(
  cipher: Cipher,
  again: { readonly answer: string; readonly cursor: string; readonly request: string },
): Done<R> {
  const receipt = JSON.parse(cipher.open(again.answer)) as Receipt<R>;
  if (receipt.request !== again.request) throw new Problem("IdempotencyKeyReused");
  return { cursor: again.cursor, remembered: receipt.remembered };
}

function committed(result: ExecutionResult) {
  if (result.status === "rejected") throw problemOf(result.rejection);
  if (result.status === "committed") return result;
  throw new Error(`an API command ended as ${result.status}`);
}

/** The same request again, or another one under the same key? */
function fingerprint({ cipher }: Pick<ApiParts, "cipher">, call: Call): string {
  const { method, url } = call.raw.request;
  return cipher.digest(JSON.stringify([method, url, call.body]));
}
