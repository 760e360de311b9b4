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
  const stopHeartbeat = heartbeat(api, call, out);
  viewers.add(out);
  out.once("close", () => {
    stopHeartbeat();
    viewers.delete(out);
  });
  return out;
}

function heartbeat(api: Api, call: Call, out: ServerResponse): () => void {
  const { clock, limits } = api;
  let stop: () => void;
  const beat = () => {
    out.write(": still here\n\n");
    void endUnlessKnown(api, call, out);
    stop = clock.after(limits.liveHeartbeatMs, beat);
  };
  stop = clock.after(limits.liveHeartbeatMs, beat);
  return () => stop();
}

/** Whoever signed out, or was removed, sees no more of what happens. */
async function endUnlessKnown(api: Api, call: Call, out: ServerResponse): Promise<void> {
  const { headers, ip } = call.raw.request;
  try {
    await api.access.authenticate(headers, ip);
  } catch (error) {
    // That the store is away just now says nothing of who it is.
    const isOver = error instanceof Problem && error.status === 401;
    if (isOver) out.end();
    else api.log.warn("It could not be seen whether a viewer is still known", { error });
  }
}
