// A client of the API that goes on asking while something else happens, and notes how long it took.
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { type ApiAccess, stationIdOf } from "../fleet.ts";
import { type Percentiles, percentiles } from "../tally.ts";

/** What a client of the API saw. */
export interface ApiSeen extends Percentiles {
  readonly asked: number;
  /** By what it was: a status, or an error's code. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Somebody at the console, while the storm goes on. */
export interface ApiWatch {
  /** What was seen since the last look. */
  readonly seen: () => ApiSeen;
  readonly stop: () => Promise<void>;
}

const everyMs = 200;
const answerWithinMs = 10_000;

/** Asks for the list, one station and the health, in turns, five times a second. */
export function watchApi({ apiUrl, apiKey }: ApiAccess): ApiWatch {
  let latencies: number[] = [];
  let failures = new Map<string, number>();
  let stopped = false;
  const paths = [
    "/api/v1/charging-stations?limit=50",
    `/api/v1/charging-stations/${stationIdOf(0)}`,
    "/readyz",
  ];
  const ask = async (path: string) => {
    const start = performance.now();
    let failure: string | undefined;
    try {
      const response = await fetch(apiUrl + path, {
        headers: { authorization: `Bearer ${apiKey}` },
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await response.arrayBuffer();
      if (!response.ok) failure = String(response.status);
    } catch (error) {
      failure = (error as Error).name + String((error as Error & { cause?: unknown }).cause ?? "");
    }
    latencies.push(performance.now() - start);
    if (failure !== undefined) failures.set(failure, (failures.get(failure) ?? 0) + 1);
  };
  const loop = (async () => {
    for (let at = 0; !stopped; at += 1) {
      const due = wait(everyMs);
      await ask(paths[at % paths.length] as string);
      await due;
    }
  })();
  return {
    seen: () => {
      const seen = { asked: latencies.length, ...percentiles(latencies) };
      const failed = Object.fromEntries(failures);
      latencies = [];
      failures = new Map();
      return { ...seen, failures: failed };
    },
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
}
