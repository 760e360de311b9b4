import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type PageName, type PageParams, pages } from "../app/pages.ts";

type Params<P extends PageName> =
  Record<never, never> extends PageParams<P>
    ? { readonly params?: undefined }
    : { readonly params: PageParams<P> };

type TargetOf<P extends PageName> = {
  readonly page: P;
  readonly search?: Readonly<Record<string, string>>;
} & Params<P>;

/** Where a link leads: a page, the parts of its own address, what narrows it. */
export type Target<P extends PageName = PageName> = { readonly [Name in P]: TargetOf<Name> }[P];

/** What the router's own link takes for a target. */
export function linkTo({ page, search, params }: Target) {
  return {
    to: pages[page].path as string,
    search: (search ?? {}) as never,
    params: (params ?? {}) as never,
  };
}

/** A link to a page of the console. */
export function PageLink<P extends PageName>({
  children,
  ...target
}: TargetOf<P> & { readonly children: ReactNode }): ReactNode {
  const link = linkTo(target as unknown as Target);
  return (
    <Anchor component={Link} {...(link as object)} inherit>
      {children}
    </Anchor>
  );
}
