import { Type } from "@sinclair/typebox";
import { bounds } from "../bounds.ts";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { AuthorizationStatus } from "../values/authorization.ts";
import { closed, Instant, oneOf, TokenRef } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { fromStation, type StationState, toStation } from "./state.ts";

const Entry = closed({
  tokenRef: TokenRef,
  /** Absent: the entry is removed from the station's list (differential only). */
  status: Type.Optional(AuthorizationStatus),
  expiresAt: Type.Optional(Instant),
  groupTokenRef: Type.Optional(TokenRef),
});

const list = {
  updateType: oneOf("full", "differential"),
  entries: Type.Array(Entry),
};
const Version = Type.Integer({ minimum: 1 });

const VersionAsked = requestOf({});
/** Without a version it is one more than what the station is known to have. */
const SendAsked = requestOf({ ...list, listVersion: Type.Optional(Version) });
const SendRequested = requestOf({ ...list, listVersion: Version });

const event = eventRows<StationState>();

const events = {
  AuthorizationListVersionRequested: requested(VersionAsked, {
    type: "AuthorizationListVersionRequested",
    target: () => "station",
  }),
  /** −1: the station keeps no list; 0: its list is empty. */
  AuthorizationListVersionReceived: event(
    closed({ listVersion: Type.Integer(), at: Instant }),
    (state, data) => ({ ...state, authorizationListVersion: data.listVersion }),
  ),
  SendAuthorizationListRequested: requested(SendRequested, {
    type: "SendAuthorizationListRequested",
    target: (data) => `${data.updateType} ${data.listVersion}`,
  }),
  AuthorizationListChanged: event(
    closed({ ...list, listVersion: Version, at: Instant }),
    (state, data) => ({ ...state, authorizationListVersion: data.listVersion }),
  ),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  RequestAuthorizationListVersion: asking({
    data: VersionAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "AuthorizationListVersionRequested", data }, "station"),
  }),
  RecordAuthorizationListVersion: command({
    data: events.AuthorizationListVersionReceived.data,
    guards: fromStation,
    decide: (data) => [{ type: "AuthorizationListVersionReceived", data }],
  }),
  RequestSendAuthorizationList: asking({
    data: SendAsked,
    guards: toStation,
    decide: (data, station) => {
      if (data.entries.length > bounds.authorizationListEntries) {
        return reject("AuthorizationListTooLong", `${data.entries.length} entries`);
      }
      if (data.updateType === "full" && data.entries.some((entry) => entry.status === undefined)) {
        return reject("AuthorizationListIncomplete");
      }
      const next = Math.max(station.authorizationListVersion ?? 0, 0) + 1;
      const asked = { ...data, listVersion: data.listVersion ?? next };
      const target = `${asked.updateType} ${asked.listVersion}`;
      return ask(station, { type: "SendAuthorizationListRequested", data: asked }, target);
    },
  }),
  RecordAuthorizationListChanged: command({
    data: events.AuthorizationListChanged.data,
    guards: fromStation,
    decide: (data) => [{ type: "AuthorizationListChanged", data }],
  }),
};

/** The list of tokens that a station may authorize by itself. */
export const authorizationList = { commands, events };
