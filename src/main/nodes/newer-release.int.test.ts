// A rolling upgrade: a newer release writes into the same log what this one does not know.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { streams } from "#core";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { startNode } from "#support/nodes";
import type { HouseWithStations } from "#support/station-clients";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let house: HouseWithStations;
beforeAll(async () => {
  database = await testDatabase();
  house = await startNode(database, "old");
  for (const id of ["cp-type", "cp-schema", "cp-other"]) await house.admit(id);
}, 60_000);
afterAll(async () => {
  await house?.stop();
  await database.drop();
}, 30_000);

/** Appends as a node of a newer release does: through the log alone. */
async function newerEvent(station: string, event: { type: string; schema: number }): Promise<void> {
  const stream = streams.chargingStation(station);
  const query = { stream, afterVersion: 0, limit: 500 };
  const { length: expectedVersion } = await house.motown.store.readStream(query);
  const actor = { kind: "system", id: "newer" };
  const meta = JSON.stringify({ recordedAt: new Date().toISOString(), actor });
  const events = [{ ...event, data: '{"colour":"green"}', meta }];
  const appends = [{ stream, expectedVersion, events }];
  const result = await house.motown.store.append({ station, appends });
  expect(result.status).toBe("committed");
}

const available = { connectorId: 1, errorCode: "NoError", status: "Available" };
const errors = () => house.log.lines.filter(({ level }) => level === "error");

it.each([
  ["type", "cp-type", { type: "StationPainted", schema: 1 }],
  ["schema", "cp-schema", { type: "ChargingStationAccepted", schema: 99 }],
])("decides no more about a station with an event of an unknown %s", async (_what, id, event) => {
  const [station, other] = [await house.connect(id), await house.connect("cp-other")];
  await station.boot();
  await newerEvent(id, event);
  // Nothing is acknowledged: the station keeps the message until a newer node takes it.
  const said = station.call("StatusNotification", available);
  let answered: unknown;
  said.then(
    (answer) => {
      answered = answer;
    },
    () => {},
  );
  expect(await other.call("StatusNotification", available)).toEqual({});
  await house.eventually("a line that says why", async () =>
    errors().find(({ message, fields }) => {
      return /not acknowledged/.test(message) && String(fields?.error).includes(event.type);
    }),
  );
  expect(answered).toBeUndefined();
  const stream = streams.chargingStation(id);
  const stored = await house.motown.store.readStream({ stream, afterVersion: 0, limit: 500 });
  expect(stored.at(-1)).toMatchObject(event);
  // A wish is refused with the reason, and the history is shown as it is.
  const path = `/api/v1/charging-stations/${id}`;
  const refused = await house.api("POST", `${path}/commands`, { type: "UnacceptChargingStation" });
  expect(refused).toMatchObject({ status: 503, body: { code: "NewerRelease" } });
  expect(String(refused.body.detail)).toContain(event.type);
  const { body } = await house.api<string>("GET", "/api/v1/events?limit=500");
  expect(body).toContain('"colour":"green"');
  await Promise.all([station.terminate(), other.terminate()]);
  await said.catch(() => {});
});

it("says that its views stand still, and is not ready", async () => {
  const ready = await house.eventually("the fault of the views", async () => {
    const answer = await house.api("GET", "/readyz");
    return answer.status === 503 ? answer.body : undefined;
  });
  expect(JSON.stringify(ready.checks)).toContain("does not know the event StationPainted");
});
