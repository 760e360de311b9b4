import { expect, it } from "vitest";
import { stationKey, streams } from "#core";
import { asked, writtenLog } from "#support/view-story";

function fleet() {
  const log = writtenLog();
  for (const stationId of ["a", "b", "c"]) {
    const stream = streams.chargingStation(stationKey(stationId));
    log.write(stream, "ChargingStationCreated", {
      ...{ stationId, administrators: [], transactionNumberBase: 7 },
    });
    if (stationId !== "a") log.write(stream, "ChargingStationAccepted", {});
  }
  return log;
}

it("counts rows by the values of a column", async () => {
  const found = await asked(fleet(), (queries) =>
    queries.tally("chargingStations", { by: "state", sums: ["transactionCount"] }),
  );
  expect([...found].sort((a, b) => a.count - b.count)).toEqual([
    { value: "waiting", count: 1, sums: { transactionCount: 0 } },
    { value: "unconfigured", count: 2, sums: { transactionCount: 0 } },
  ]);
});

it("counts all together, and only those that are asked for", async () => {
  const counts = await asked(fleet(), async (queries) => {
    const of = async (only: NonNullable<Parameters<typeof queries.tally>[1]["only"]>) =>
      (await queries.tally("chargingStations", { only }))[0]?.count;
    return [
      await of({}),
      await of({ state: ["waiting", "operational"] }),
      await of({ stationId: { from: "b" } }),
      await of({ state: ["waiting"], stationId: { from: "b" } }),
    ];
  });
  expect(counts).toEqual([3, 1, 2, 0]);
});

it("knows only columns that are there: the rest is a bug, and no SQL", async () => {
  const asking = asked(fleet(), (queries) => queries.tally("chargingStations", { by: 'x" or 1' }));
  await expect(asking).rejects.toThrow("has no column");
});
