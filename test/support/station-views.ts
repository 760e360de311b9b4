// What the API shows of one station, for tests that speak over the wire and the public API alone.
import type { HouseWithStations } from "./station-clients.ts";

/** Any document or item of the API. */
export type Shown = Record<string, unknown>;

/** Reads what is known below a station. */
export function stationViews(house: () => HouseWithStations) {
  const path = (stationId: string) => `/api/v1/charging-stations/${encodeURIComponent(stationId)}`;
  const list = async (stationId: string, under: string): Promise<readonly Shown[]> => {
    await house().idle();
    return house().list(`${path(stationId)}/${under}`);
  };
  return {
    /** What is listed under a station, for example `reservations?state=active`. */
    list,
    station: async (stationId: string): Promise<Shown> => {
      await house().idle();
      return house().get(path(stationId));
    },
    /** Data of a station's events of one type, oldest first. */
    events: async (stationId: string, type: string): Promise<readonly Shown[]> => {
      const found = await list(stationId, `events?limit=500&type=${type}`);
      return found.map(({ data }) => data as Shown).reverse();
    },
    /** Waits until a request shows what its station, or its deadline, made of it. */
    requestWith: (request: Shown, members: Shown): Promise<Shown> =>
      house().eventually(`${JSON.stringify(members)} of the request`, async () => {
        const { stationId, requestId } = request;
        const seen = await house().get(`${path(String(stationId))}/requests/${requestId}`);
        const all = Object.entries(members).every(([name, value]) => seen[name] === value);
        return all ? seen : undefined;
      }),
  };
}
