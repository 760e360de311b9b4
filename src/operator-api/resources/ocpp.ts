import { type TSchema, Type } from "@sinclair/typebox";
import { closed } from "#core";
import type { Api } from "../api.ts";
import { Problem } from "../http/problems.ts";
import { type Resource, route } from "../http/route.ts";
import { pageOf } from "../http/schemas.ts";
import type { CallCatalogue } from "../ports.ts";

const Protocol = Type.Object({
  protocol: Type.String({ description: "as a station says it in its handshake" }),
});

const Action = Type.Object({
  action: Type.String(),
  spec: Type.Optional(Type.String({ description: "document, edition and section" })),
});

const schema = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description }) as TSchema;

const Schemas = Type.Object({
  protocol: Type.String(),
  ...Action.properties,
  request: schema("JSON schema of the call's payload"),
  response: schema("JSON schema of the answer's payload"),
});

const name = Type.String({ minLength: 1, maxLength: 100 });
const params = closed({ protocol: name });

/** The words of OCPP, for whoever writes out a call (`RequestOcppCall`). */
export function ocppResource({ callCatalogue = nothing }: Api): Resource {
  function actionsOf(protocol: string) {
    const actions = callCatalogue.actionsOf(protocol);
    if (actions !== undefined) return actions;
    throw new Problem("NotFound", { detail: `${protocol} is not spoken here.` });
  }

  const protocols = route({
    method: "GET",
    path: "/api/v1/ocpp",
    summary: "Lists the versions of OCPP that are spoken, the best one first",
    answers: { 200: pageOf(Protocol) },
    handle: async () => ({
      body: { items: callCatalogue.protocols.map((protocol) => ({ protocol })) },
    }),
  });
  const list = route({
    method: "GET",
    path: "/api/v1/ocpp/{protocol}/actions",
    summary: "Lists the actions of a version that can be called at a station",
    params,
    answers: { 200: pageOf(Action) },
    handle: async (call) => ({ body: { items: actionsOf(call.params.protocol) } }),
  });
  const show = route({
    method: "GET",
    path: "/api/v1/ocpp/{protocol}/actions/{action}",
    summary: "Shows the schemas of an action: of its call, and of the answer to it",
    params: closed({ protocol: name, action: name }),
    answers: { 200: Schemas },
    handle: async (call) => {
      const { protocol, action } = call.params;
      const row = actionsOf(protocol).find((one) => one.action === action);
      const schemas = callCatalogue.schemasOf({ protocol, action });
      if (row === undefined || schemas === undefined) {
        const detail = `${action} is no call to a station of ${protocol}.`;
        throw new Problem("NotFound", { detail });
      }
      return { body: { protocol, ...row, ...schemas } };
    },
  });
  const routes = [protocols, list, show];
  return { tag: "OCPP", description: "What can be called at stations, by version.", routes };
}

const nothing: CallCatalogue = {
  protocols: [],
  actionsOf: () => undefined,
  schemasOf: () => undefined,
};
