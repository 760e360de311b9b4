import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { BrokenPage, NotFoundPage } from "./failure-pages.tsx";
import { loaded } from "./lazy-page.ts";
import { pageComponents } from "./page-components.ts";
import { type PageName, pages } from "./pages.ts";
import { parseSearch, stringifySearch } from "./search.ts";
import { Shell } from "./shell.tsx";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: BrokenPage,
});

const routes = (Object.keys(pages) as PageName[]).map((name) =>
  createRoute({
    getParentRoute: () => root,
    path: pages[name].path,
    component: lazyRouteComponent(
      () => loaded(pageComponents[name]),
      pageComponents[name].exported,
    ),
  }),
);

/** Shows the page of the address. What narrows a list is in the address too: `useAddress`. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: BrokenPage,
});
