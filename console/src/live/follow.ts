// Follows what changes on the server, for as long as somebody is signed in; after a break it goes
// on from the last message.
import { addressOf, ownHeaders, reach } from "../api/call.ts";
import { Refused } from "../api/problem.ts";
import { createStore } from "../store.ts";
import type { Changes } from "./concerns.ts";
import { createReader } from "./server-sent.ts";

/** Whether what is shown is up to date; if not, since when. */
export type Liveness =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "stale"; readonly since: Date };

/** Whether the stream is there. */
export const liveness = createStore<Liveness>({ state: "connecting" });

/** The server shows every 15 s that it is there; twice as long is no more a slow network. */
const silenceMs = 35_000;
const pauseMs = 500;
const pauseMsMax = 5_000;

/** Hands out what changes until it is stopped. */
export function followChanges(onChanges: (changes: Changes) => void): () => void {
  const stopped = new AbortController();
  liveness.set({ state: "connecting" });
  void keepFollowing(onChanges, stopped.signal);
  return () => stopped.abort();
}

async function keepFollowing(
  onChanges: (changes: Changes) => void,
  stopped: AbortSignal,
): Promise<void> {
  let after: string | undefined;
  let failures = 0;
  let lastSaid = new Date();
  while (!stopped.aborted) {
    try {
      await follow(after, stopped, {
        piece: () => {
          lastSaid = new Date();
        },
        message: ({ id, data }) => {
          failures = 0;
          // What was answered before it listened may have changed in between.
          if (after === undefined) onChanges({ all: true, changed: {} });
          after = id ?? after;
          liveness.set({ state: "live" });
          onChanges(JSON.parse(data) as Changes);
        },
      });
    } catch (error) {
      if (stopped.aborted) return;
      // The log is another one (a server that was set up anew): nothing of before can be trusted.
      if (error instanceof Refused && error.refusal.code === "QueryInvalid") {
        after = undefined;
      }
    }
    if (stopped.aborted) return;
    if (liveness.get().state !== "stale") liveness.set({ state: "stale", since: lastSaid });
    await pause(Math.min(pauseMs * 2 ** failures, pauseMsMax), stopped);
    failures += 1;
  }
}

interface Hearing {
  /** Something came, were it only a sign of life. */
  readonly piece: () => void;
  readonly message: Parameters<typeof createReader>[0];
}

/** Reads one stream to its end. */
async function follow(
  after: string | undefined,
  stopped: AbortSignal,
  hearing: Hearing,
): Promise<void> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), silenceMs);
  const signal = AbortSignal.any([stopped, silent.signal]);
  try {
    const url = addressOf("getChanges", { query: { after } });
    const headers = { accept: "text/event-stream", ...ownHeaders() };
    const response = await reach(url, { headers, signal });
    const read = createReader(hearing.message);
    const text = new TextDecoder();
    for await (const bytes of piecesOf(response)) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silenceMs);
      hearing.piece();
      read(text.decode(bytes, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

function pause(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
