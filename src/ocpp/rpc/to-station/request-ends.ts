import { instantAfter, withNewTokens } from "#bus";
import type { Command, Outcome, StationKey, StationState } from "#core";
import { stationActor, systemActor, toChargingStation } from "#core";
import type { RpcParts } from "../parts.ts";
import { noTokens, resolveTokens } from "../tokens.ts";

/** A request as its event names it. */
export interface RequestNames {
  readonly requestId: string;
  readonly correlationId: string;
}

/** How a request ended. */
export interface End {
  readonly outcome: Outcome;
  readonly status?: string | undefined;
  readonly result?: unknown;
}

const system = systemActor("ocpp");
const statusMax = 100;
/** For so long, the same answer has no second effect; its station gives it once. */
const answerReceiptMs = 3_600_000;

/** The command that ends a request. */
export function completion(
  key: StationKey,
  requestId: string,
  end: End & { readonly at: string },
): Command {
  return toChargingStation(key, "RecordRequestCompleted", {
    requestId,
    outcome: end.outcome,
    at: end.at,
    ...(end.status === undefined ? {} : { status: end.status.slice(0, statusMax) }),
    ...(end.result === undefined ? {} : { result: end.result }),
  });
}

/** Not sent and never will be: somebody has decided otherwise about its station since. */
export const unserved: End = {
  outcome: "superseded",
  result: { description: "the station is not served any more" },
};

/** Ends all that waits for a station that is not served any more. */
export async function endUnserved(
  parts: RpcParts,
  { key, state }: { readonly key: StationKey; readonly state: StationState },
): Promise<void> {
  for (const { requestId, correlationId, epoch } of state.requests) {
    if (epoch !== undefined) continue;
    await endRequest(parts, key, { requestId, correlationId, ...unserved, sent: false });
  }
}

/** An end by our own verdict. */
interface Verdict extends RequestNames, End {
  /** It counts only while the request is open, and was sent or not, as said. */
  readonly sent: boolean;
  /** And only while this is the station's newest connection. */
  readonly epoch?: number | undefined;
}

/** Ends a request by our own verdict. `fenced`: the station has a newer connection. */
export async function endRequest(
  parts: RpcParts,
  key: StationKey,
  given: Verdict,
): Promise<"ended" | "fenced" | "failed"> {
  try {
    return await recordEnd(parts, key, given);
  } catch (error) {
    const { requestId } = given;
    // The deadline ends it: the sweeper looks at the state, not at this attempt.
    parts.log.error("The end of a request could not be recorded", { key, requestId, error });
    return "failed";
  }
}

/** The same for whoever can try again; fails where nothing could be recorded. */
export async function recordEnd(
  parts: RpcParts,
  key: StationKey,
  given: Verdict,
): Promise<"ended" | "fenced"> {
  const { requestId, correlationId, sent, epoch } = given;
  const { status } = await parts.bus.commands.execute({
    actor: system,
    station: key,
    correlationId,
    fence: epoch === undefined ? undefined : { station: key, epoch },
    commands: ({ station }) => {
      const open = outstanding(station, requestId);
      if (open === undefined || (open.epoch !== undefined) !== sent) return [];
      return [completion(key, requestId, { ...given, at: parts.clock.now() })];
    },
  });
  return status === "fenced" ? "fenced" : "ended";
}

/**
 * Records, before the write to the socket, that a request goes out on this connection. `fenced`:
 * the station has a newer one.
 */
export async function recordSent(
  parts: RpcParts,
  peer: { readonly key: StationKey; readonly epoch: number },
  names: RequestNames,
): Promise<"sent" | "over" | "fenced"> {
  const { key, epoch } = peer;
  const { requestId, correlationId } = names;
  const at = parts.clock.now();
  const result = await parts.bus.commands.execute({
    actor: system,
    station: key,
    correlationId,
    fence: { station: key, epoch },
    commands: ({ station }) => {
      const open = outstanding(station, requestId);
      if (open === undefined || open.epoch !== undefined) return [];
      return [toChargingStation(key, "RecordRequestSent", { requestId, epoch, at })];
    },
  });
  if (result.status === "fenced") return "fenced";
  return result.status === "committed" && result.events.length > 0 ? "sent" : "over";
}

/** An answer with what it changes. */
export interface AnsweredEnd extends End {
  readonly commands: readonly Command[];
}

/** What an answer means, read against the newest state. */
export interface ReadAnswer extends RequestNames {
  readonly protocol: string;
  /** Values of tokens that it names. */
  readonly tokens: readonly string[];
  /** Codes of what about the answer deviates. */
  readonly deviations: readonly string[];
  /** By a state, and by references of its tokens. */
  readonly read: (state: StationState, refs: ReadonlyMap<string, string>) => AnsweredEnd;
}

/**
 * Records a station's answer and all that it changes. A refused change does not undo the end.
 * `closing` says how the request ends by this answer; undefined: it goes on with another call.
 */
export async function recordAnswer(
  parts: RpcParts,
  given: ReadAnswer & {
    readonly key: StationKey;
    /** Of our call, and when its answer came: the same answer again has no effect. */
    readonly messageId: string;
    readonly at: string;
    readonly closing: (end: End) => End | undefined;
  },
): Promise<End | undefined> {
  const { key, messageId, at, requestId, correlationId, protocol, read, closing } = given;
  const expiresAt = instantAfter(at, answerReceiptMs);
  const { bus, limits } = parts;
  let last: End | undefined;
  const execute = async (withEffects: boolean) => {
    const values = given.tokens;
    const tokens = values.length === 0 ? noTokens : await resolveTokens(bus.tokens, values);
    return bus.commands.execute({
      actor: stationActor(key),
      station: key,
      correlationId,
      protocol,
      vault: tokens.vault,
      receipt: { id: `answer:${messageId}`, expiresAt },
      commands: ({ station }) => {
        const { commands, ...end } = read(station, tokens.refs);
        last = end;
        const effects = withEffects ? commands : [];
        const closed = closing(end);
        return closed === undefined
          ? effects
          : [...effects, completion(key, requestId, { ...closed, at })];
      },
    });
  };
  const result = await withNewTokens(limits, () => execute(true));
  if (result.status !== "rejected") return last;
  const { command, rejection } = result;
  parts.log.error("What an answer changes was refused: a bug", { key, command, ...rejection });
  await withNewTokens(limits, () => execute(false));
  return last;
}

/** The request, while it has not ended. */
export function outstanding(state: StationState, requestId: string) {
  return state.requests.find((request) => request.requestId === requestId);
}
