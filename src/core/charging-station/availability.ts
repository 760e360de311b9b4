import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { type Rejection, reject } from "../kernel/rejection.ts";
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
  AvailabilityChanged: event(
    closed({ target: Target, availability: Availability, at: Instant }),
    (state, { target, availability }) => {
      if (target.of === "evse") return withEvse(state, target.evseId, { availability });
      const evses = state.evses.map((evse) => ({ ...evse, availability }));
      return { ...state, availability, evses };
    },
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
      return same ? [] : [{ type: "StatusReported", data }];
    },
  }),
  RequestChangeAvailability: asking({
    data: ChangeAsked,
    guards: toStation,
    permission: (data) => `RequestChangeAvailability.${data.availability}`,
    decide: (data, station) =>
      ask(station, { type: "ChangeAvailabilityRequested", data }, aboutEvse(data)),
  }),
  RecordAvailabilityChanged: command({
    data: events.AvailabilityChanged.data,
    guards: fromStation,
    decide: (data) => [{ type: "AvailabilityChanged", data }],
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
        if ("rejected" in events) return events as Rejection;
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
    permission: (data) => `RequestReset.${data.kind}`,
    decide: (data, station) => ask(station, { type: "ResetRequested", data }, "station"),
  }),
};

function aboutEvse(data: { readonly evseId?: number }): string {
  return targetName(targetOf(data.evseId));
}

function unlock(station: StationState, data: (typeof UnlockRequested)["static"]) {
  return ask(station, { type: "UnlockEvseRequested" as const, data }, aboutEvse(data));
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
