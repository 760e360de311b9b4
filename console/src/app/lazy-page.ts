import type { FunctionComponent } from "react";

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
