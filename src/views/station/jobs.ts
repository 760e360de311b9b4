// What firmware and diagnostics jobs have in common: a request, and the statuses that follow it.
import { Type } from "@sinclair/typebox";
import { type EventDataOf, type EventType, Outcome } from "#core";
import { instant, json, optional, type RowOf, stationColumn, text } from "../columns.ts";
import type { Handler, ViewEvent } from "../view.ts";

const StatusLine = Type.Object({ status: Type.String(), at: Type.String() });

/** Statuses of one job that are kept; a station that repeats itself for ever fills no row. */
const statusesMax = 50;

/** Columns of every kind of job. */
export const jobColumns = {
  station: stationColumn(),
  requestId: text(Type.String({ description: "Empty: no request of ours caused it." })),
  location: optional(text()),
  outcome: optional(text(Outcome)),
  status: optional(text(Type.String({ description: "The station's last word." }))),
  statusAt: optional(instant()),
  statuses: json(Type.Array(StatusLine), []),
  requestedAt: instant(),
};

type Job = RowOf<typeof jobColumns>;
type Reported = EventDataOf<"FirmwareStatusReported">;

/** The job of a request that was a call of one's own: it begins with the station's consent. */
export function jobOfCall<R extends Job>(
  empty: R,
  station: string,
  { requestId = "", at }: { readonly requestId?: string; readonly at: string },
): R {
  return { ...empty, station, requestId, requestedAt: at };
}

/** Attaches a status to its job, or to the station where no request of ours is known. */
export function statusFold<R extends Job, T extends EventType>(
  empty: R,
): Extract<Handler<R, T>, { keys: unknown }> {
  return {
    keys: (event) => [jobKey(event)],
    fold: (row, event) => {
      const { requestId, status, at } = event.data as Reported;
      const job = row ?? jobOfCall(empty, event.key, { requestId: requestId ?? "", at });
      const lines = JSON.parse(job.statuses) as { status: string; at: string }[];
      const statuses = JSON.stringify([...lines, { status, at }].slice(-statusesMax));
      return { ...job, status, statusAt: at, statuses };
    },
  };
}

function jobKey<T extends EventType>({ key, data }: ViewEvent<T>): [string, string] {
  return [key, (data as Reported).requestId ?? ""];
}
