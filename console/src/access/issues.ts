import { refusalOf } from "../api/problem.ts";

/** What the API found wrong with a field of a form, if it did. */
export function issueOf(error: unknown, field: string): string | undefined {
  if (error === null || error === undefined) return undefined;
  const refusal = refusalOf(error);
  const issues = "issues" in refusal ? (refusal.issues ?? []) : [];
  return issues.find(({ path }) => path === `/${field}` || path.startsWith(`/${field}/`))?.message;
}
