// Runs in the log's thread: the only writer of the log, and its reader where a decision waits.
import { join } from "node:path";
import type { Faults } from "#bus";
import type { LogNote } from "./log-notes.ts";
import { createLogReader, type EventColumns } from "./log-reader.ts";
import { openLog } from "./log-schema.ts";
import { LogWriter } from "./log-writer.ts";
import { lockDirectory } from "./opening/directory-lock.ts";
import { openMarkOf } from "./opening/open-mark.ts";
import { isOfUnit, logName, opening, openProblem, reasonOf } from "./opening/sqlite-errors.ts";
import { type Packed, packResults, packRows, unpackUnits } from "./packing.ts";
import { CommitFailed, serveCalls } from "./worker-server.ts";

/** What the log's thread is started with. */
export interface LogSettings {
  readonly directory: string;
  readonly chainCacheMax: number;
  readonly receiptScanMax: number;
  /** As in MOTOWN_FAULT. */
  readonly fault?: string | undefined;
}

/** What the log's thread can be asked. */
export type LogCalls = Awaited<ReturnType<typeof open>>;

async function open(settings: LogSettings) {
  try {
    // The bus is loaded only where a test has armed a fault.
    const faults = settings.fault && (await import("#bus")).faultsFrom(settings.fault);
    return openIn(settings, faults || { hit: () => {} });
  } catch (error) {
    throw openProblem(settings.directory, error);
  }
}

function openIn(settings: LogSettings, faults: Faults) {
  const { directory, chainCacheMax, receiptScanMax } = settings;
  const lock = lockDirectory(directory);
  const path = join(directory, logName);
  const mark = openMarkOf(path);
  const { database, writer } = opening(path, () => {
    const database = openLog(path);
    const writer = new LogWriter({ database, chainCacheMax, receiptScanMax, faults });
    return { database, writer };
  });
  mark.set();
  const { readAt, readAll, readStream, readStation, readCorrelation, ...reader } = createLogReader(
    database,
    writer.ends,
  );
  const packed =
    <Query>(read: (query: Query) => EventColumns[]) =>
    (query: Query) =>
      packRows(read(query));
  return {
    commit: (units: Packed, notes: readonly LogNote[]) => {
      try {
        const outcome = writer.commit(unpackUnits(units), notes);
        return { results: packResults(outcome.results), notes: outcome.notes };
      } catch (error) {
        throw new CommitFailed(reasonOf(error), isOfUnit(error));
      }
    },
    ...reader,
    head: () => writer.head,
    readAt: packed(readAt),
    readAll: packed(readAll),
    readStream: packed(readStream),
    readStation: packed(readStation),
    readCorrelation: packed(readCorrelation),
    close: () => {
      try {
        writer.settle();
      } catch {
        // The disk fails, and nothing is lost by it: the next start finds the ends in the events.
      }
      mark.remove();
      database.close();
      lock.release();
    },
  };
}

await serveCalls(open);
