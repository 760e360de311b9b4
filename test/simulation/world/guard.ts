// While a world lives, the product must read no real clock, set no real timer and throw no real
// dice. The doors to them are watched; whoever else goes through (the test's runner) is let.
import type { Violate } from "../checks/violations.ts";
import type { Timeline } from "./timeline.ts";

const ofProduct = /\/src\/(?!simulator)/;
const ofSockets = /\/node_modules\/ws\//;

/** Who called, by the stack behind the watched door. */
const caller = () => (new Error().stack ?? "").split("\n").slice(3, 5).join(" ");

/** Stands at the doors until told to go. */
export function guard(timeline: Timeline, violate: Violate): () => void {
  const { setTimeout: realTimeout, setInterval: realInterval } = globalThis;
  const { now: realNow } = Date;
  const { random: realRandom } = Math;
  const judge = (what: string) => {
    const from = caller();
    if (ofProduct.test(from)) violate("virtual", `${what} ${from}`);
  };
  Date.now = () => {
    judge("Date.now");
    return realNow.call(Date);
  };
  Math.random = () => {
    judge("Math.random");
    return realRandom.call(Math);
  };
  const timeout = (run: (...given: unknown[]) => void, delayMs?: number, ...given: unknown[]) => {
    // The one timer of `ws`: for a peer that never says good-bye.
    if (ofSockets.test(caller())) return virtualTimer(timeline, () => run(...given), delayMs);
    judge("setTimeout");
    return realTimeout(run, delayMs, ...given);
  };
  globalThis.setTimeout = Object.assign(timeout, realTimeout) as typeof setTimeout;
  const interval = (run: (...given: unknown[]) => void, delayMs?: number, ...given: unknown[]) => {
    judge("setInterval");
    return realInterval(run, delayMs, ...given);
  };
  globalThis.setInterval = Object.assign(interval, realInterval) as typeof setInterval;
  const onRejection = (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violate("noBug", `a rejection that nobody handles: ${text}`);
  };
  process.on("unhandledRejection", onRejection);
  return () => {
    Date.now = realNow;
    Math.random = realRandom;
    Object.assign(globalThis, { setTimeout: realTimeout, setInterval: realInterval });
    process.off("unhandledRejection", onRejection);
  };
}

/** `clearTimeout` lets it be: it rings for a socket that is gone by then, which is no harm. */
function virtualTimer(timeline: Timeline, run: () => void, delayMs = 0) {
  timeline.after(delayMs, run);
  return { unref: () => {} };
}
