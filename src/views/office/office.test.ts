import { expect, it } from "vitest";
import { streams } from "#core";
import { itemsOf, writtenLog } from "#support/view-story";

const at = "2026-05-04T10:00:00.000Z";

it("a token shows what it may, and how many transactions it runs", async () => {
  const log = writtenLog();
  log.write(streams.token("t"), "TokenSet", { status: "accepted", concurrency: 2 });
  for (const id of ["tx1", "tx2"]) {
    const start = { station: "cp01", evseId: 1, tokenRef: "t", startedAt: at, reviews: [], at };
    log.write(streams.transaction(id), "TransactionStarted", start);
  }
  log.write(streams.transaction("tx2"), "TransactionStopped", {
    stoppedAt: at,
    reason: "Local",
    at,
  });
  expect(await itemsOf(log, "tokens")).toMatchObject([
    { tokenRef: "t", status: "accepted", concurrency: 2, activeTransactions: 1 },
  ]);
  log.write(streams.token("t"), "TokenSet", { status: "blocked", groupTokenRef: "g" });
  const [blocked] = await itemsOf(log, "tokens", { filter: { groupTokenRef: "g" } });
  expect(blocked).toMatchObject({ status: "blocked" });
  expect(blocked).not.toHaveProperty("concurrency");
  log.write(streams.token("t"), "TokenRemoved", {});
  expect(await itemsOf(log, "tokens")).toEqual([]);
});

it("a user has rights, a password's age, and goes", async () => {
  const log = writtenLog();
  const ada = streams.user("Ada");
  log.write(ada, "UserCreated", { user: "Ada", administrator: true, permissions: [] });
  log.write(ada, "UserPasswordSet", { oneTime: true });
  expect(await itemsOf(log, "users")).toMatchObject([
    { user: "Ada", administrator: true, oneTimePassword: true },
  ]);
  log.write(ada, "UserRightsChanged", { administrator: false, permissions: ["RequestReset"] });
  expect(await itemsOf(log, "users", { filter: { administrator: false } })).toMatchObject([
    { permissions: ["RequestReset"] },
  ]);
  log.write(ada, "UserRemoved", {});
  expect(await itemsOf(log, "users")).toEqual([]);
});

it("an API key shows who made it, and when it was revoked", async () => {
  const log = writtenLog();
  const actor = { kind: "operator" as const, id: "ada" };
  const key = { name: "billing", administrator: false, permissions: [], expiresAt: at };
  log.write(streams.apiKey("k1"), "ApiKeyCreated", key, { actor });
  log.write(streams.apiKey("k1"), "ApiKeyRevoked", {});
  expect(await itemsOf(log, "apiKeys")).toMatchObject([
    { apiKeyId: "k1", name: "billing", createdBy: "operator:ada", revoked: true },
  ]);
});

it("refused wishes are kept, the latest first", async () => {
  const log = writtenLog();
  for (const code of ["NotPermitted", "StationNotAccepted"]) {
    log.write(streams.audit("2026-05-04"), "WishRefused", {
      stream: streams.chargingStation("cp01"),
      command: "RequestReset",
      code,
      actor: { kind: "operator", id: "oscar" },
      at,
    });
  }
  expect(await itemsOf(log, "refusals")).toMatchObject([
    { code: "StationNotAccepted", actor: "operator:oscar" },
    { code: "NotPermitted" },
  ]);
  expect(await itemsOf(log, "refusals", { search: "OSCAR" })).toHaveLength(2);
});

it.each(["AddOnEventReleased", "AddOnEventSkipped"] as const)(
  "an event that an add-on could not handle is listed until %s",
  async (over) => {
    const log = writtenLog();
    const place = { partition: "cp01", cursor: "0-5" };
    const parked = { ...place, eventType: "TransactionOpened", attempts: 5, error: "no", at };
    log.write(streams.addOn("billing"), "AddOnEventParked", parked);
    expect(await itemsOf(log, "addOnHealth")).toMatchObject([
      { addOn: "billing", ...place, attempts: 5, error: "no", parkedAt: at },
    ]);
    log.write(streams.addOn("billing"), over, place);
    expect(await itemsOf(log, "addOnHealth")).toEqual([]);
  },
);
