import { type Cipher, type ExecutionResult, instantAfter, settledAlready } from "#bus";
import { type Command, categoryOf, type EventEnvelope } from "#core";
import { Problem, problemOf } from "./http/problems.ts";
import type { Call } from "./http/route.ts";
import type { ApiParts } from "./parts.ts";

type Execution = Parameters<ApiParts["bus"]["commands"]["execute"]>[0];

interface Commands {
  readonly commands: readonly Command[];
}

/** A committed execution: what was remembered of it, now or at the first time. */
export interface Done<R> {
  readonly cursor: string;
  readonly remembered: R;
  /** Events of this commit; absent where this is a repetition. */
  readonly events?: readonly EventEnvelope[];
}

/** Header of an answer that leads to what was done before. */
const replayedHeader = "idempotency-replayed";

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
    readonly execution: Omit<Execution, "actor" | "receipt" | "answer" | "commands"> & Commands;
    readonly remember: (events: readonly EventEnvelope[]) => R;
  },
): Promise<Done<R>> {
  const { bus, store, cipher, clock, limits } = parts;
  const { call, execution, remember } = given;
  const { actor } = call.principal;
  mustBeDeclared(call, execution);
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
  const again = (first: Parameters<typeof repeated>[1]): Done<R> => {
    const done = repeated<R>(cipher, first);
    call.raw.reply.header(replayedHeader, "true");
    return done;
  };
  // Before deciding: a request that is another one under the same key must not be decided at all.
  const before = await settledAlready(store, { receipt });
  if (before?.status === "repeated") return again({ ...before, request });
  const result = await bus.commands.execute({
    ...execution,
    actor,
    receipt,
    answer: (_states, decided) =>
      cipher.seal(JSON.stringify({ request, remembered: remember(decided()) })),
  });
  if (result.status === "repeated") return again({ ...result, request });
  const { cursor, events } = committed(result);
  return { cursor, events, remembered: remember(events) };
}

/** What a route sends unsaid, nobody could be told beforehand that he may not. */
function mustBeDeclared({ sends, raw }: Call, { commands }: Commands): void {
  for (const { stream, type } of commands) {
    // A station knows what is permitted on it alone: `GET …/allowed`.
    if (ofStations.has(categoryOf(stream))) continue;
    if (sends.some(({ command }) => command === type)) continue;
    throw new Error(`${raw.request.routeOptions.url} does not say that it sends ${type}`);
  }
}

const ofStations: ReadonlySet<string> = new Set(["charging-station", "transaction"]);

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
