import type { Problem } from "./operations.gen.ts";

/** Why something was not done: what the API said, or that it could not be reached. */
export type Refusal =
  | (Omit<Problem, "code"> & { readonly code: Problem["code"] })
  | { readonly code: OwnCode; readonly title: string; readonly detail?: string | undefined };

/** What no server says; `AnswerMissing`: something was to be done, and may have been. */
type OwnCode = "Unreachable" | "AnswerMissing" | "Unreadable";

/** A refusal on its way to whoever shows it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;
  /** Seconds after which it may be tried again, where the API says so. */
  readonly retryAfter: number | undefined;
  constructor(refusal: Refusal, retryAfter?: number) {
    super(`${refusal.code}: ${refusal.title}`);
    this.refusal = refusal;
    this.retryAfter = retryAfter;
  }
}

/** What went wrong, whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  return { code: "Unreadable", title: error instanceof Error ? error.message : String(error) };
}

/** After these, the next of many requests would fare no better. */
const hopeless: ReadonlySet<Refusal["code"]> = new Set([
  ...(["Unreachable", "AnswerMissing", "StoreUnavailable"] as const),
  ...(["SessionEnded", "NotPermitted", "CsrfTokenMissing"] as const),
]);

/** Whether who sends one request after the other had better stop. */
export function isHopeless({ code }: Refusal): boolean {
  return hopeless.has(code);
}
