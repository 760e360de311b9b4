import type { Progress } from "./format.ts";

const lineEveryMs = 2_000;

/** Says now and then how far it is, how fast, and how long it will still take. */
export function progressLines(
  what: string,
  given: { readonly nowMs: () => number; readonly say: (line: string) => void },
): Progress {
  const { nowMs, say } = given;
  const startedMs = nowMs();
  let saidMs = startedMs;
  return ({ table, done, expected }) => {
    const now = nowMs();
    if (now - saidMs < lineEveryMs) return;
    saidMs = now;
    const perSecond = (done * 1000) / (now - startedMs);
    const of = expected === undefined ? "" : ` of ${shown(expected)}`;
    const left = expected === undefined ? "" : `, ${leftOf((expected - done) / perSecond)} left`;
    say(`${what} ${shown(done)}${of} rows (${table}), ${shown(perSecond)} rows/s${left}`);
  };
}

/** For a terminal. */
export function progressOn(what: string): Progress {
  return progressLines(what, {
    nowMs: () => performance.now(),
    say: (line) => process.stderr.write(`${line}\n`),
  });
}

const shown = (count: number): string => Math.round(count).toLocaleString("en");

const minute = 60;

function leftOf(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 2 * minute ? `${whole} s` : `${Math.ceil(whole / minute)} min`;
}
