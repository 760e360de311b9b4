import { join } from "node:path";
import type { Clock, EventStore, FrameLog, Log, StoredEvent } from "#bus";
import type { Limits } from "#limits";
import type { FrameCalls } from "../frame-outbox.ts";
import { createSqliteEventStore } from "./event-store.ts";
import { createSqliteFrameLog } from "./frames/frame-log.ts";
import { type Packed, packFrames, unpackEvents } from "./packing.ts";
import type { SideCalls, SideSettings } from "./side-worker.ts";
import { WorkerCalls } from "./worker-calls.ts";

/** What the embedded stores need. */
export interface StoresOptions {
  readonly directory: string;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  /** A thread of the stores has died: only a new process can go on. */
  readonly lost?: ((why: Error) => void) | undefined;
  /** As in MOTOWN_FAULT. */
  readonly fault?: string | undefined;
}

/** The stores of one data directory; the views' file beside them is their own thread's. */
export interface Stores {
  readonly events: EventStore;
  readonly frames: FrameLog;
  readonly logPath: string;
  close(): Promise<void>;
}

/** Opens log and frames in a directory; a `StoreProblem` says why that cannot be. */
export async function openStores(options: StoresOptions): Promise<Stores> {
  const { directory, limits } = options;
  // The log's thread holds the directory's lock, so it comes first; both read the second's answers.
  const second: { worker?: WorkerCalls<SideCalls> } = {};
  const side = () => second.worker as WorkerCalls<SideCalls>;
  const events = await createSqliteEventStore({ ...options, longReads: longReadsOf(side) });
  try {
    const file = new URL("./side-worker.ts", import.meta.url);
    const settings: SideSettings = { directory, limits };
    second.worker = await WorkerCalls.start<SideCalls>({
      file,
      settings,
      name: "motown-side",
      openMs: limits.storeOpenMs,
      lost: options.lost,
    });
  } catch (error) {
    await events.close();
    throw error;
  }
  const frames = createSqliteFrameLog({ ...options, folder: frameCallsOf(side()) });
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    try {
      await frames.close();
      await side().call("close");
    } finally {
      await side().stop();
      await events.close();
    }
  };
  return {
    events,
    frames,
    logPath: join(directory, "log.sqlite"),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

function longReadsOf(side: () => WorkerCalls<SideCalls>) {
  const events = async (packed: Promise<Packed>): Promise<StoredEvent[]> =>
    unpackEvents(await packed);
  return {
    readAll: (query) => events(side().call("readAll", query)),
    readStation: (query) => events(side().call("readStation", query)),
    readCorrelation: (query) => events(side().call("readCorrelation", query)),
    connectionsByNode: (query) => side().call("connectionsByNode", query),
    connectedStations: (query) => side().call("connectedStations", query),
  } satisfies Partial<EventStore>;
}

function frameCallsOf(side: WorkerCalls<SideCalls>): FrameCalls {
  return {
    add: (frames) => side.call("addFrames", packFrames(frames)),
    list: (query) => side.call("listFrames", query),
    deviations: (query) => side.call("deviations", query),
    modelDeviations: (query) => side.call("modelDeviations", query),
    dropBefore: (day) => side.call("dropFrames", day),
  };
}
