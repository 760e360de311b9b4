// Stations and tokens of a load, made through the public API as an operator would. By hand:
//   npm run bench -- fleet --url http://127.0.0.1:8080 --key $MOTOWN_API_KEY --stations 200
import { parseArgs } from "node:util";
import { eachWithLimit } from "./each-with-limit.ts";

/** Identity of the n-th station of a fleet, from 0. */
export const stationIdOf = (at: number): string => `BENCH${String(at + 1).padStart(5, "0")}`;

/** The token with which the n-th station charges. */
export const uidOf = (at: number): string => `TOKEN${String(at + 1).padStart(5, "0")}`;

/** Where the API is, and what opens it. */
export interface ApiAccess {
  /** `http://127.0.0.1:8080` */
  readonly apiUrl: string;
  readonly apiKey: string;
}

const requestsInFlightMax = 16;

/** Calls the API; fails with the problem document's text on anything but 2xx. */
export async function callApi(
  { apiUrl, apiKey }: ApiAccess,
  request: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<unknown> {
  const { method, path, body, headers } = request;
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...headers,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Accepts and configures stations, and lets their tokens in, where they charge. */
export async function prepareFleet(
  access: ApiAccess,
  stations: number,
  { tokens = true }: { readonly tokens?: boolean } = {},
): Promise<void> {
  const numbers = Array.from({ length: stations }, (_none, at) => at);
  await eachWithLimit(numbers, requestsInFlightMax, async (at) => {
    await callApi(access, {
      method: "POST",
      path: "/api/v1/charging-stations",
      body: {
        stationId: stationIdOf(at),
        accepted: true,
        evses: [{ evseId: 1, connectors: [{ connectorId: 1, type: "type2" }] }],
      },
    });
    if (!tokens) return;
    await callApi(access, {
      method: "PUT",
      path: `/api/v1/tokens/${uidOf(at)}`,
      body: { status: "accepted" },
    });
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      url: { type: "string", default: "http://127.0.0.1:8080" },
      key: { type: "string", default: process.env.MOTOWN_API_KEY ?? "" },
      stations: { type: "string", default: "200" },
    },
  });
  await prepareFleet({ apiUrl: values.url, apiKey: values.key }, Number(values.stations));
}
