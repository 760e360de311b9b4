// Runs in the second thread: frames, and reads of the log that may be long.
import { join } from "node:path";
import type { DeviationQuery } from "#bus";
import type { Limits } from "#limits";
import type { FrameQuery } from "../frame.ts";
import { FrameFolder } from "./frames/frame-folder.ts";
import { createLogReader, type EventColumns } from "./log-reader.ts";
import { openLogReader } from "./log-schema.ts";
import { openProblem } from "./opening/sqlite-errors.ts";
import { type Packed, packRows, unpackFrames } from "./packing.ts";
import { stepBack } from "./step-back.ts";
import { serveCalls } from "./worker-server.ts";

/** What the second thread is started with. The log exists already. */
export interface SideSettings {
  readonly directory: string;
  readonly limits: Limits;
}

/** What the second thread can be asked. */
export type SideCalls = Awaited<ReturnType<typeof open>>;

async function open(settings: SideSettings) {
  try {
    return openIn(settings);
  } catch (error) {
    throw openProblem(settings.directory, error);
  }
}

function openIn({ directory, limits }: SideSettings) {
  const frames = new FrameFolder(directory, limits);
  const log = openLogReader(join(directory, "log.sqlite"));
  const reader = createLogReader(log);
  const packed =
    <Query>(read: (query: Query) => EventColumns[]) =>
    (query: Query) =>
      packRows(read(query));
  return {
    readAll: packed(reader.readAll),
    readStation: packed(reader.readStation),
    readCorrelation: packed(reader.readCorrelation),
    connectionsByNode: reader.connectionsByNode,
    connectedStations: reader.connectedStations,
    addFrames: (list: Packed) => frames.add(unpackFrames(list)),
    listFrames: (query: FrameQuery) => frames.list(query),
    deviations: (query: DeviationQuery) => frames.deviations(query),
    modelDeviations: (query: DeviationQuery) => frames.modelDeviations(query),
    dropFrames: (before: string) => frames.dropBefore(before),
    close: () => {
      frames.close();
      log.close();
    },
  };
}

stepBack();
await serveCalls(open);
