import type { Refusal } from "../api/problem.ts";
import { refusalText } from "../api/refusal-text.ts";
import { isTextKey } from "../strings/language.ts";
import type { Translate } from "../strings/translate.ts";

/** What a request will say, in query or body, as far as it is known. */
export type Says = Readonly<Record<string, unknown>>;

/** What is to be asked for. */
export interface Wish {
  /** The API's name of it. */
  readonly operation: string;
  readonly says?: Says | undefined;
}

/** Whether something may be done, by the word of the API alone, and if not, why. */
export interface Verdict {
  readonly allowed: boolean;
  /** In the viewer's words; empty where it is allowed. */
  readonly why: string;
}

/** Something that the API says of an operation, or of some of its requests. */
interface Said {
  readonly operation: string;
  readonly when?: Says | undefined;
}

/** Why something may not be, as the API says it. */
export interface Reason {
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly permission?: string | undefined;
}

const allowed: Verdict = { allowed: true, why: "" };

/** Whether a wish may be asked for, where the API names what may not. */
export function unlessRefused(
  refused: readonly (Said & Reason)[],
  { operation, says = {} }: Wish,
  t: Translate,
): Verdict {
  const found = refused.find(
    (one) =>
      one.operation === operation &&
      Object.entries(one.when ?? {}).every(([name, value]) => says[name] === value),
  );
  return found === undefined ? allowed : { allowed: false, why: reasonOf(found, t) };
}

/**
 * Whether a wish may be asked for, where the API names what may and what may not. What it does not
 * say yet is open: it is allowed where any of its kinds is.
 */
export function whereAllowed(
  list: readonly (Said & Reason & { readonly allowed: boolean })[],
  { operation, says = {} }: Wish,
  t: Translate,
): Verdict {
  const found = list.filter((one) => one.operation === operation && isOpenTo(one, says));
  if (found.some((one) => one.allowed)) return allowed;
  const [first] = found;
  return { allowed: false, why: first === undefined ? t("rights.unsaid") : reasonOf(first, t) };
}

function isOpenTo({ when = {} }: Said, says: Says): boolean {
  return Object.entries(when).every(
    ([name, value]) => says[name] === undefined || says[name] === value,
  );
}

/** What holds while nobody has said anything: on its way, or in vain so far. */
export function unanswered(
  refusal: Refusal | undefined,
  isAskedAgain: boolean,
  t: Translate,
): Verdict {
  if (refusal === undefined) return { allowed: false, why: t("rights.asking") };
  const why = t("rights.unanswered", { why: refusalText(refusal, t) });
  return { allowed: false, why: isAskedAgain ? `${why} ${t("rights.again")}` : why };
}

/** Why something is not allowed, in the viewer's words, with the code of the API. */
export function reasonOf({ code, reason = "", permission }: Reason, t: Translate): string {
  if (code === undefined) return reason;
  return `${sentenceOf(code, { reason, permission }, t)} (${code})`;
}

function sentenceOf(code: string, { reason = "", permission }: Reason, t: Translate): string {
  if (code === "NotPermitted" && permission !== undefined) return t("rights.needs", { permission });
  const known = `problem.${code}`;
  return isTextKey(known) ? t(known as "problem.NotPermitted") : reason;
}
