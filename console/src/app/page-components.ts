// What each page shows. Pages are loaded when somebody goes there, or is about to.
import { lazyRouteComponent, type RouteComponent } from "@tanstack/react-router";
import type { PageName } from "./pages.ts";

/** The component of each page. */
export const pageComponents: Readonly<Record<PageName, RouteComponent>> = {
  overview: lazyRouteComponent(() => import("../pages/overview/overview-page.tsx"), "OverviewPage"),
  stations: lazyRouteComponent(() => import("../pages/stations/stations-page.tsx"), "StationsPage"),
  station: lazyRouteComponent(() => import("../pages/station/station-page.tsx"), "StationPage"),
  password: lazyRouteComponent(() => import("../session/password-page.tsx"), "PasswordPage"),
};
