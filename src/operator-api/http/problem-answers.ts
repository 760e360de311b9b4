import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { InvalidCommand, StoreUnavailable, UnknownEvent } from "#bus";
import type { Api } from "../api.ts";
import {
  documentOf,
  Problem,
  type ProblemCode,
  problemJson,
  problemOfInvalid,
} from "./problems.ts";
import type { AnyRoute } from "./route.ts";

/** What Fastify refuses by itself, in our codes. */
const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: "BodyUnreadable",
  FST_ERR_CTP_EMPTY_JSON_BODY: "BodyUnreadable",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "BodyNotJson",
  FST_ERR_CTP_BODY_TOO_LARGE: "BodyTooLarge",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "BodyUnreadable",
};

/** Answers every refusal and every failure as a problem document. */
export function answerProblems(app: FastifyInstance, api: Api, routes: readonly AnyRoute[]): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    send(reply, asProblem(api, error, request)),
  );
  const patterns = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  app.setNotFoundHandler((request, reply) => {
    const [path = ""] = request.url.split("?", 1);
    const allowed = patterns.filter(({ pattern }) => pattern.test(path));
    if (allowed.length === 0) return send(reply, new Problem("NotFound", { detail: path }));
    const allow = [...new Set(allowed.map(({ method }) => method))].join(", ");
    const detail = `${path} knows ${allow}.`;
    return send(reply, new Problem("MethodNotAllowed", { detail, headers: { allow } }));
  });
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.extras.headers ?? {})
    .type(problemJson)
    .send(JSON.stringify(documentOf(problem)));
}

function asProblem(api: Api, error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidCommand) return problemOfInvalid(error);
  const known = fastifyCodes[error.code];
  if (known !== undefined) return new Problem(known, { detail: error.message });
  if (error instanceof StoreUnavailable) {
    const detail = error.reason;
    return new Problem("StoreUnavailable", { detail, headers: { "retry-after": "5" } });
  }
  if (error instanceof UnknownEvent) {
    const detail = error.message;
    return new Problem("NewerRelease", { detail, headers: { "retry-after": "10" } });
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new Problem(error.statusCode === 404 ? "NotFound" : "PathInvalid", {
      detail: error.message,
    });
  }
  // The pattern of the address, not the address: that may hold a token's value.
  const { url } = request.routeOptions;
  const { id } = request;
  api.log.error("A request to the API failed", { error, url, method: request.method, id });
  return new Problem("InternalError", { detail: `It is in the log under ${id}.` });
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${escaped}$`);
}
