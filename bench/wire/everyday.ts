// What goes on around a server's load on any day: stations that drop off and come back, viewers of
// the live stream, commands, an operator at the lists.
import { setTimeout as wait } from "node:timers/promises";
import { callApi, stationIdOf } from "../fleet.ts";
import type { Server } from "../process/server.ts";
import { count, newRecord, ReturningStation } from "./returning-station.ts";

/** Counts of what happened around the load. */
export interface EverydayCounts {
  readonly reconnects: number;
  readonly streams: number;
  readonly streamedEvents: number;
  readonly commands: number;
  readonly failures: Readonly<Record<string, number>>;
}

/** It goes on until it is stopped. */
export interface Everyday {
  readonly counts: () => EverydayCounts;
  readonly stop: () => Promise<void>;
}

const staysMs = { least: 2_000, most: 10_000 };
const streamMs = 3_000;
const streamsAtOnce = 3;
const commandEveryMs = 500;
const backWithinMs = 60_000;
const between = ({ least, most }: { least: number; most: number }) =>
  least + Math.random() * (most - least);

/** Starts it with so many stations that come and go, beginning with this one of the fleet. */
export function startEveryday(
  server: Server,
  fleet: { first: number; stations: number },
): Everyday {
  const failures = new Map<string, number>();
  const counts = { reconnects: 0, streams: 0, streamedEvents: 0, commands: 0 };
  const stopping = new AbortController();
  const { signal } = stopping;
  const forever = async (life: () => Promise<void>) => {
    while (!signal.aborted) {
      try {
        await life();
      } catch (error) {
        if (signal.aborted) return;
        count(failures, String((error as Error).message).slice(0, 120));
        await wait(1_000);
      }
    }
  };
  const comeAndGo = async (at: number) => {
    const station = new ReturningStation(at);
    const record = newRecord();
    const deadline = performance.now() + backWithinMs;
    if (!(await station.comeBack(server.stationUrl, record, deadline))) {
      throw new Error(`never served: ${JSON.stringify([...record.setbacks])}`);
    }
    counts.reconnects += 1;
    await pause(between(staysMs), signal);
    station.terminate();
  };
  const watch = async () => {
    counts.streams += 1;
    const response = await fetch(`${server.apiUrl}/api/v1/events`, {
      headers: { authorization: `Bearer ${server.apiKey}`, accept: "text/event-stream" },
      signal: AbortSignal.any([signal, AbortSignal.timeout(streamMs)]),
    });
    if (!response.ok) throw new Error(`the live stream: ${response.status}`);
    try {
      for await (const chunk of response.body ?? []) {
        counts.streamedEvents += Buffer.from(chunk).toString().split("\nid:").length - 1;
      }
    } catch (error) {
      // Its own end, after its seconds.
      if ((error as Error).name !== "TimeoutError") throw error;
    }
  };
  const command = async () => {
    await pause(commandEveryMs, signal);
    const stationId = stationIdOf(Math.floor(Math.random() * (fleet.first + fleet.stations)));
    const path = `/api/v1/charging-stations/${stationId}/requests`;
    const body = { type: "RequestTriggerMessage", message: "Heartbeat" };
    await callApi(server, { method: "POST", path, body });
    counts.commands += 1;
  };
  const lives = [
    ...Array.from({ length: fleet.stations }, (_none, at) =>
      forever(() => comeAndGo(fleet.first + at)),
    ),
    ...Array.from({ length: streamsAtOnce }, () => forever(watch)),
    forever(command),
  ];
  return {
    counts: () => ({ ...counts, failures: Object.fromEntries(failures) }),
    stop: async () => {
      stopping.abort();
      await Promise.all(lives);
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
