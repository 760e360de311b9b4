// A real server on the directory of a large network, and somebody who may see all of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callApi } from "../fleet.ts";
import { whileRunning } from "../process/child.ts";
import { type Server, startServer } from "../process/server.ts";
import { LogFiller } from "../seeded/log-file-filler.ts";
import { manyStations, numberedId } from "../seeded/many-stations.ts";

/** A network that is served. */
export interface Network {
  readonly server: Server;
  readonly stations: number;
  readonly person: Person;
  /** How long it took to write the log, and until the views showed all of it. */
  readonly built: { readonly logSeconds: number; readonly viewsSeconds: number };
  stop(): Promise<void>;
}

/** Whether the n-th station is not connected. */
export function isAway(n: number): boolean {
  return !connected.includes(n);
}

/** Who signs in. */
export interface Person {
  readonly user: string;
  readonly password: string;
}

const person: Person = { user: "duty", password: "a password of the one on duty" };
const viewsWithinMs = 300_000;
/** Stations that are connected: the first, so that the list begins otherwise without them. */
const connected = [0, 2, 3];

/** Writes a network of so many stations into an empty directory and serves it. */
export async function startNetwork(stations: number): Promise<Network> {
  const dataDir = mkdtempSync(join(tmpdir(), "motown-console-"));
  const apiKey = "bench-key-of-a-large-network-0123456789";
  let server: Server | undefined;
  const sockets: WebSocket[] = [];
  const stop = async () => {
    for (const socket of sockets) socket.close();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    server = await startServer({ dataDir, apiKey });
    await addPerson(server);
    await server.stop();
    const startMs = performance.now();
    const filler = new LogFiller(dataDir);
    filler.addAll(manyStations(stations));
    filler.end();
    const filledMs = performance.now();
    server = await startServer({ dataDir, apiKey });
    await viewsAreBuilt(server);
    for (const n of connected) sockets.push(await connect(server, numberedId(n)));
    const seconds = (from: number, to: number) => Math.round((to - from) / 10) / 100;
    const built = {
      logSeconds: seconds(startMs, filledMs),
      viewsSeconds: seconds(filledMs, performance.now()),
    };
    return { server, stations, person, built, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A station that has connected, and says nothing. */
function connect({ stationUrl }: Server, stationId: string): Promise<WebSocket> {
  const socket = new WebSocket(`${stationUrl}/${stationId}`, "ocpp1.6");
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error(`${stationId} was not let in`));
  });
}

/** The first password opens nothing but the change of itself. */
async function addPerson(server: Server): Promise<void> {
  const { user, password } = person;
  const body = { user, administrator: true };
  const made = (await callApi(server, { method: "POST", path: "/api/v1/users", body })) as {
    readonly oneTimePassword: string;
  };
  const once = Buffer.from(`${user}:${made.oneTimePassword}`).toString("base64");
  await callApi(server, {
    method: "PUT",
    path: "/api/v1/me/password",
    headers: { authorization: `Basic ${once}` },
    body: { password },
  });
}

interface ClusterStatus {
  readonly head?: number;
  readonly engines: { readonly views: { readonly ok: boolean; readonly position?: number } };
}

function viewsAreBuilt(server: Server): Promise<true> {
  const options = { what: "the views of all stations", withinMs: viewsWithinMs };
  return whileRunning(server, options, async () => {
    const path = "/api/v1/cluster";
    const { head, engines } = (await callApi(server, { method: "GET", path })) as ClusterStatus;
    const { ok, position = -1 } = engines.views;
    return ok && head !== undefined && position >= head ? true : undefined;
  });
}
