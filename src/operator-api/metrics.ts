import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Api } from "./api.ts";
import { register } from "./figures.ts";
import { operationFigures } from "./operation/figures.ts";
import type { Figure } from "./ports.ts";

/** Figures of this process in Prometheus' text form. No label names a station. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Counts what the API answers. */
  watch(app: FastifyInstance): void;
}

export function createMetrics(api: Api): Metrics {
  const registry = new Registry();
  const nodes = processFigures();
  const durations = new Histogram({
    name: "motown_api_request_seconds",
    help: "Time from an API request to its answer.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  const own: Record<string, Figure> = {
    live_streams: {
      help: "Viewers of the live event stream.",
      kind: "gauge",
      read: () => api.viewers.size,
    },
    frames_dropped: {
      help: "Frames that were not kept because the queue was full.",
      kind: "counter",
      read: () => api.frames.dropped(),
    },
    frames_waiting: {
      help: "Frames that wait to be written.",
      kind: "gauge",
      read: () => api.frames.waiting(),
    },
  };
  for (const [name, figure] of Object.entries({
    ...own,
    ...operationFigures(api),
    ...api.figures,
  })) {
    register(registry, name, figure);
  }
  return {
    contentType: registry.contentType,
    text: async () => (await nodes.metrics()) + (await registry.metrics()),
    watch: (app) => {
      app.addHook("onResponse", async (request, reply) => {
        const route = request.routeOptions.url ?? "unknown";
        const labels = { method: request.method, route, status: reply.statusCode };
        durations.observe(labels, reply.elapsedTime / 1000);
      });
    },
  };
}

let ofThisProcess: Registry | undefined;

/**
 * Figures of Node itself: one registry for all APIs of a process. What measures them observes for
 * ever and holds its registry; in an API's own one it would keep a whole house after its end.
 */
function processFigures(): Registry {
  if (ofThisProcess === undefined) {
    ofThisProcess = new Registry();
    collectDefaultMetrics({ register: ofThisProcess });
  }
  return ofThisProcess;
}
