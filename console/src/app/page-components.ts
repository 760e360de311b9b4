// What each page shows. Pages are loaded when somebody goes there, or is about to.
import { type LazyPage, lazyRouteComponent } from "./lazy-page.ts";
import type { PageName } from "./pages.ts";

/** The component of each page. */
export const pageComponents: Readonly<Record<PageName, LazyPage>> = {
  overview: lazyRouteComponent(() => import("../pages/overview/overview-page.tsx"), "OverviewPage"),
  stations: lazyRouteComponent(() => import("../pages/stations/stations-page.tsx"), "StationsPage"),
  station: lazyRouteComponent(() => import("../pages/station/station-page.tsx"), "StationPage"),
  tokens: lazyRouteComponent(() => import("../pages/tokens/tokens-page.tsx"), "TokensPage"),
  tokenImport: lazyRouteComponent(
    () => import("../pages/token-import/token-import-page.tsx"),
    "TokenImportPage",
  ),
  token: lazyRouteComponent(() => import("../pages/token/token-page.tsx"), "TokenPage"),
  stationTypes: lazyRouteComponent(
    () => import("../pages/station-types/station-types-page.tsx"),
    "StationTypesPage",
  ),
  newStationType: lazyRouteComponent(
    () => import("../pages/new-station-type/new-station-type-page.tsx"),
    "NewStationTypePage",
  ),
  stationType: lazyRouteComponent(
    () => import("../pages/station-type/station-type-page.tsx"),
    "StationTypePage",
  ),
  sessions: lazyRouteComponent(() => import("../pages/sessions/sessions-page.tsx"), "SessionsPage"),
  session: lazyRouteComponent(() => import("../pages/session/session-page.tsx"), "SessionPage"),
  reservations: lazyRouteComponent(
    () => import("../pages/reservations/reservations-page.tsx"),
    "ReservationsPage",
  ),
  requests: lazyRouteComponent(() => import("../pages/requests/requests-page.tsx"), "RequestsPage"),
  request: lazyRouteComponent(() => import("../pages/request/request-page.tsx"), "RequestPage"),
  messages: lazyRouteComponent(() => import("../pages/messages/messages-page.tsx"), "MessagesPage"),
  addOns: lazyRouteComponent(() => import("../pages/add-ons/add-ons-page.tsx"), "AddOnsPage"),
  refusals: lazyRouteComponent(() => import("../pages/refusals/refusals-page.tsx"), "RefusalsPage"),
  attempts: lazyRouteComponent(() => import("../pages/attempts/attempts-page.tsx"), "AttemptsPage"),
  health: lazyRouteComponent(() => import("../pages/health/health-page.tsx"), "HealthPage"),
  cluster: lazyRouteComponent(() => import("../pages/cluster/cluster-page.tsx"), "ClusterPage"),
  limits: lazyRouteComponent(() => import("../pages/limits/limits-page.tsx"), "LimitsPage"),
  users: lazyRouteComponent(() => import("../pages/users/users-page.tsx"), "UsersPage"),
  apiKeys: lazyRouteComponent(() => import("../pages/api-keys/api-keys-page.tsx"), "ApiKeysPage"),
  password: lazyRouteComponent(() => import("../session/password-page.tsx"), "PasswordPage"),
};
