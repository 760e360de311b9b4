// The authorization-list add-on: a station that answers VersionMismatch to a differential list is
// sent the whole list, once (OCPP 1.6 edition 2, §5.15).
import { type AddOn, type AddOnContext, defineAddOn, type ViewItem } from "#bus";
import { type EventDataOf, type EventOf, present, stationKey, toChargingStation } from "#core";

type List = EventDataOf<"SendAuthorizationListRequested">;
type Entry = List["entries"][number];

/** What the core lets one request carry. */
const entriesMax = 10_000;
const answerWaitMs = 120_000;

/** Keeps the lists of stations whole. */
export function authorizationList(): AddOn {
  return defineAddOn({
    name: "authorization-list",
    grants: {
      events: ["RequestCompleted"],
      commands: ["RequestSendAuthorizationList"],
      queries: ["requests", "authorizationLists"],
      questions: [],
    },
    on: { RequestCompleted: sendWhole },
  });
}

async function sendWhole(
  { data }: EventOf<"RequestCompleted">,
  context: AddOnContext,
): Promise<void> {
  if (data.status !== "VersionMismatch") return;
  await context.caughtUp();
  const request = await context.get("requests", [data.requestId]);
  if (request?.type !== "RequestSendAuthorizationList") return;
  const { updateType, listVersion, entries } = request.parameters as unknown as List;
  // A whole list that is refused as well is the operator's to look at.
  if (updateType !== "differential") return;
  const stationId = String(request.stationId);
  const known = await context.list("authorizationLists", {
    filter: { stationId },
    limit: entriesMax,
  });
  const whole = merged(known.map(entryOf), entries);
  const requestId = context.newId();
  const result = await context.dispatch(
    "whole list",
    toChargingStation(stationKey(stationId), "RequestSendAuthorizationList", {
      ...{ requestId, correlationId: String(request.correlationId), requestedAt: context.now },
      deadline: context.after(answerWaitMs),
      ...{ updateType: "full", listVersion, entries: whole },
    }),
  );
  if (result.status !== "rejected") return;
  const { rejected } = result.rejection;
  context.log("warn", "A whole authorization list could not be sent", { stationId, rejected });
}

function entryOf({ tokenRef, status, expiresAt, groupTokenRef }: ViewItem): Entry {
  return present({ tokenRef, status, expiresAt, groupTokenRef }) as Entry;
}

/** The list as it was meant to be: an entry without a status takes that token off. */
function merged(known: readonly Entry[], changes: readonly Entry[]): Entry[] {
  const byToken = new Map([...known, ...changes].map((entry) => [entry.tokenRef, entry]));
  return [...byToken.values()].filter(({ status }) => status !== undefined);
}
