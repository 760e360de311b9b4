import { Type } from "@sinclair/typebox";
import { bounds } from "../bounds.ts";
import { commandRows, type EventRow, eventRows } from "../kernel/decider.ts";
import { present } from "../kernel/present.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, EvseId, Instant, TokenRef, targetName, targetOf } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { asOperator, fromStation, fromSystem, type StationState, toStation } from "./state.ts";

const ReservationId = Type.String({ minLength: 1, maxLength: 64 });

const ReserveAsked = requestOf({
  reservationId: ReservationId,
  /** Absent: any EVSE of the station. */
  evseId: Type.Optional(EvseId),
  tokenRef: TokenRef,
  groupTokenRef: Type.Optional(TokenRef),
  expiresAt: Instant,
});
const ReserveRequested = requestOf({
  ...ReserveAsked.properties,
  reservationNumber: Type.Integer({ minimum: 1 }),
});
/** A reservation that Motown does not know is cancelled by its wire number alone. */
const CancelAsked = requestOf({
  reservationId: Type.Optional(ReservationId),
  reservationNumber: Type.Optional(Type.Integer()),
});
const CancelRequested = requestOf({
  reservationId: Type.Optional(ReservationId),
  reservationNumber: Type.Integer(),
});

const Reserved = closed({
  reservationId: ReservationId,
  reservationNumber: Type.Integer(),
  evseId: Type.Optional(EvseId),
  tokenRef: Type.Optional(TokenRef),
  expiresAt: Instant,
});
const Ended = closed({ reservationId: ReservationId });

const event = eventRows<StationState>();

const events = {
  ChargingStationMadeReservable: event(closed({}), (state) => ({ ...state, reservable: true })),
  ChargingStationMadeNotReservable: event(closed({}), (state) => ({ ...state, reservable: false })),
  ReserveNowRequested: numbered(
    requested(ReserveRequested, {
      type: "ReserveNowRequested",
      target: (data) => targetName(targetOf(data.evseId)),
    }),
  ),
  CancelReservationRequested: requested(CancelRequested, {
    type: "CancelReservationRequested",
    target: (data) => `reservation ${data.reservationNumber}`,
  }),
  ReservationMade: event(Reserved, (state, data) => ({
    ...state,
    reservations: [
      ...state.reservations.filter((held) => held.reservationNumber !== data.reservationNumber),
      data,
    ],
  })),
  ReservationCancelled: event(Ended, without),
  ReservationExpired: event(Ended, without),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  MakeChargingStationReservable: command({
    data: closed({}),
    guards: asOperator,
    decide: (_data, station) =>
      station.reservable ? [] : [{ type: "ChargingStationMadeReservable", data: {} }],
  }),
  MakeChargingStationNotReservable: command({
    data: closed({}),
    guards: asOperator,
    decide: (_data, station) =>
      station.reservable ? [{ type: "ChargingStationMadeNotReservable", data: {} }] : [],
  }),
  RequestReserveNow: asking({
    data: ReserveAsked,
    guards: toStation,
    decide: (data, station) => {
      if (!station.reservable) return reject("StationNotReservable");
      if (station.reservations.length >= bounds.reservations) return reject("TooManyReservations");
      if (data.expiresAt <= data.requestedAt) return reject("ReservationTooShort", data.expiresAt);
      const asked = { ...data, reservationNumber: nextReservationNumber(station) };
      const event = { type: "ReserveNowRequested" as const, data: asked };
      return ask(station, event, targetName(targetOf(data.evseId)));
    },
  }),
  RequestCancelReservation: asking({
    data: CancelAsked,
    guards: toStation,
    decide: (data, station) => {
      const held = station.reservations.find(
        (entry) =>
          entry.reservationId === data.reservationId ||
          entry.reservationNumber === data.reservationNumber,
      );
      const reservationNumber = held?.reservationNumber ?? data.reservationNumber;
      if (reservationNumber === undefined) return reject("ReservationNotFound", data.reservationId);
      const reservationId = held?.reservationId ?? data.reservationId;
      const asked = present({ ...data, reservationId, reservationNumber });
      const event = { type: "CancelReservationRequested" as const, data: asked };
      return ask(station, event, `reservation ${reservationNumber}`);
    },
  }),
  RecordReservationMade: command({
    data: Reserved,
    guards: fromStation,
    decide: (data) => [{ type: "ReservationMade", data }],
  }),
  RecordReservationCancelled: command({
    data: closed({ reservationNumber: Type.Integer() }),
    guards: fromStation,
    decide: ({ reservationNumber }, station) => {
      const held = station.reservations.find(
        (entry) => entry.reservationNumber === reservationNumber,
      );
      if (held === undefined) return [];
      const { reservationId } = held;
      return [{ type: "ReservationCancelled", data: { reservationId } }];
    },
  }),
  ExpireReservation: command({
    data: closed({ reservationId: ReservationId, at: Instant }),
    guards: fromSystem,
    decide: ({ reservationId, at }, station) => {
      const held = station.reservations.find((entry) => entry.reservationId === reservationId);
      const due = held !== undefined && held.expiresAt <= at;
      return due ? [{ type: "ReservationExpired", data: { reservationId } }] : [];
    },
  }),
};

function without(state: StationState, data: { readonly reservationId: string }): StationState {
  return {
    ...state,
    reservations: state.reservations.filter((held) => held.reservationId !== data.reservationId),
  };
}

/**
 * A number is never given twice, whatever became of its request: a station that took it on, though
 * we heard no answer, would let the new reservation replace the old one.
 */
function numbered(
  row: EventRow<StationState, typeof ReserveRequested>,
): EventRow<StationState, typeof ReserveRequested> {
  return {
    ...row,
    evolve: (state, data) => ({
      ...(row.evolve?.(state, data) ?? state),
      reservationCount: Math.max(state.reservationCount, data.reservationNumber),
    }),
  };
}

/** The next number that no reservation, not even one made past us, bears. */
function nextReservationNumber(station: StationState): number {
  const held = new Set(station.reservations.map((entry) => entry.reservationNumber));
  let next = station.reservationCount + 1;
  while (held.has(next)) next += 1;
  return next;
}

/** Keeping an EVSE for a token, until it is used, cancelled or over. */
export const reservation = { commands, events };
