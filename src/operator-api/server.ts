import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { type Api, apiOf } from "./api.ts";
import { readConsoleFiles } from "./console/console-files.ts";
import { serveConsole } from "./console/serve-console.ts";
import { originOf } from "./console/tiles.ts";
import { visitorOf } from "./console/visitor.ts";
import { tagDocuments } from "./http/documents.ts";
import { mount } from "./http/mount.ts";
import { describe, openApiDocument } from "./http/open-api.ts";
import { answerProblems } from "./http/problem-answers.ts";
import { documentOf, Problem, problemJson } from "./http/problems.ts";
import { createMetrics } from "./metrics.ts";
import type { ApiParts } from "./parts.ts";
import { resourcesOf } from "./resources/index.ts";

/** The API as a server that does not listen yet; WebSocket upgrades attach to its `server`. */
export async function createOperatorApi(parts: ApiParts): Promise<FastifyInstance> {
  const api = apiOf(parts);
  const metrics = createMetrics(api);
  const resources = resourcesOf(api, metrics);
  const app = Fastify({
    bodyLimit: parts.limits.apiBodyBytesMax,
    trustProxy: parts.isTrustedProxy ?? false,
    genReqId: () => parts.ids.next(),
    routerOptions: { maxParamLength: 1000 },
    logger: false,
    // Node looks every half minute, which would let slow heads and bodies live that much longer.
    http: { connectionsCheckingInterval: Math.ceil(parts.limits.handshakeMs / 4) },
    requestTimeout: parts.limits.apiRequestMs,
    keepAliveTimeout: parts.limits.apiIdleMs,
    frameworkErrors: refuseUrl,
  });
  takeOnlyJson(app);
  answerProblems(
    app,
    api,
    resources.flatMap((resource) => resource.routes),
  );
  tagDocuments(app);
  metrics.watch(app);
  endStreamsOnClose(app, api);
  letGoOnClose(app);
  await describe(app, { resources, version: parts.version });
  for (const { tag, routes } of resources) {
    for (const declared of routes) mount(app, api, tag, declared);
  }
  const { consoleFolder, tiles } = parts;
  serveConsole(app, {
    read: async () => (consoleFolder === undefined ? undefined : readConsoleFiles(consoleFolder)),
    images: tiles === undefined ? [] : [originOf(tiles)],
    visitorOf: (cookies) => visitorOf(api, cookies),
  });
  let document: Record<string, unknown> | undefined;
  app.get("/openapi.json", { schema: { hide: true } }, async () => {
    document ??= openApiDocument(app);
    return document;
  });
  return app;
}

/** A URL that the router itself cannot read. */
function refuseUrl(error: Error, _request: unknown, reply: FastifyReply): void {
  const problem = new Problem("PathInvalid", { detail: error.message });
  void reply
    .code(problem.status)
    .type(problemJson)
    .send(JSON.stringify(documentOf(problem)));
}

function takeOnlyJson(app: FastifyInstance): void {
  app.removeContentTypeParser("text/plain");
}

/** A connection with an answer under way when the server closes would stay open after it. */
function letGoOnClose(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (isClosing) reply.header("connection", "close");
    done(null, payload);
  });
}

/** A live stream never ends by itself: it would keep the server from closing. */
function endStreamsOnClose(app: FastifyInstance, api: Api): void {
  app.addHook("preClose", async () => {
    api.tail.close();
    for (const viewer of api.viewers) viewer.end();
  });
}
