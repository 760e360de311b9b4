import { Type } from "@sinclair/typebox";
import { closed, stationKey } from "#core";
import { limitTable } from "#limits";
import type { Api } from "../api.ts";
import { Problem } from "../http/problems.ts";
import { type Resource, route } from "../http/route.ts";
import { pageOf } from "../http/schemas.ts";
import type { Metrics } from "../metrics.ts";

const Ready = Type.Object({
  ready: Type.Boolean(),
  checks: Type.Record(
    Type.String(),
    Type.Object({ ok: Type.Boolean(), reason: Type.Optional(Type.String()) }),
  ),
});

const Limit = Type.Object({
  name: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  default: Type.Number(),
  protects: Type.String(),
});

const Attempt = Type.Object({
  at: Type.String(),
  firstAt: Type.String(),
  count: Type.Integer(),
  url: Type.String(),
  address: Type.Optional(Type.String()),
  stationId: Type.Optional(Type.String()),
  status: Type.Integer({ description: "HTTP status of the refusal" }),
  reason: Type.String(),
  workingUrl: Type.Optional(Type.String({ description: "the URL that would have worked" })),
});

/** The program itself: is it well, how much does it do, what are its limits. */
export function serviceResource(api: Api, metrics: Metrics): Resource {
  const live = route({
    method: "GET",
    path: "/livez",
    summary: "Says that the process runs",
    door: "open",
    answers: { 200: Type.Object({ live: Type.Boolean() }) },
    handle: async () => ({ body: { live: true } }),
  });
  const ready = route({
    method: "GET",
    path: "/readyz",
    summary: "Says whether it can serve, and if not, why",
    door: "open",
    answers: { 200: Ready, 503: Ready },
    handle: async () => {
      const named = Object.entries(api.checks);
      const results = await Promise.all(
        named.map(async ([name, check]) => [name, await check()] as const),
      );
      const isReady = results.every(([, { ok }]) => ok);
      const body = { ready: isReady, checks: Object.fromEntries(results) };
      return { status: isReady ? 200 : 503, body };
    },
  });
  const figures = route({
    method: "GET",
    path: "/metrics",
    summary: "Figures for Prometheus; none per station",
    door: "open",
    produces: ["text/plain"],
    answers: { 200: Type.String() },
    handle: async () => ({
      headers: { "content-type": metrics.contentType },
      body: await metrics.text(),
    }),
  });
  return {
    tag: "service",
    description: "The program itself.",
    routes: [live, ready, figures, limits(api), attempts(api), rebuild(api)],
  };
}

function limits(api: Api) {
  return route({
    method: "GET",
    path: "/api/v1/limits",
    summary: "Lists every limit with the value in force",
    answers: { 200: pageOf(Limit) },
    handle: async () => {
      const items = Object.entries(limitTable).map(([name, limit]) => {
        const value = api.limits[name as keyof typeof limitTable];
        return { name, value, unit: limit.unit, default: limit.default, protects: limit.protects };
      });
      return { body: { items } };
    },
  });
}

function attempts(api: Api) {
  return route({
    method: "GET",
    path: "/api/v1/connection-attempts",
    summary: "Lists refused handshakes: why, and the URL that would have worked",
    query: closed({
      stationId: Type.Optional(Type.String({ maxLength: 255 })),
      limit: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
    answers: { 200: pageOf(Attempt) },
    handle: async ({ query }) => {
      const { stationId, limit = 50 } = query;
      const key = stationId === undefined ? undefined : stationKey(stationId);
      const wanted = api.attempts
        .list()
        .filter((one) => key === undefined || stationKey(one.stationId ?? "") === key);
      return { body: { items: wanted.slice(0, Math.min(limit, api.limits.apiPageMax)) } };
    },
  });
}

function rebuild(api: Api) {
  return route({
    method: "POST",
    path: "/api/v1/views/rebuild",
    summary: "Builds all views again from the log; answers when they have caught up",
    door: "administrator",
    answers: { 200: Type.Object({ events: Type.Integer(), milliseconds: Type.Number() }) },
    handle: async () => {
      const rebuilt = await api.viewAdministration.rebuild();
      if ("refused" in rebuilt) throw new Problem("ViewsShared", { detail: rebuilt.refused });
      return { body: rebuilt };
    },
  });
}
