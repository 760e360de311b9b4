// What a request takes from the operator to the station, and until the operator knows its outcome:
// by the node that holds the station's socket, and by another one, in turns.
import { performance } from "node:perf_hooks";
import { callApi, prepareFleet, stationIdOf } from "../fleet.ts";
import type { Server } from "../process/server.ts";
import { percentiles, rounded } from "../tally.ts";
import { Listener } from "./listener.ts";
import { startNodes } from "./nodes.ts";

interface CrossingRow {
  readonly carrier: "NATS" | "PostgreSQL";
  readonly what: string;
  readonly requests: number;
  readonly ownP50Ms: number;
  readonly ownP95Ms: number;
  readonly otherP50Ms: number;
  readonly otherP95Ms: number;
  readonly addedP50Ms: number;
  readonly addedP95Ms: number;
}

interface Taken {
  readonly heardMs: number[];
  readonly knownMs: number[];
}

const stations = 20;
/** Until the compiler has seen it. */
const warmUpRequests = 60;

/** Measures on two nodes; which of them leads the views falls to chance, so both hold stations. */
export async function measureCrossing(options: {
  readonly bus: boolean;
  readonly requests: number;
}): Promise<CrossingRow[]> {
  const { nodes, close } = await startNodes({ count: 2, bus: options.bus });
  const listeners = Array.from({ length: stations }, (_none, at) => new Listener(stationIdOf(at)));
  try {
    const servers = nodes.map(({ server }) => server);
    const at = (number: number) => servers[number % servers.length] as Server;
    await prepareFleet(at(0), stations, { tokens: false });
    for (const [number, listener] of listeners.entries()) {
      await listener.connect(at(number).stationUrl);
    }
    const taken = { own: noneTaken(), other: noneTaken() };
    for (let number = 0; number < warmUpRequests + options.requests; number += 1) {
      const station = number % stations;
      const listener = listeners[station] as Listener;
      const round = Math.floor(number / stations);
      const into = number < warmUpRequests ? noneTaken() : taken[round % 2 === 0 ? "own" : "other"];
      await request(at(station + round), { listener, mark: `crossing-${number}`, into });
    }
    const carrier = options.bus ? "NATS" : "PostgreSQL";
    return [
      { carrier, what: "heard by the station", ...compared(taken, "heardMs") },
      { carrier, what: "known to the operator", ...compared(taken, "knownMs") },
    ];
  } finally {
    for (const listener of listeners) await listener.close();
    await close();
  }
}

const noneTaken = (): Taken => ({ heardMs: [], knownMs: [] });

async function request(
  server: Server,
  given: { readonly listener: Listener; readonly mark: string; readonly into: Taken },
): Promise<void> {
  const { listener, mark, into } = given;
  const began = performance.now();
  const outcome = await callApi(server, {
    method: "POST",
    path: `/api/v1/charging-stations/${listener.stationId}/requests`,
    body: { type: "RequestDataTransfer", vendorId: "Bench", data: mark },
    headers: { prefer: "wait=10" },
  });
  const known = performance.now();
  const heard = listener.heard.get(mark);
  if (heard === undefined) throw new Error(`${mark} was not heard: ${JSON.stringify(outcome)}`);
  into.heardMs.push(heard - began);
  into.knownMs.push(known - began);
}

function compared(taken: { readonly own: Taken; readonly other: Taken }, what: keyof Taken) {
  const own = percentiles(taken.own[what]);
  const other = percentiles(taken.other[what]);
  const added = (which: "p50" | "p95") =>
    rounded((other[which] ?? Number.NaN) - (own[which] ?? Number.NaN), 2);
  return {
    requests: taken.own[what].length + taken.other[what].length,
    ownP50Ms: own.p50 ?? Number.NaN,
    ownP95Ms: own.p95 ?? Number.NaN,
    otherP50Ms: other.p50 ?? Number.NaN,
    otherP95Ms: other.p95 ?? Number.NaN,
    addedP50Ms: added("p50"),
    addedP95Ms: added("p95"),
  };
}
