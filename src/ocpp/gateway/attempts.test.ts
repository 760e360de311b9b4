import { expect, it } from "vitest";
import { testClock } from "#support/environment";
import { createConnectionAttempts } from "./attempts.ts";

const attempt = { address: "10.0.0.1", path: "/x", status: 401, reason: "wrong", url: "ws://x" };
const attempts = (connectionAttemptsMax = 1_000) =>
  createConnectionAttempts(testClock(), { connectionAttemptsMax });

it("attempts of one station for one reason are one entry, which counts", () => {
  const kept = attempts();
  expect(kept.add({ ...attempt, stationId: "A" })).toBe(1);
  expect(kept.add({ ...attempt, stationId: "A" })).toBe(2);
  expect(kept.add({ ...attempt, stationId: "B" })).toBe(1);
  expect(kept.list()).toMatchObject([
    { stationId: "B", count: 1 },
    { stationId: "A", count: 2 },
  ]);
});

it("an address that tries thousands of names gets a share, and pushes nobody else out", () => {
  const kept = attempts(200);
  kept.add({ ...attempt, address: "10.0.0.2", stationId: "HONEST" });
  let told = 0;
  for (let at = 0; at < 5_000; at += 1) {
    if (kept.add({ ...attempt, stationId: `GUESS-${at}` }) === 1) told += 1;
  }
  const list = kept.list();
  expect(told).toBe(51);
  expect(list).toHaveLength(52);
  expect(list).toContainEqual(expect.objectContaining({ stationId: "HONEST", count: 1 }));
  expect(list.find(({ count }) => count > 1)).toMatchObject({
    ...{ address: "10.0.0.1", stationId: undefined, count: 4_950 },
  });
});

it("there are never more than the limit, whatever they are", () => {
  const kept = attempts(20);
  for (let at = 0; at < 300; at += 1) kept.add({ ...attempt, address: `10.1.0.${at}` });
  expect(kept.list()).toHaveLength(20);
  // An address whose entries were forgotten has its share again.
  for (let at = 0; at < 50; at += 1) kept.add({ ...attempt, stationId: `S-${at}` });
  expect(kept.add({ ...attempt, address: "10.1.0.0", stationId: "new" })).toBe(1);
});
