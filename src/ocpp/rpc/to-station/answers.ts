import type { AnyToStationRow, OcppVersion, RequestEnd } from "../../message.ts";
import { rowContext } from "../context.ts";
import type { ErrorFrame, ResultFrame } from "../frame.ts";
import { checkPayload } from "../mending.ts";
import type { RpcParts } from "../parts.ts";
import { withoutEcho } from "./own-calls.ts";
import type { End, ReadAnswer, RequestNames } from "./request-ends.ts";

/** A CALL of ours that went over the wire. */
export interface PastCall extends RequestNames {
  readonly key: string;
  readonly stationId: string;
  readonly version: OcppVersion;
  readonly messageId: string;
  readonly action: string;
  /** Absent where the action is declared only. */
  readonly row: AnyToStationRow | undefined;
  readonly request: unknown;
  /** Data of the row's own event. */
  readonly asked: unknown;
  readonly text: string;
  readonly at: string;
}

/** Reads the answer to a CALL of ours. */
export async function answerOf(
  parts: RpcParts,
  call: PastCall,
  frame: ResultFrame | ErrorFrame,
): Promise<ReadAnswer> {
  const { requestId, correlationId, version } = call;
  const names = { requestId, correlationId, protocol: version.protocol };
  const plain = ({ result, ...end }: End, deviations: readonly string[] = []): ReadAnswer => ({
    ...names,
    tokens: [],
    deviations,
    read: () => ({ ...end, result: withoutEcho(version, call.request, result), commands: [] }),
  });
  if (frame.kind === "error") {
    const known = Object.values(version.errorCodes).includes(frame.code);
    return plain(failure(frame), known ? [] : ["callErrorUnknown"]);
  }
  const state = await parts.bus.commands.station(call.key);
  const checked = checkPayload({
    version,
    action: call.action,
    kind: "response",
    payload: frame.payload,
    mend: call.row?.mend,
    strict: parts.settings.strict || state.strict,
  });
  if ("fault" in checked) {
    const { description } = checked.fault;
    const end = { outcome: "failed", status: "InvalidAnswer", result: { description } } as const;
    return plain(end, [...new Set([...checked.deviations, "schemaViolation"])]);
  }
  const { row } = call;
  const { deviations } = checked;
  if (row === undefined) return plain(plainEnd(checked.payload), deviations);
  const at = parts.clock.now();
  const peer = { key: call.key, stationId: call.stationId, version, epoch: 0 };
  return {
    ...names,
    tokens: row.tokens?.(call.request) ?? [],
    deviations,
    read: (current, refs) => {
      const context = rowContext(parts, { peer, state: current, at, refs });
      const given = { ...context, requestId, asked: call.asked };
      try {
        const end: RequestEnd = row.outcome(checked.payload, call.request, given);
        return { ...end, commands: end.commands ?? [] };
      } catch (error) {
        const fields = { station: call.stationId, action: call.action, requestId, error };
        parts.log.error("An answer could not be read: a bug", fields);
        return { outcome: "failed", status: "InternalError", commands: [] };
      }
    },
  };
}

function failure({ code, description, details }: ErrorFrame): End {
  const bare = typeof details !== "object" || details === null || !Object.keys(details).length;
  const result = bare ? { description } : { description, details };
  return { outcome: "failed", status: code === "" ? "GenericError" : code, result };
}

const refusals: Readonly<Record<string, End["outcome"]>> = {
  Rejected: "rejected",
  NotSupported: "notSupported",
  NotImplemented: "notSupported",
};

/** Without a row, the answer's own word decides. */
function plainEnd(payload: unknown): End {
  const { status } = payload as { readonly status?: unknown };
  if (typeof status !== "string") return { outcome: "accepted", result: payload };
  const refused = Object.hasOwn(refusals, status) ? refusals[status] : undefined;
  return { outcome: refused ?? "accepted", status, result: payload };
}

/** The end of a request of several calls. One that failed is the end by itself. */
export function joinedEnd(row: AnyToStationRow | undefined, ends: readonly End[], end: End): End {
  const join = row?.join;
  if (join === undefined || ends.length === 0 || end.outcome === "failed") return end;
  const { outcome, status, result } = join([...ends, end] as readonly RequestEnd[]);
  return { outcome, status, result };
}
