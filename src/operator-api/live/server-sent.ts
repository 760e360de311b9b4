import type { ServerResponse } from "node:http";
import type { Api } from "../api.ts";
import { Problem } from "../http/problems.ts";
import type { Call } from "../http/route.ts";

/** Begins an answer that goes on for ever, with a sign of life now and then. */
export function openStream(api: Api, call: Call): ServerResponse {
  const { limits, viewers } = api;
  if (viewers.size >= limits.liveStreamsMax) {
    throw new Problem("TooManyStreams", { headers: { "retry-after": "5" } });
  }
  const { reply } = call.raw;
  reply.hijack();
  const out = reply.raw;
  out.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  });
  out.write("retry: 2000\n\n");
  const stopHeartbeat = heartbeat(api, out);
  viewers.add(out);
  out.once("close", () => {
    stopHeartbeat();
    viewers.delete(out);
  });
  return out;
}

function heartbeat({ clock, limits }: Api, out: ServerResponse): () => void {
  let stop: () => void;
  const beat = () => {
    out.write(": still here\n\n");
    stop = clock.after(limits.liveHeartbeatMs, beat);
  };
  stop = clock.after(limits.liveHeartbeatMs, beat);
  return () => stop();
}
