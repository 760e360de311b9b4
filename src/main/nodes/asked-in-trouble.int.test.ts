// Goal: what a station is told of its token is true, or it is told nothing. Method: a Motown on
// PostgreSQL whose views are kept from being read, or from following the log, while a station asks.
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { startNode } from "#support/nodes";
import type { OcppClient } from "#support/ocpp-client";
import type { HouseWithStations } from "#support/station-clients";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let house: HouseWithStations;
/** The view of tokens. */
let table: string;
const timestamp = new Date().toISOString();
const callTimeoutMs = 900;

beforeAll(async () => {
  database = await testDatabase();
  house = await startNode(database, "a", { limits: { authorizeTimeoutMs: 500, viewWaitMs: 400 } });
  const sql = "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'motown_views_%'";
  table = `${(await database.query(sql))[0]?.name}.tokens`;
  // Until somebody leads the views.
  await house.eventually("a token", () =>
    house.token("STARTER").then(
      () => true,
      () => undefined,
    ),
  );
}, 60_000);
afterAll(async () => {
  await house?.stop();
  await database.drop();
}, 30_000);

async function locked(mode: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ${mode} MODE`);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}

interface Trouble {
  readonly begin: () => Promise<() => Promise<void>>;
  /** When the token becomes known. */
  readonly token: "before" | "during";
}

const troubles: Readonly<Record<string, Trouble>> = {
  "cannot be read": {
    token: "before",
    begin: async () => {
      await database.query(`ALTER TABLE ${table} RENAME TO away`);
      const away = table.replace(/tokens$/, "away");
      return async () => {
        await database.query(`ALTER TABLE ${away} RENAME TO tokens`);
      };
    },
  },
  "do not answer in time": { token: "before", begin: () => locked("ACCESS EXCLUSIVE") },
  "do not follow the log": { token: "during", begin: () => locked("EXCLUSIVE") },
};

let stations = 0;

/** Calls that name a token, each with what must be there before it. */
const calls: Readonly<
  Record<string, (station: OcppClient, idTag: string) => Promise<Record<string, unknown>>>
> = {
  Authorize: async (_station, idTag) => ({ idTag }),
  StartTransaction: async (_station, idTag) => {
    return { connectorId: 1, idTag, meterStart: 7, timestamp };
  },
  StopTransaction: async (station, idTag) => {
    const start = { connectorId: 1, idTag: "STARTER", meterStart: 0, timestamp };
    const { transactionId } = await station.call("StartTransaction", start);
    return { transactionId, idTag, meterStop: 7, timestamp };
  },
};

/** A station that is about to ask, with a token that nobody was asked about yet. */
async function asking(action: string) {
  stations += 1;
  const stationId = `CP-${stations}`;
  const idTag = `TAG-${stations}`;
  await house.admit(stationId);
  const station = await house.connect(stationId, { callTimeoutMs });
  const payload = (await calls[action]?.(station, idTag)) ?? {};
  const put = () => house.api("PUT", `/api/v1/tokens/${idTag}`, { status: "accepted" });
  return { action, stationId, station, put, ask: () => station.call(action, payload) };
}

it.each(Object.entries(troubles))(
  "while the views %s, no call whose answer depends on them is answered",
  async (_name, { begin, token }) => {
    const all = await Promise.all(Object.keys(calls).map(asking));
    const putAll = () => Promise.all(all.map(({ put }) => put()));
    if (token === "before") await putAll();
    await house.idle();
    const isOver = await begin();
    try {
      if (token === "during") await putAll();
      await Promise.all(
        all.map(async ({ action, ask }) => {
          // Its answer may do without, and what was paid for is kept before the station gives up.
          if (action === "StopTransaction") return expect(await ask()).toEqual({});
          return expect(ask()).rejects.toThrow(/time/i);
        }),
      );
    } finally {
      await isOver();
    }
    for (const { ask, station, action, stationId } of all) {
      const answer = await house.eventually("an answer", () => ask().catch(() => undefined));
      const repeated = action === "StopTransaction" ? {} : { idTagInfo: { status: "Accepted" } };
      expect(answer).toEqual(expect.objectContaining(repeated));
      expect(JSON.stringify(station.frames)).not.toContain("Invalid");
      if (action === "Authorize") continue;
      await house.idle();
      const sessions = await house.list(`/api/v1/transactions?stationId=${stationId}`);
      const state = action === "StopTransaction" ? "ended" : "active";
      expect(sessions).toMatchObject([{ state }]);
    }
  },
);
