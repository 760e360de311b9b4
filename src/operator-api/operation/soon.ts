import type { Clock } from "#bus";

interface Parts {
  readonly clock: Clock;
  readonly limits: { readonly statusMs: number };
}

/** What an engine said, or why it said nothing. */
export type Said<T> = { readonly said: T } | { readonly silent: string };

/** Asks an engine that may be ill: within a limit, and its failure is an answer, too. */
export async function soon<T>(parts: Parts, ask: () => Promise<T>): Promise<Said<T>> {
  const { clock, limits } = parts;
  const late = Promise.withResolvers<Said<T>>();
  const cancel = clock.after(limits.statusMs, () => {
    late.resolve({ silent: `no answer within ${limits.statusMs} ms` });
  });
  const answer = ask().then(
    (said): Said<T> => ({ said }),
    (error: unknown): Said<T> => ({ silent: reasonOf(error) }),
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    cancel();
  }
}

/** What it said, if it did. */
export function saidBy<T>(answer: Said<T>): T | undefined {
  return "said" in answer ? answer.said : undefined;
}

/** Why it said nothing, if so. */
export function silenceOf(answer: Said<unknown>): string | undefined {
  return "silent" in answer ? answer.silent : undefined;
}

/** In the store's plain words, where it has any. */
function reasonOf(error: unknown): string {
  const { reason } = error as { readonly reason?: unknown };
  if (typeof reason === "string") return reason;
  return error instanceof Error ? error.message : String(error);
}

/** Those who ask while somebody asks already get the same answer. */
export function together<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
