import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Api } from "../api.ts";
import type { Call } from "../http/route.ts";
import type { ShownEvent } from "../shown.ts";
import { type EventQuery, eventFilter } from "./event-filter.ts";
import { eventPage } from "./event-page.ts";
import { openStream } from "./server-sent.ts";

const pageSize = 500;

/**
 * Server-sent events from a place on, for ever: first from the store, at the viewer's own pace,
 * then live. A viewer who does not read is dropped; with `Last-Event-ID` it comes back to where it
 * was.
 */
export async function streamEvents(
  api: Api,
  call: Call,
  from: { readonly query: EventQuery; readonly after: number },
): Promise<void> {
  const out = openStream(api, call);
  try {
    await followOn(api, out, from);
  } catch (error) {
    // The head was sent: all that can be said is that the stream ends here.
    api.log.warn("A live stream ended early", { error });
    out.destroy();
  }
}

async function followOn(
  api: Api,
  out: ServerResponse,
  from: { readonly query: EventQuery; readonly after: number },
): Promise<void> {
  const { limits, tail } = api;
  const wanted = eventFilter(from.query);
  let { after } = from;
  while (!out.destroyed) {
    after = await catchUp(api, out, { after, wanted });
    const following = tail.follow(after, (events) => {
      const chosen = events.filter(({ event }) => wanted(event));
      for (const { event, text } of chosen) out.write(eventText(event.cursor, text));
      if (out.writableLength > limits.sendBufferBytesMax) {
        api.log.info("A viewer of the live stream does not read and was dropped");
        out.destroy();
      }
    });
    if (following === "tooOld") continue;
    if (out.destroyed) following();
    else out.once("close", following);
    return;
  }
}

/** Writes what the store holds; the result is the place where it ends. */
async function catchUp(
  api: Api,
  out: ServerResponse,
  from: { readonly after: number; readonly wanted: (event: ShownEvent) => boolean },
): Promise<number> {
  let { after } = from;
  while (!out.destroyed) {
    const page = await eventPage(api, { query: {}, after, limit: pageSize });
    const text = page.events
      .filter(from.wanted)
      .map((event) => eventText(event.cursor, JSON.stringify(event)))
      .join("");
    if (text !== "" && !out.write(text)) await drained(api, out);
    after = page.position;
    if (!page.more) break;
  }
  return after;
}

async function drained({ clock, limits }: Api, out: ServerResponse): Promise<void> {
  const giveUp = clock.after(limits.silenceMs, () => out.destroy());
  try {
    await Promise.race([once(out, "drain"), once(out, "close")]);
  } finally {
    giveUp();
  }
}

function eventText(cursor: string, text: string): string {
  return `id: ${cursor}\ndata: ${text}\n\n`;
}
