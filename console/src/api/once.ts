// What was sent and never answered may have been done. Sent again as it was, it goes under the same
// key, by which the server knows it: it is done once.
import { Refused } from "./problem.ts";

/** So many are remembered; nobody has more wishes without an answer. */
const most = 50;
/** After so long the same wish is a new one: whoever has it has looked by then. */
const sameMs = 300_000;

interface Unanswered {
  readonly key: string;
  readonly sinceMs: number;
}

const unanswered = new Map<string, Unanswered>();

/** Sends a wish under a key by which it is done once. */
export async function once<T>(wish: string, send: (key: string) => Promise<T>): Promise<T> {
  const key = keyOf(wish);
  return unsure(
    () => send(key),
    () => {
      unanswered.set(wish, { key, sinceMs: performance.now() });
      const [oldest] = unanswered.keys();
      if (unanswered.size > most && oldest !== undefined) unanswered.delete(oldest);
    },
  );
}

/** Sends what changes something, and says of what got no answer that nobody knows. */
export async function unsure<T>(send: () => Promise<T>, onMissing = () => {}): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== "Unreachable") throw error;
    onMissing();
    const { detail } = error.refusal;
    throw new Refused({ code: "AnswerMissing", title: "No answer came.", detail });
  }
}

/** The key of the same wish before, if it got no answer; else a new one. */
function keyOf(wish: string): string {
  const before = unanswered.get(wish);
  unanswered.delete(wish);
  const isSame = before !== undefined && performance.now() - before.sinceMs < sameMs;
  return isSame ? before.key : randomKey();
}

/** `crypto.randomUUID` is not there without TLS, and a console may be. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
