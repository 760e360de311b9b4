import type { Issue } from "../parts/form/shape.ts";

/** What is wrong at a place of a form, by its JSON pointer. */
export type WrongAt = (path: string) => string | undefined;

/** Looks among what is wrong; a thing whose own place has no field is told where it lies. */
export function wrongAtOf(issues: readonly Issue[]): WrongAt {
  return (path) => issues.find((issue) => issue.path === path)?.message;
}
