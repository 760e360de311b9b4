import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type PageName, type PageParams, pages } from "../app/pages.ts";

type Params<P extends PageName> =
  Record<never, never> extends PageParams<P>
    ? { readonly params?: undefined }
    : { readonly params: PageParams<P> };

/** Where a link leads: a page, the parts of its address, what narrows it. */
export type Target<P extends PageName = PageName> = {
  readonly page: P;
  readonly search?: Readonly<Record<string, string>>;
} & Params<P>;

/** What the router's own link takes for a target. */
export function linkTo<P extends PageName>({ page, search, params }: Target<P>) {
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
}: Target<P> & { readonly children: ReactNode }): ReactNode {
  const link = linkTo(target as unknown as Target<P>);
  return (
    <Anchor component={Link} {...(link as object)} inherit>
      {children}
    </Anchor>
  );
}
