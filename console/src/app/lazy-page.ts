import type { FunctionComponent } from "react";
import { Refused } from "../api/problem.ts";

/** A page whose code is loaded when somebody goes there, or is about to. */
export interface LazyPage {
  readonly load: () => Promise<Record<string, FunctionComponent>>;
  /** The name under which its file exports it. */
  readonly exported: string;
}

/** A page by its file and its name in there; what is no component there does not compile. */
export function lazyRouteComponent<Name extends string>(
  load: () => Promise<{ readonly [N in Name]: FunctionComponent }>,
  exported: Name,
): LazyPage {
  return { load: load as LazyPage["load"], exported };
}

/** What browsers say of code that did not come (Chromium, Firefox, Safari), and of a style. */
const didNotCome = /dynamically imported module|importing a module script|preload css/i;

/** Loads it; where its code does not come, it says so as the API's calls do. */
export async function loaded({ load }: LazyPage): Promise<Record<string, FunctionComponent>> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && didNotCome.test(error.message))) throw error;
    throw new Refused({ code: "Unreachable", title: "The page's code did not come" });
  }
}
