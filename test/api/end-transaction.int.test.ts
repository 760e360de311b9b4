// A session whose station is dead is ended by a person; a stop that comes after all corrects it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, starts, stops } from "#support/conformance";

type Item = Record<string, unknown>;

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse();
  await house.token("TAG");
});
afterAll(() => house?.stop());

const end = (transaction: Item, headers: Record<string, string> = {}) => {
  const path = `/api/v1/transactions/${transaction.transactionId}/commands`;
  return house.api("POST", path, { type: "EndTransaction" }, headers);
};

/** A session that goes on at a station which is gone. */
async function zombie(stationId: string) {
  const station = await house.served(stationId);
  const { transactionId } = await starts(station);
  const sampledValue = [{ value: "1750", measurand: "Energy.Active.Import.Register", unit: "Wh" }];
  await station.call("MeterValues", {
    ...{ connectorId: 1, transactionId },
    meterValue: [{ timestamp: new Date().toISOString(), sampledValue }],
  });
  await station.terminate();
  const transaction = await house.transaction(stationId);
  expect(transaction).toMatchObject({ state: "active" });
  return { transaction, transactionId };
}

describe("ending a transaction", () => {
  it("is one unit of transaction and station, known as an estimate", async () => {
    const { transaction } = await zombie("DEAD-1");
    const headers = { "idempotency-key": "end-once" };
    const { status, body } = await end(transaction, headers);
    expect(status).toBe(200);
    expect((body.events as Item[]).map(({ type }) => type)).toEqual([
      "TransactionClosed",
      "TransactionEndEstimated",
      "TransactionFlagged",
    ]);
    expect(await house.transaction("DEAD-1")).toMatchObject({
      ...{ state: "estimated", energyWh: 750, reviews: ["endEstimated"] },
    });
    const station = await house.get("/api/v1/charging-stations/DEAD-1");
    expect(station).toMatchObject({ openTransactions: 0 });
    expect((await end(transaction, headers)).body.cursor).toBe(body.cursor);
    expect((await end(transaction)).body).toMatchObject({
      status: 409,
      code: "TransactionNotOpen",
    });
  });

  it("is corrected by a stop that comes late", async () => {
    const { transaction, transactionId } = await zombie("DEAD-2");
    await end(transaction);
    const station = await house.connect("DEAD-2");
    await stops(station, { transactionId, meterStop: 4000 });
    expect(await house.transaction("DEAD-2")).toMatchObject({
      ...{ state: "ended", energyWh: 3000, reviews: ["endEstimated", "correctedAfterEstimate"] },
    });
  });

  it("makes room for the next one on the EVSE, and for a decommissioning", async () => {
    const { transaction } = await zombie("DEAD-3");
    const type = "DecommissionChargingStation";
    expect(await house.command("DEAD-3", { type })).toMatchObject({
      code: "StationHasOpenTransactions",
    });
    await end(transaction);
    expect(await house.command("DEAD-3", { type })).toMatchObject({
      events: [{ type: "ChargingStationDecommissioned" }],
    });
  });

  it("is for the permitted, also for those of one station alone", async () => {
    const { transaction } = await zombie("DEAD-4");
    const made = await house.api("POST", "/api/v1/api-keys", { name: "night shift" });
    const headers = { authorization: `Bearer ${made.body.apiKey}` };
    const refused = await end(transaction, headers);
    expect(refused).toMatchObject({ status: 403, body: { code: "NotPermitted" } });
    await house.command("DEAD-4", {
      type: "GrantPermission",
      user: `api-key:${made.body.apiKeyId}`,
      permission: "EndTransaction",
    });
    const allowed = await house.api<{ commands: Item[] }>(
      ...["GET", "/api/v1/charging-stations/DEAD-4/allowed", undefined, headers],
    );
    expect(allowed.body.commands).toContainEqual({
      ...{ type: "EndTransaction", permission: "EndTransaction" },
      ...{ to: "transactions", operation: "postTransactionsByTransactionIdCommands" },
      ...{ when: { type: "EndTransaction" }, allowed: true },
    });
    expect(allowed.body.commands).toContainEqual(
      expect.objectContaining({
        ...{ permission: "SettleReview", to: "transactions" },
        ...{ allowed: false, code: "NotPermitted" },
      }),
    );
    expect((await end(transaction, headers)).status).toBe(200);
  });

  it("of nobody's transaction is refused, and so is another type", async () => {
    expect((await end({ transactionId: "none" })).body).toMatchObject({
      ...{ status: 404, code: "TransactionNotFound" },
    });
    const path = "/api/v1/transactions/none/commands";
    const wrong = await house.api("POST", path, { type: "StopTransaction" });
    expect(wrong.body).toMatchObject({ status: 400, issues: [{ path: "/type" }] });
  });
});
