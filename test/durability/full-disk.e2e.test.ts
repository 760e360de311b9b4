import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareFleet } from "../../bench/fleet.ts";
import { whileRunning } from "../../bench/process/child.ts";
import { type Readiness, type Server, startServer } from "../../bench/process/server.ts";
import { conclude } from "./conclude.ts";
import { type DrillStation, stationsOf } from "./drill-station.ts";
import { type DurablePlace, sqlitePlace } from "./durable-stores.ts";
import { mountSmallDisk, type SmallDisk } from "./full-disk.ts";

const count = 5;
/** Short, so that what is not answered is said again within the silence. */
const answerWithinMs = 300;
/** So long must nobody be told anything, while stations say it again and again. */
const silenceMs = 700;

let disk: SmallDisk;
let server: Server | undefined;
let place: DurablePlace | undefined;
let stations: DrillStation[] = [];

beforeEach(() => {
  disk = mountSmallDisk(16);
});

afterEach(async () => {
  for (const station of stations) station.abandon();
  await server?.stop("SIGKILL");
  await place?.dispose();
  disk.unmount();
});

it("acknowledges nothing on a full disk, says so, and goes on when there is room", async () => {
  const dataDir = join(disk.path, "data");
  server = await startServer({ dataDir });
  await prepareFleet(server, count);
  stations = stationsOf({ stationUrls: [server.stationUrl], count, answerWithinMs });
  const runs = Promise.all(stations.map((station) => station.run()));
  runs.catch(() => undefined);
  await until("some sessions", server, () => (toldCount() > 100 ? true : undefined));

  const refusal = await until("silence on a full disk", server, () => silence(server));
  expect(refusal.status).toBe(503);
  expect(refusal.body).toMatch(/disk full/);
  const toldWhenFull = toldCount();

  disk.empty();
  await until("readiness after room was made", server, async () =>
    (await server?.readiness())?.status === 200 ? true : undefined,
  );
  await until("answers again", server, () => (toldCount() > toldWhenFull + 50 ? true : undefined));
  const start = async () => {
    server = await startServer({ dataDir });
    return server;
  };
  place = sqlitePlace(dataDir);
  const drill = { place, stations, runs };
  const { findings } = await conclude(drill, server, start);
  expect(findings).toEqual([]);
  // Whatever each was about to say: stations go in step, and all may be at their authorization.
  for (const { line } of stations) expect(line.resent).toBeGreaterThan(0);
}, 60_000);

function toldCount(): number {
  return stations.reduce((count, { told }) => count + told.length, 0);
}

/** What `/readyz` says, once it refuses and no station is told anything any more. */
async function silence(running: Server | undefined): Promise<Readiness | undefined> {
  // What a checkpoint of the database frees is filled again.
  disk.fill();
  const first = await running?.readiness();
  if (first?.status !== 503) return undefined;
  const before = toldCount();
  await wait(silenceMs);
  const second = await running?.readiness();
  return second?.status === 503 && toldCount() === before ? second : undefined;
}

function until<Found>(
  what: string,
  running: Server,
  look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> {
  return whileRunning(running, { what, withinMs: 20_000 }, look);
}
