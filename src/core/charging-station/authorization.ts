import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { same } from "../kernel/same.ts";
import { AuthorizationAnswer } from "../values/authorization.ts";
import { closed, Instant, TokenRef } from "../values/common.ts";
import { asOperator, fromStation, type StationState } from "./state.ts";

const question = { tokenRef: TokenRef, at: Instant };

const event = eventRows<StationState>();

const events = {
  AuthorizationRequested: event(closed(question), null),
  AuthorizationAnswered: event(closed({ ...question, answer: AuthorizationAnswer }), null),
  AuthorizationProvidersSet: event(
    closed({
      providers: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        uniqueItems: true,
        maxItems: 20,
      }),
    }),
    (state, data) => ({
      ...state,
      authorizationProviders: data.providers.length > 0 ? data.providers : undefined,
    }),
  ),
};

const command = commandRows<StationState, typeof events>();

const commands = {
  /** A station asked whether a token may charge, and this was the answer. */
  RecordAuthorization: command({
    data: events.AuthorizationAnswered.data,
    guards: fromStation,
    decide: (data) => [
      { type: "AuthorizationRequested", data: { tokenRef: data.tokenRef, at: data.at } },
      { type: "AuthorizationAnswered", data },
    ],
  }),
  /** Which providers are asked for this station, in which order; an empty list: the default. */
  SetAuthorizationProviders: command({
    data: events.AuthorizationProvidersSet.data,
    guards: asOperator,
    decide: (data, station) =>
      same(data.providers, station.authorizationProviders ?? [])
        ? []
        : [{ type: "AuthorizationProvidersSet", data }],
  }),
};

/** May this token charge here: the question, its answer, and who is asked. */
export const authorization = { commands, events };
