import { startTestMotown, type TestMotown } from "./motown.ts";
import { OcppClient, type OcppClientOptions } from "./ocpp-client.ts";

/** A Motown with the stations that a test has connected to it; all end with `stop`. */
export interface HouseWithStations extends TestMotown {
  /** A station that is connected. */
  connect(stationId: string, options?: Partial<OcppClientOptions>): Promise<OcppClient>;
  /** Accepted, configured and connected. */
  served(stationId: string, evses?: number): Promise<OcppClient>;
  /** Asks for something and waits for the outcome. */
  request(stationId: string, request: Record<string, unknown>): Promise<Record<string, unknown>>;
  command(stationId: string, command: Record<string, unknown>): Promise<Record<string, unknown>>;
  get(path: string): Promise<Record<string, unknown>>;
  list(path: string): Promise<readonly Record<string, unknown>[]>;
  /** Looks again until it is so; the views and add-ons may be a moment behind. */
  eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T>;
}

const patienceMs = 4_000;
const pauseMs = 15;

export async function houseWithStations(
  settings: Parameters<typeof startTestMotown>[0] = {},
): Promise<HouseWithStations> {
  const house = await startTestMotown(settings);
  const clients: OcppClient[] = [];
  const connect: HouseWithStations["connect"] = async (stationId, options = {}) => {
    const client = new OcppClient({ port: house.motown.port, stationId, ...options });
    clients.push(client);
    return client.connect();
  };
  const get: HouseWithStations["get"] = async (path) => (await house.api("GET", path)).body;
  const inherited = Object.getOwnPropertyDescriptors(house);
  const own: Omit<HouseWithStations, keyof TestMotown> & Pick<TestMotown, "stop"> = {
    connect,
    served: async (stationId, evses) => {
      await house.admit(stationId, evses);
      return connect(stationId);
    },
    request: async (stationId, request) => {
      const path = `/api/v1/charging-stations/${encodeURIComponent(stationId)}/requests`;
      const { body } = await house.api("POST", path, request, { prefer: "wait=4" });
      return body;
    },
    command: async (stationId, command) => {
      const path = `/api/v1/charging-stations/${encodeURIComponent(stationId)}/commands`;
      return (await house.api("POST", path, command)).body;
    },
    get,
    list: async (path) => (await get(path)).items as Record<string, unknown>[],
    eventually: async (what, look) => {
      for (const until = Date.now() + patienceMs; Date.now() < until; ) {
        const seen = await look();
        if (seen !== undefined) return seen;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      throw new Error(`${what} did not come within ${patienceMs} ms`);
    },
    stop: async () => {
      await Promise.all(clients.map((client) => client.terminate().catch(() => {})));
      await house.stop();
    },
  };
  return Object.defineProperties(own, {
    ...inherited,
    ...Object.getOwnPropertyDescriptors(own),
  }) as HouseWithStations;
}
