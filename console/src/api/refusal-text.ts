import { isTextKey } from "../strings/language.ts";
import type { Translate } from "../strings/translate.ts";
import type { Refusal } from "./problem.ts";

/** Why something was refused, in one line: a sentence, what the server adds, and its code. */
export function refusalText(refusal: Refusal, t: Translate): string {
  const { code, title, detail } = refusal;
  const known = `problem.${code}`;
  const sentence = isTextKey(known) ? t(known as "problem.NotPermitted") : title;
  const issues = "issues" in refusal ? (refusal.issues ?? []) : [];
  const added =
    issues.length > 0
      ? issues.map(({ path, message }) => `${path.replace(/^\//, "")} ${message}`.trim())
      : detail === undefined
        ? []
        : [detail];
  return `${[sentence, ...added].join(" ")} (${code})`;
}
