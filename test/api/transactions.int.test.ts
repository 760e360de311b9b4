// Sessions as people look for them, take them away as a table, and look into one of them.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";

type Item = Record<string, unknown>;

let house: HouseWithStations;
beforeEach(async () => {
  house = await houseWithStations({ limits: { apiPageMax: 2, exportRowsMax: 5 } });
  await house.token("CARD");
});
afterEach(() => house.stop());

const at = (minute: number) => `2026-05-04T10:${String(minute).padStart(2, "0")}:00Z`;
const list = (query = "") => house.list(`/api/v1/transactions?${query}`);
const idsOf = (items: readonly Item[]) => items.map(({ startedAt }) => startedAt);
const table = (query = "") => house.api<string>("GET", `/api/v1/transactions.csv?${query}`);

/** A session from one minute to the next, of so many Wh; without them it goes on. */
async function session(
  station: Awaited<ReturnType<HouseWithStations["served"]>>,
  given: { readonly minute: number; readonly wh?: number; readonly idTag?: string },
) {
  const { minute, wh, idTag = "CARD" } = given;
  const start = { connectorId: 1, idTag, meterStart: 1000, timestamp: at(minute) };
  const { transactionId } = await station.call("StartTransaction", start);
  if (wh !== undefined) {
    const stop = { transactionId, meterStop: 1000 + wh, timestamp: at(minute + 1) };
    await station.call("StopTransaction", { ...stop, reason: "EVDisconnected" });
  }
  await house.idle();
  return transactionId;
}

describe("the list of sessions", () => {
  it("is narrowed by what they came to, by what is flagged and by whether they are over", async () => {
    const station = await house.served("CP1", 1);
    await session(station, { minute: 1, wh: 0 });
    await session(station, { minute: 3, wh: 7500, idTag: "STRANGER" });
    await session(station, { minute: 5 });
    const wanted: Readonly<Record<string, readonly number[]>> = {
      "over=true": [3, 1],
      "over=false": [5],
      "flagged=true": [3],
      "flagged=false": [5, 1],
      "energyWhFrom=0.001": [3],
      "energyWhUntil=100": [1],
      "energyWhFrom=0&energyWhUntil=7500&order=startedAt": [1, 3],
      "over=true&flagged=false&stopReason=EVDisconnected": [1],
    };
    for (const [query, minutes] of Object.entries(wanted)) {
      const expected = minutes.map((minute) => at(minute).replace("Z", ".000Z"));
      expect(idsOf(await list(query)), query).toEqual(expected);
    }
    const [item] = await list("over=true");
    for (const name of ["over", "flagged", "settledMilliWh"]) expect(item).not.toHaveProperty(name);
  });

  it("says what is no value of such a filter", async () => {
    for (const query of ["energyWhFrom=much", "flagged=perhaps"]) {
      const { status, body } = await house.api("GET", `/api/v1/transactions?${query}`);
      const path = `/${query.slice(0, query.indexOf("="))}`;
      expect({ status, body }).toMatchObject({
        ...{ status: 400, body: { code: "QueryInvalid", issues: [{ path }] } },
      });
    }
  });
});

describe("the table of sessions", () => {
  it("is the whole of what its filters list, and runs nothing in a spreadsheet", async () => {
    const station = await house.served("CP,1", 1);
    await session(station, { minute: 1, wh: 500, idTag: "=1+1" });
    for (const minute of [3, 5, 7]) await session(station, { minute, wh: 7500 });
    await session(station, { minute: 9 });
    const whole = await table("order=startedAt&over=true");
    expect(whole.status).toBe(200);
    expect(whole.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(whole.headers.get("content-disposition")).toContain('filename="transactions.csv"');
    const lines = whole.body.split("\r\n");
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^transactionId,transactionNumber,stationId,evseId,.*,tokenRef$/);
    expect(lines[1]).toContain(',"CP,1",1,,ended,\'=1+1,');
    expect(lines[1]).toContain(",2026-05-04T10:01:00.000Z,2026-05-04T10:02:00.000Z,500,1000,1500,");
    expect(lines[1]).toContain(",invalid,notAuthorized,");
    expect(lines[4]).toContain(",CARD,,2026-05-04T10:07:00.000Z,");
    expect(lines[5]).toBe("");
    expect((await table("state=active")).body.split("\r\n")).toHaveLength(3);
  });

  it("is refused as the list is", async () => {
    const { status, body } = await house.api("GET", "/api/v1/transactions.csv?state=lost");
    expect({ status, body }).toMatchObject({ status: 400, body: { code: "QueryInvalid" } });
    expect((await fetch(`${house.apiUrl}/api/v1/transactions.csv`)).status).toBe(401);
  });

  it("breaks off beyond its limit: what is not whole must not look so", async () => {
    const station = await house.served("CP1", 1);
    for (const minute of [1, 3, 5, 7, 9]) await session(station, { minute, wh: 1 });
    expect((await table()).body.split("\r\n")).toHaveLength(7);
    await session(station, { minute: 11, wh: 1 });
    await expect(table()).rejects.toThrow();
    const said = house.log.lines.map(({ message }) => message);
    expect(said).toContain("An export was broken off");
  });
});

describe("one session", () => {
  const about = async (what: string, query = "") => {
    const [transaction] = await list();
    return house.get(`/api/v1/transactions/${transaction?.transactionId}/${what}?${query}`);
  };

  it("lists every event and every frame of it, and nothing of the others", async () => {
    const station = await house.served("CP1", 2);
    const start = { connectorId: 2, idTag: "CARD", meterStart: 5, timestamp: at(0) };
    const other = await station.call("StartTransaction", start);
    station.answers("RemoteStopTransaction", { status: "Accepted" });
    const number = await session(station, { minute: 1 });
    const sampledValue = [{ value: "1500", measurand: "Energy.Active.Import.Register" }];
    const meterValue = [{ timestamp: at(2), sampledValue }];
    const meter = { connectorId: 1, transactionId: number, meterValue };
    await station.call("MeterValues", meter);
    await station.call("Heartbeat", {});
    await station.call("MeterValues", {
      ...meter,
      connectorId: 2,
      transactionId: other.transactionId,
    });
    const [transaction] = await list();
    const { transactionId } = transaction ?? {};
    const asked = await house.request("CP1", { type: "RequestStopTransaction", transactionId });
    expect(asked).toMatchObject({ outcome: "accepted" });
    const stop = { transactionId: number, meterStop: 2000, timestamp: at(3) };
    await station.call("StopTransaction", { ...stop, reason: "Remote" });
    await house.idle();

    const types: unknown[] = [];
    let after = "";
    do {
      const page = await about("events", after);
      types.push(...(page.items as Item[]).map(({ type }) => type));
      after = page.next === undefined ? "" : `after=${page.next}`;
    } while (after !== "");
    expect(types).toEqual(expect.arrayContaining(["StopTransactionRequested"]));
    const own = types.filter((type) => /^(Transaction(Started|Stopped)|Meter)/.test(String(type)));
    expect(own).toEqual(["TransactionStarted", "MeterValuesSampled", "TransactionStopped"]);

    await house.eventually("all frames", async () => {
      const frames: unknown[] = [];
      let before = "";
      do {
        const page = await about("messages", before);
        frames.push(...(page.items as Item[]).map(({ action }) => action));
        before = page.next === undefined ? "" : `after=${page.next}`;
      } while (before !== "");
      return frames.join() === "StopTransaction,RemoteStopTransaction,MeterValues,StartTransaction"
        ? frames
        : undefined;
    });
  });

  it("is not there where nobody knows it", async () => {
    for (const what of ["events", "messages"]) {
      const { status, body } = await house.api("GET", `/api/v1/transactions/nobody/${what}`);
      expect({ status, body }).toMatchObject({
        status: 404,
        body: { code: "TransactionNotFound" },
      });
    }
  });
});
