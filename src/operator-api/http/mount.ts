import type { TSchema } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { closed } from "#core";
import type { Principal } from "../access/principal.ts";
import { csrfHeader } from "../access/sessions.ts";
import type { Api } from "../api.ts";
import { refusalAtDoor } from "./doors.ts";
import { Problem, type ProblemCode } from "./problems.ts";
import { type AnyRoute, type Call, operationIdOf } from "./route.ts";
import { bodyIssues, inOurForm, textIssues } from "./validation.ts";

const problemStatuses = [400, 401, 403, 404, 409, 422, 429, 503];

/** Puts a route of ours onto Fastify: who may come in, checks, answer. */
export function mount(app: FastifyInstance, api: Api, tag: string, declared: AnyRoute): void {
  const { method, path } = declared;
  app.route({
    method,
    url: path.replace(/\{(\w+)\}/g, ":$1"),
    schema: documentation(tag, declared),
    // Everything is checked below, so that every wrong part is named in our words.
    validatorCompiler: () => () => true,
    serializerCompiler: () => (value) => JSON.stringify(value),
    // Before the body is read: a stranger makes us parse nothing.
    onRequest: async (request, reply) => {
      const principal = await principalOf(api, declared, request);
      principals.set(request, principal);
      keepSession(api, principal, { request, reply });
    },
    handler: async (request, reply) => {
      const call = callOf(api, declared, { request, reply });
      const answer = await declared.handle(call as Call<never, never, never>);
      if (answer === "taken") return reply;
      const { status = 200, headers = {}, body } = answer;
      reply.code(status).headers(headers);
      return status === 204 ? reply.send() : reply.send(body);
    },
  });
}

interface Raw {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function callOf(api: Api, declared: AnyRoute, raw: Raw): Call {
  const { request } = raw;
  const principal = principals.get(request) ?? nobody;
  const params = texts("PathInvalid", declared.params, request.params);
  const query = texts("QueryInvalid", declared.query, request.query);
  const body = checkedBody(declared.body, request.body);
  const { headers } = request;
  const wait = waitOf(headers.prefer, api.limits.apiWaitSecondsMax);
  const idempotencyKey = idempotencyKeyOf(headers["idempotency-key"]);
  const { sends = [] } = declared;
  return { params, query, body, principal, sends, idempotencyKey, waitSeconds: wait, raw };
}

const principals = new WeakMap<FastifyRequest, Principal>();

const nobody: Principal = {
  name: "",
  kind: "user",
  oneTimePassword: false,
  actor: {
    kind: "operator",
    id: "",
    authority: { administrator: false, permissions: new Set(), grants: new Set() },
  },
};

async function principalOf(
  api: Api,
  { door = "known" }: AnyRoute,
  request: FastifyRequest,
): Promise<Principal> {
  if (door === "open") return nobody;
  if (api.elsewhere !== undefined) throw new Problem("RoleElsewhere", { detail: api.elsewhere });
  const principal = await api.access.authenticate(request.headers, request.ip);
  refuseForged(api, principal, request);
  const refusal = refusalAtDoor(principal, door);
  if (refusal !== undefined) throw refusal;
  return principal;
}

/** The cookie alone says who, and not that it was the console who asked. */
function refuseForged(api: Api, { session }: Principal, request: FastifyRequest): void {
  if (session === undefined || request.method === "GET" || request.method === "HEAD") return;
  if (request.headers[csrfHeader] === api.access.sessions.csrfOf(session)) return;
  throw new Problem("CsrfTokenMissing");
}

/** Whoever works stays signed in: his cookie is written anew now and then. */
function keepSession({ access }: Api, { session }: Principal, { request, reply }: Raw): void {
  const renewed = session && access.sessions.renewed(session);
  if (renewed === undefined) return;
  reply.header("set-cookie", access.sessions.cookie(renewed, isSecure(request)));
}

/** Whether the browser came over TLS, as far as a trusted proxy says. */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === "https";
}

const noFields = closed({});

function texts(code: ProblemCode, schema: TSchema | undefined, given: unknown): unknown {
  const values = { ...(given as Record<string, unknown>) };
  const { issues, value } = textIssues(schema ?? noFields, values);
  if (issues.length > 0) throw new Problem(code, { issues });
  return value;
}

function checkedBody(schema: TSchema | undefined, body: unknown): unknown {
  if (schema === undefined) return undefined;
  const issues = bodyIssues(schema, body ?? {});
  if (issues.length > 0) throw new Problem("BodyInvalid", { issues });
  return inOurForm(schema, body ?? {});
}

/** RFC 7240: what is not understood is ignored, and more than the limit is cut to it. */
function waitOf(prefer: string | string[] | undefined, most: number): number | undefined {
  const match = /(?:^|[,;\s])wait="?(\d{1,6})"?/i.exec([prefer].flat().join(","));
  return match === null ? undefined : Math.min(Number(match[1]), most);
}

function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === "string" && /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw new Problem("HeaderInvalid", {
    issues: [{ path: "/Idempotency-Key", message: "must be 1 to 255 characters without blanks" }],
  });
}

function documentation(tag: string, declared: AnyRoute): Record<string, unknown> {
  const { summary, description, params, query, body, answers, door = "known", produces } = declared;
  const problems = problemStatuses.map((status) => [status, { $ref: "Problem#" }]);
  return {
    tags: [tag],
    summary,
    operationId: operationIdOf(declared),
    ...(description === undefined ? {} : { description }),
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    ...(produces === undefined ? {} : { produces }),
    security: door === "open" ? [] : [{ apiKey: [] }, { password: [] }, { session: [] }],
    response: { ...(door === "open" ? {} : Object.fromEntries(problems)), ...answers },
  };
}
