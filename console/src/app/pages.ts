// Every page of the console: its address, and its place in the menu. A page that is not built is
// not here. What it shows is in page-components.ts, under the same name.
import type { Look } from "../api/call.ts";
import type { IconName } from "../parts/icon.tsx";
import type { TextKey } from "../strings/translate.ts";

interface PageRow {
  /** `$name` is a part that differs from one to the other. */
  readonly path: `/${string}`;
  readonly title: TextKey;
  readonly menu?: { readonly section: MenuSection; readonly icon: IconName };
  /** What it shows first, where not everybody may look at it: who may not is not shown the way. */
  readonly shows?: Look;
}

/** Sections of the menu, in their order. */
export const menuSections = {
  network: "shell.network",
  catalogue: "shell.catalogue",
  watch: "shell.watch",
  administration: "shell.administration",
} as const satisfies Record<string, TextKey>;
export type MenuSection = keyof typeof menuSections;

/** All pages by name, in the order of the menu. */
export const pages = {
  overview: {
    path: "/",
    title: "overview.title",
    menu: { section: "network", icon: "gauge" },
  },
  stations: {
    path: "/stations",
    title: "stations.title",
    menu: { section: "network", icon: "station" },
  },
  station: { path: "/stations/$stationId", title: "stations.station" },
  sessions: {
    path: "/sessions",
    title: "sessions.title",
    menu: { section: "network", icon: "bolt" },
  },
  session: { path: "/sessions/$transactionId", title: "sessions.one" },
  reservations: {
    path: "/reservations",
    title: "reservations.title",
    menu: { section: "network", icon: "calendar" },
  },
  tokens: {
    path: "/tokens",
    title: "tokens.title",
    menu: { section: "catalogue", icon: "card" },
  },
  tokenImport: { path: "/tokens/import", title: "tokens.importMany" },
  token: { path: "/tokens/$tokenRef", title: "tokens.token" },
  stationTypes: {
    path: "/types",
    title: "types.title",
    menu: { section: "catalogue", icon: "cube" },
  },
  newStationType: { path: "/types/new", title: "types.new" },
  stationType: { path: "/types/$vendor/$model", title: "types.one" },
  requests: {
    path: "/requests",
    title: "requestList.title",
    menu: { section: "watch", icon: "list" },
  },
  request: { path: "/requests/$stationId/$requestId", title: "requestList.one" },
  messages: {
    path: "/messages",
    title: "messages.title",
    menu: { section: "watch", icon: "message" },
  },
  addOns: {
    path: "/add-ons",
    title: "addOns.title",
    menu: { section: "watch", icon: "puzzle" },
  },
  refusals: {
    path: "/refusals",
    title: "health.refusals",
    menu: { section: "watch", icon: "refused" },
  },
  attempts: {
    path: "/attempts",
    title: "health.attempts",
    menu: { section: "watch", icon: "plug" },
  },
  health: {
    path: "/health",
    title: "health.title",
    menu: { section: "watch", icon: "heart" },
  },
  cluster: {
    path: "/cluster",
    title: "health.cluster",
    menu: { section: "watch", icon: "nodes" },
  },
  limits: {
    path: "/limits",
    title: "health.limits",
    menu: { section: "watch", icon: "ruler" },
  },
  users: {
    path: "/users",
    title: "access.users",
    menu: { section: "administration", icon: "users" },
    shows: "getUsers",
  },
  apiKeys: {
    path: "/api-keys",
    title: "access.apiKeys",
    menu: { section: "administration", icon: "key" },
    shows: "getApiKeys",
  },
  password: { path: "/password", title: "session.change" },
} as const satisfies Record<string, PageRow>;

/** Name of a page. */
export type PageName = keyof typeof pages;

type PartNames<Path extends string> = Path extends `${string}$${infer Name}/${infer Rest}`
  ? Name | PartNames<Rest>
  : Path extends `${string}$${infer Name}`
    ? Name
    : never;

/** The parts of a page's address that have to be said. */
export type PageParams<P extends PageName> = Readonly<
  Record<PartNames<(typeof pages)[P]["path"]>, string>
>;

/** Pages whose address is always the same. */
export type PlainPage = {
  [P in PageName]: PartNames<(typeof pages)[P]["path"]> extends never ? P : never;
}[PageName];

/** A row of the table with what only some have. */
export function pageRow(name: PageName): PageRow {
  return pages[name];
}
