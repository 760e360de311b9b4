import { present, streams, systemActor } from "#core";
import type { Execution, ExecutionResult } from "../execution.ts";
import type { Clock } from "../ports/environment.ts";

/** An execution that was refused. */
export type Rejected = Extract<ExecutionResult, { status: "rejected" }>;

/** Where executions wait for each other: at their station, else at their first stream. */
export function mailboxOf(execution: Execution): string {
  if (execution.station !== undefined) return execution.station;
  const [first] = typeof execution.commands === "function" ? [] : execution.commands;
  return first?.stream ?? execution.streams?.[0] ?? "office";
}

/** A refused wish is never dropped in silence: it goes to the day's audit stream. */
export function refusalOf(
  clock: Clock,
  execution: Execution,
  result: Rejected,
): Execution | undefined {
  const { actor, station } = execution;
  if (actor.kind !== "operator" && actor.kind !== "add-on") return undefined;
  const at = clock.now();
  const stream = streams.audit(at.slice(0, 10));
  const about = station === undefined ? mailboxOf(execution) : streams.chargingStation(station);
  const data = present({
    stream: about,
    command: result.command,
    code: result.rejection.rejected,
    detail: result.rejection.detail,
    actor: { kind: actor.kind, id: actor.id },
    at,
  });
  return { actor: auditor, commands: [{ stream, type: "RecordWishRefused", data }] };
}

const auditor = systemActor("audit");
