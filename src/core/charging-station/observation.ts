import { Type } from "@sinclair/typebox";
import { appendBounded, bounds } from "../bounds.ts";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { closed, EvseId, Instant, oneOf, shortText } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { asOperator, fromStation, type StationState, toStation } from "./state.ts";

const TriggerAsked = requestOf({
  /** The message's name in the station's version, for example `StatusNotification`. */
  message: Type.String({ minLength: 1, maxLength: 50 }),
  evseId: Type.Optional(EvseId),
});
const CallAsked = requestOf({
  action: Type.String({ minLength: 1, maxLength: 50, pattern: "^[A-Za-z0-9]+$" }),
  payload: Type.Record(Type.String(), Type.Unknown()),
});

/** What this station needs beyond its model's quirk profiles; the OCPP room knows the names. */
const Quirks = Type.Record(Type.String({ maxLength: 50 }), Type.Unknown(), {
  maxProperties: bounds.quirks,
  description: "by name, as docs/quirks.md lists them; null takes back what a profile says",
});

/** As a subprotocol spells it, for example `ocpp1.6`. */
const ProtocolName = Type.String({ minLength: 1, maxLength: 50 });

const event = eventRows<StationState>();

const events = {
  /** The first deviation of its kind per firmware; the rest are counted beside the frames. */
  DeviationSeen: event(
    closed({ code: shortText(100), firmwareVersion: Type.Optional(shortText()), at: Instant }),
    (state, data) => ({
      ...state,
      knownDeviations: appendBounded(state.knownDeviations, data.code, bounds.knownDeviations),
    }),
  ),
  StrictnessSet: event(closed({ strict: Type.Boolean() }), (state, data) => ({
    ...state,
    strict: data.strict,
  })),
  /** Version of OCPP where the station's handshake names none that Motown speaks; absent: none. */
  DefaultProtocolSet: event(closed({ protocol: Type.Optional(ProtocolName) }), (state, data) => ({
    ...state,
    defaultProtocol: data.protocol,
  })),
  /** Goes before what the profiles of the station's model say. */
  QuirksSet: event(closed({ quirks: Quirks }), (state, data) => ({
    ...state,
    quirks: Object.keys(data.quirks).length > 0 ? data.quirks : undefined,
  })),
  TriggerMessageRequested: requested(TriggerAsked, {
    type: "TriggerMessageRequested",
    target: triggerTarget,
    awaits: ({ message, evseId }) => ({ kind: "trigger", message, evseId }),
  }),
  OcppCallRequested: requested(CallAsked, {
    type: "OcppCallRequested",
    target: (data) => data.requestId,
  }),
  SecurityEventReported: event(
    closed({
      type: shortText(50),
      reportedAt: Type.Optional(Instant),
      techInfo: Type.Optional(shortText()),
      at: Instant,
    }),
    null,
  ),
  CertificateSigningAsked: event(
    closed({
      csr: Type.String({ maxLength: 5500 }),
      answer: oneOf("accepted", "rejected"),
      at: Instant,
    }),
    null,
  ),
  /** The station's password was changed; the password itself is never in the log. */
  StationPasswordSet: event(closed({}), null),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  RecordDeviation: command({
    data: closed({ code: shortText(100), at: Instant }),
    guards: fromStation,
    decide: (data, station) => {
      const { firmwareVersion } = station;
      if (station.knownDeviations.includes(data.code)) return [];
      const firmware = firmwareVersion === undefined ? {} : { firmwareVersion };
      return [{ type: "DeviationSeen", data: { ...data, ...firmware } }];
    },
  }),
  SetStrictness: command({
    data: events.StrictnessSet.data,
    guards: asOperator,
    decide: (data, station) =>
      station.strict === data.strict ? [] : [{ type: "StrictnessSet", data }],
  }),
  /** Goes before the setting for all stations; without a protocol that one holds again. */
  SetDefaultProtocol: command({
    data: events.DefaultProtocolSet.data,
    guards: asOperator,
    decide: (data, station) =>
      station.defaultProtocol === data.protocol ? [] : [{ type: "DefaultProtocolSet", data }],
  }),
  /** All at once; none leaves the station to the profiles of its model. */
  SetQuirks: command({
    data: events.QuirksSet.data,
    guards: asOperator,
    decide: (data, station) =>
      JSON.stringify(station.quirks ?? {}) === JSON.stringify(data.quirks)
        ? []
        : [{ type: "QuirksSet", data }],
  }),
  RequestTriggerMessage: asking({
    data: TriggerAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "TriggerMessageRequested", data }, triggerTarget(data)),
  }),
  /** Any call of the station's version; its payload is checked against that version's schema. */
  RequestOcppCall: asking({
    data: CallAsked,
    guards: toStation,
    decide: (data, station) => ask(station, { type: "OcppCallRequested", data }, data.requestId),
  }),
  RecordSecurityEvent: command({
    data: events.SecurityEventReported.data,
    guards: fromStation,
    decide: (data) => [{ type: "SecurityEventReported", data }],
  }),
  RecordCertificateSigningAsked: command({
    data: events.CertificateSigningAsked.data,
    guards: fromStation,
    decide: (data) => [{ type: "CertificateSigningAsked", data }],
  }),
  /** Sent along with the new password's hash, which goes to the credentials table. */
  SetStationPassword: command({
    data: closed({}),
    guards: asOperator,
    decide: () => [{ type: "StationPasswordSet", data: {} }],
  }),
};

function triggerTarget(data: { readonly message: string; readonly evseId?: number }): string {
  return `${data.message} ${data.evseId ?? ""}`;
}

/** What is noticed about a station and asked of it beyond the named requests. */
export const observation = { commands, events };
