// What every case of the certification asks beside its own steps: each CALL gets exactly one
// answer, and each frame of ours is compact, valid and in the schema's order.
import schemas from "ocpp-rpc/lib/schemas/ocpp1_6.json" with { type: "json" };
import { expect } from "vitest";
import type { OcppClient, Payload, RecordedFrame } from "./ocpp-client.ts";
import { type HouseWithStations, houseWithStations } from "./station-clients.ts";

type Item = Record<string, unknown>;

/** One Motown for the cases of a file; each case has stations of its own. */
export interface ConformanceHouse extends HouseWithStations {
  /** The one transaction that the API shows of a station, once it has caught up. */
  transaction(stationId: string): Promise<Item>;
  /** One EVSE as the API shows it. */
  evse(stationId: string, evseId?: number): Promise<Item>;
  /** Types of a station's events, oldest first. */
  eventTypes(stationId: string): Promise<readonly string[]>;
  /** Types of all events that one correlation id names, oldest first. */
  correlated(correlationId: unknown): Promise<readonly string[]>;
  /** Asks for something and does not wait for the outcome. */
  ask(stationId: string, request: Item): Promise<Item>;
  /** A request as the API shows it now. */
  requestOf(request: Item): Promise<Item>;
  /** Judges all frames of the stations of a case; to be called after each. */
  judge(): void;
}

/** Starts Motown for a file of cases. */
export async function conformanceHouse(
  settings: Parameters<typeof houseWithStations>[0] = {},
): Promise<ConformanceHouse> {
  const house = await houseWithStations(settings);
  const clients: OcppClient[] = [];
  const path = (stationId: unknown) =>
    `/api/v1/charging-stations/${encodeURIComponent(String(stationId))}`;
  const connect: HouseWithStations["connect"] = async (stationId, options) => {
    const client = await house.connect(stationId, options);
    clients.push(client);
    return client;
  };
  type Own = Omit<ConformanceHouse, keyof HouseWithStations>;
  const own: Own & Pick<HouseWithStations, "connect" | "served"> = {
    connect,
    served: async (stationId: string, evses?: number) => {
      await house.admit(stationId, evses);
      return connect(stationId);
    },
    transaction: async (stationId: string) => {
      await house.idle();
      const [first, ...more] = await house.list(`${path(stationId)}/transactions`);
      expect(more, `more than one transaction of ${stationId}`).toEqual([]);
      return first ?? {};
    },
    evse: async (stationId: string, evseId = 1) => {
      await house.idle();
      const evses = await house.list(`${path(stationId)}/evses?evseId=${evseId}`);
      return evses[0] ?? {};
    },
    eventTypes: async (stationId: string) => {
      const events = await house.list(`${path(stationId)}/events?limit=200`);
      return events.map(({ type }) => String(type)).reverse();
    },
    correlated: async (correlationId: unknown) => {
      const query = `/api/v1/events?correlationId=${correlationId}&limit=100`;
      const { body } = await house.api<string>("GET", query);
      const lines = String(body).trim().split("\n");
      return lines.filter((line) => line !== "").map((line) => String(JSON.parse(line).type));
    },
    ask: async (stationId: string, request: Item) => {
      const { body } = await house.api("POST", `${path(stationId)}/requests`, request);
      return body;
    },
    requestOf: async ({ stationId, requestId }: Item) => {
      await house.idle();
      return house.get(`${path(stationId)}/requests/${requestId}`);
    },
    judge: () => {
      for (const client of clients.splice(0)) judgeFrames(client);
    },
  };
  return Object.defineProperties(own, {
    ...Object.getOwnPropertyDescriptors(house),
    ...Object.getOwnPropertyDescriptors(own),
  }) as ConformanceHouse;
}

function judgeFrames(client: OcppClient): void {
  const { frames, stationId, violations } = client;
  expect(violations, `what the client has against our frames to ${stationId}`).toEqual([]);
  const actions = new Map<unknown, string>();
  for (const { frame } of frames) if (frame?.[0] === 2) actions.set(frame[1], String(frame[2]));
  for (const frame of frames) {
    if (frame.direction === "toStation") judgeForm(frame, actions);
    else if (frame.frame?.[0] === 2 && client.closed === undefined) {
      expect(client.answersTo(String(frame.frame[1])), frame.text).toHaveLength(1);
    }
  }
}

function judgeForm({ text, frame }: RecordedFrame, actions: ReadonlyMap<unknown, string>): void {
  expect(JSON.stringify(frame), "compact JSON").toBe(text);
  const kind = frame?.[0];
  if (kind === 4) return;
  const action = kind === 2 ? frame?.[2] : actions.get(frame?.[1]);
  const payload = frame?.[kind === 2 ? 3 : 2];
  const id = `urn:${action}.${kind === 2 ? "req" : "conf"}`;
  const schema = (schemas as readonly Schema[]).find(({ $id }) => $id === id);
  expect(disorder(payload, schema ?? {}), `order of members in ${text}`).toEqual([]);
}

interface Schema {
  readonly $id?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Members that stand elsewhere than in the schema. */
function disorder(value: unknown, schema: Schema): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => disorder(one, schema.items ?? {}));
  const { properties } = schema;
  // What the schema only refers to has an order of its own, which the client's check does not need.
  if (typeof value !== "object" || value === null || properties === undefined) return [];
  const names = Object.keys(value);
  const ordered = Object.keys(properties).filter((name) => names.includes(name));
  const wrong = JSON.stringify(names) === JSON.stringify(ordered) ? [] : [names.join(", ")];
  const inner = Object.entries(value).flatMap(([name, member]) =>
    disorder(member, properties[name] ?? {}),
  );
  return [...wrong, ...inner];
}

/** Now, or seconds from now, as stations write it. */
export function instant(secondsFromNow = 0): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString();
}

/** The station reports a status of a connector. */
export function says(
  station: OcppClient,
  status: string,
  more: Payload & { readonly connectorId?: number } = {},
): Promise<Payload> {
  const plain = { connectorId: 1, errorCode: "NoError", timestamp: instant() };
  return station.call("StatusNotification", { ...plain, status, ...more });
}

/** The station starts a transaction. */
export async function starts(
  station: OcppClient,
  more: Payload = {},
): Promise<{ transactionId: number; idTagInfo: Payload }> {
  const plain = { connectorId: 1, idTag: "TAG", meterStart: 1000, timestamp: instant() };
  return station.call("StartTransaction", { ...plain, ...more });
}

/** The station stops a transaction. */
export function stops(
  station: OcppClient,
  stop: Payload & { readonly transactionId: number },
): Promise<Payload> {
  const plain = { meterStop: 2500, timestamp: instant() };
  return station.call("StopTransaction", { ...plain, ...stop });
}
