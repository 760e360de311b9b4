// Every page of the console in a state worth looking at: for pictures, and what must hold of all.
import type { TestMotown } from "#support/motown";

/** A page to be looked at. */
export interface ShownPage {
  readonly name: string;
  /** Its address; of a thing that only the running server knows, found there. */
  readonly path: string | ((house: TestMotown) => Promise<string>);
}

/** All pages. One that is added to the console gets a row here. */
export const shownPages: readonly ShownPage[] = [
  { name: "overview", path: "/" },
  { name: "stations", path: "/stations" },
  { name: "stations-waiting", path: "/stations?state=waiting" },
  { name: "stations-offline", path: "/stations?state=operational&connected=false" },
  { name: "stations-none", path: "/stations?search=nothing-fits" },
  { name: "stations-map", path: "/stations?view=map" },
  { name: "station", path: firstStation },
  { name: "station-timeline", path: stationTab("timeline") },
  { name: "station-configuration", path: stationTab("configuration") },
  { name: "station-requests", path: stationTab("requests") },
  { name: "station-unknown", path: "/stations/nobody" },
  { name: "tokens", path: "/tokens" },
  { name: "tokens-none", path: "/tokens?status=expired" },
  { name: "token", path: aToken },
  { name: "token-import", path: "/tokens/import" },
  { name: "types", path: "/types" },
  { name: "type", path: aType },
  { name: "type-new", path: "/types/new?vendor=Example&model=AC%2F22" },
  { name: "type-unknown", path: "/types/nobody/nothing" },
  { name: "sessions", path: "/sessions" },
  { name: "sessions-narrowed", path: "/sessions?flagged=true&energyWhUntil=1000000" },
  { name: "session", path: session("active") },
  { name: "session-over", path: session("ended") },
  { name: "reservations", path: "/reservations" },
  { name: "reservation", path: aReservation },
  { name: "requests", path: "/requests" },
  {
    name: "requests-failed",
    path: "/requests?succeeded=false&requestedAtFrom=2026-01-01T00:00:00Z",
  },
  { name: "request", path: aRequest },
  { name: "messages", path: "/messages" },
  { name: "messages-none", path: "/messages?search=nothing-fits" },
  { name: "add-ons", path: "/add-ons" },
  { name: "refusals", path: "/refusals" },
  { name: "attempts", path: "/attempts" },
  { name: "health", path: "/health" },
  { name: "cluster", path: "/cluster" },
  { name: "limits", path: "/limits" },
  { name: "users", path: "/users" },
  { name: "api-keys", path: "/api-keys" },
  { name: "password", path: "/password" },
  { name: "not-found", path: "/nothing/here" },
];

/** The address of a page on a server. */
export async function urlOf({ path }: ShownPage, house: TestMotown): Promise<string> {
  return house.apiUrl + (typeof path === "string" ? path : await path(house));
}

/** One that serves, with as much to be seen as there is. */
async function firstStation(house: TestMotown): Promise<string> {
  const list = "/api/v1/charging-stations?state=operational&limit=1";
  const { body } = await house.api<{ items: readonly { stationId: string }[] }>("GET", list);
  return `/stations/${encodeURIComponent(body.items[0]?.stationId ?? "")}`;
}

/** The same, at a part of its page. */
function stationTab(tab: string): (house: TestMotown) => Promise<string> {
  return async (house) => `${await firstStation(house)}?tab=${tab}`;
}

/** The first session that stands so, which has been measured most. */
function session(state: string): (house: TestMotown) => Promise<string> {
  return async (house) => {
    const list = `/api/v1/transactions?state=${state}&order=startedAt&limit=1`;
    const { body } = await house.api<{ items: readonly { transactionId: string }[] }>("GET", list);
    return `/sessions/${body.items[0]?.transactionId ?? ""}`;
  };
}

/** The list of reservations with the newest of them open. */
async function aReservation(house: TestMotown): Promise<string> {
  const list = "/api/v1/reservations?limit=1";
  const { body } = await house.api<{ items: readonly { reservationId: string }[] }>("GET", list);
  return `/reservations?reservation=${body.items[0]?.reservationId ?? ""}`;
}

/** The newest request that some station was asked; of one that was asked nothing, its list. */
async function aRequest(house: TestMotown): Promise<string> {
  const { body } = await house.api<{
    readonly items: readonly { readonly stationId: string; readonly requestId: string }[];
  }>("GET", "/api/v1/requests?limit=1");
  const [newest] = body.items;
  if (newest === undefined) return "/requests";
  return `/requests/${encodeURIComponent(newest.stationId)}/${newest.requestId}`;
}

/** A token that was used, if one was. */
async function aToken(house: TestMotown): Promise<string> {
  const { body } = await house.api<{
    readonly items: readonly { readonly tokenRef: string; readonly activeTransactions: number }[];
  }>("GET", "/api/v1/tokens?limit=200");
  const used = body.items.find(({ activeTransactions }) => activeTransactions > 0);
  const tokenRef = (used ?? body.items[0])?.tokenRef ?? "nobody";
  return `/tokens/${tokenRef}`;
}

/** The type of which there are the most stations. */
async function aType(house: TestMotown): Promise<string> {
  const { body } = await house.api<{
    readonly items: readonly {
      readonly vendor: string;
      readonly model: string;
      readonly stations: number;
    }[];
  }>("GET", "/api/v1/station-types");
  const [type] = body.items.toSorted((one, other) => other.stations - one.stations);
  if (type === undefined) return "/types/nobody/nothing";
  return `/types/${encodeURIComponent(type.vendor)}/${encodeURIComponent(type.model)}`;
}
