import { Type } from "@sinclair/typebox";
import { commandRows, type EventsOf, eventRows } from "../kernel/decider.ts";
import { isRejection, reject } from "../kernel/rejection.ts";
import {
  closed,
  EvseId,
  Instant,
  oneOf,
  shortText,
  Target,
  targetName,
  targetOf,
} from "../values/common.ts";
import { Availability, Status } from "../values/evse.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { evseOf, fromStation, type StationState, toStation } from "./state.ts";

const ChangeAsked = requestOf({ evseId: Type.Optional(EvseId), availability: Availability });
const UnlockAsked = requestOf({ evseId: Type.Optional(EvseId) });
const UnlockRequested = requestOf({
  /** Of an unlocking of all EVSEs: `{requestId}.{evseId}`. */
  requestId: Type.String({ minLength: 1, maxLength: 80 }),
  evseId: EvseId,
  parentRequestId: Type.Optional(Type.String()),
});
const ResetAsked = requestOf({ kind: oneOf("soft", "hard") });

const Report = closed({
  target: Target,
  connectorId: Type.Optional(Type.Integer()),
  status: Status,
  /** The station's own timestamp; absent where it gave none. */
  statusAt: Type.Optional(Instant),
  errorCode: Type.Optional(shortText(100)),
  info: Type.Optional(shortText()),
  vendorId: Type.Optional(shortText()),
  vendorErrorCode: Type.Optional(shortText()),
  at: Instant,
});

const Change = closed({ target: Target, availability: Availability, at: Instant });

const event = eventRows<StationState>();

const events = {
  StatusReported: event(Report, (state, { target, status, statusAt, errorCode }) =>
    target.of === "station"
      ? { ...state, status, statusAt, errorCode }
      : withEvse(state, target.evseId, { status, statusAt, errorCode }),
  ),
  ChangeAvailabilityRequested: requested(ChangeAsked, {
    type: "ChangeAvailabilityRequested",
    target: aboutEvse,
  }),
  AvailabilityChanged: event(Change, (state, { target, availability }) =>
    withAvailability(state, target, { availability, scheduledAvailability: undefined }),
  ),
  /** It changes when the running transaction has ended, which a status will say. */
  AvailabilityScheduled: event(Change, (state, { target, availability }) =>
    withAvailability(state, target, { scheduledAvailability: availability }),
  ),
  UnlockEvseRequested: requested(UnlockRequested, {
    type: "UnlockEvseRequested",
    target: aboutEvse,
  }),
  EvseUnlocked: event(closed({ evseId: EvseId, at: Instant }), null),
  ResetRequested: requested(ResetAsked, { type: "ResetRequested", target: () => "station" }),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  /** An unchanged status is an event only with a new timestamp of its own. */
  RecordStatus: command({
    data: Report,
    guards: fromStation,
    decide: (data, station) => {
      const { target } = data;
      const before = target.of === "station" ? station : evseOf(station, target.evseId);
      const same =
        before !== undefined &&
        before.status === data.status &&
        before.errorCode === data.errorCode &&
        (data.statusAt === undefined || before.statusAt === data.statusAt);
      const due = dueChanges(data, station);
      return same ? due : [{ type: "StatusReported", data }, ...due];
    },
  }),
  RequestChangeAvailability: asking({
    data: ChangeAsked,
    guards: toStation,
    qualified: { by: "availability", into: ["operative", "inoperative"] },
    decide: (data, station) =>
      ask(station, { type: "ChangeAvailabilityRequested", data }, aboutEvse(data)),
  }),
  RecordAvailabilityChanged: command({
    data: events.AvailabilityChanged.data,
    guards: fromStation,
    decide: (data) => [{ type: "AvailabilityChanged", data }],
  }),
  RecordAvailabilityScheduled: command({
    data: Change,
    guards: fromStation,
    decide: (data) => [{ type: "AvailabilityScheduled", data }],
  }),
  /** Without `evseId` each EVSE is asked for in a request of its own: `{requestId}.{evseId}`. */
  RequestUnlockEvse: asking({
    data: UnlockAsked,
    guards: toStation,
    decide: ({ evseId, ...data }, station) => {
      if (evseId !== undefined) return unlock(station, { ...data, evseId });
      if (station.evses.length === 0) return reject("NoEvseKnown");
      const decided = [];
      for (const evse of station.evses) {
        const { requestId } = data;
        const one = { ...data, evseId: evse.evseId, parentRequestId: requestId };
        const events = unlock(station, { ...one, requestId: `${requestId}.${evse.evseId}` });
        if (isRejection(events)) return events;
        decided.push(...events);
      }
      return decided;
    },
  }),
  RecordEvseUnlocked: command({
    data: events.EvseUnlocked.data,
    guards: fromStation,
    decide: (data) => [{ type: "EvseUnlocked", data }],
  }),
  RequestReset: asking({
    data: ResetAsked,
    guards: toStation,
    qualified: { by: "kind", into: ["soft", "hard"] },
    decide: (data, station) => ask(station, { type: "ResetRequested", data }, "station"),
  }),
};

function aboutEvse(data: { readonly evseId?: number }): string {
  return targetName(targetOf(data.evseId));
}

function unlock(station: StationState, data: (typeof UnlockRequested)["static"]) {
  return ask(station, { type: "UnlockEvseRequested" as const, data }, aboutEvse(data));
}

type Due = EventsOf<{ readonly AvailabilityChanged: { readonly data: typeof Change } }>;

/** What was scheduled and has now come true, by the status that the station reports. */
function dueChanges(report: (typeof Report)["static"], station: StationState): readonly Due[] {
  const { target, status, at } = report;
  const about = target.of === "station" ? station : evseOf(station, target.evseId);
  const availability = about?.scheduledAvailability;
  if (availability === undefined || !shows(status, availability)) return [];
  // A station as a whole is what it shall be when none of its EVSEs is still charging.
  const busy = target.of === "station" && station.openTransactions.length > 0;
  return busy ? [] : [{ type: "AvailabilityChanged", data: { target, availability, at } }];
}

function shows(status: (typeof Status)["static"], availability: "operative" | "inoperative") {
  if (availability === "inoperative") return status === "unavailable";
  return status !== "unavailable" && status !== "faulted" && status !== "unknown";
}

function withAvailability(
  state: StationState,
  target: Target,
  change: Pick<Partial<StationState>, "availability" | "scheduledAvailability">,
): StationState {
  if (target.of === "evse") return withEvse(state, target.evseId, change);
  return { ...state, ...change, evses: state.evses.map((evse) => ({ ...evse, ...change })) };
}

function withEvse(
  state: StationState,
  evseId: number,
  change: Partial<StationState["evses"][number]>,
): StationState {
  return {
    ...state,
    evses: state.evses.map((evse) => (evse.evseId === evseId ? { ...evse, ...change } : evse)),
  };
}

/** What is in use and in which state: status, operative or not, locks, reset. */
export const availability = { commands, events };
