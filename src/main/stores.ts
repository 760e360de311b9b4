import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type Cipher,
  cipherOf,
  type Environment,
  type EventStore,
  type FrameLog,
  faultsFrom,
} from "#bus";
import { growthChannelOf } from "#cluster";
import {
  createMemoryEventStore,
  createMemoryFrameLog,
  createPostgresEventStore,
  makeDirectory,
  openPostgresFrameLog,
  openStores,
} from "#event-store";
import type { DatabaseOptions } from "#postgres";
import { StoreProblem } from "#store-problem";
import { databaseOf, isOnPostgres, secretLengthMin } from "./nodes/cluster-settings.ts";
import { SettingProblem } from "./setting-problem.ts";
import type { Settings } from "./settings.ts";

/** The log and the frames of one process. */
export interface HouseStores {
  readonly events: EventStore;
  readonly frames: FrameLog;
  /** Where the log is; absent: elsewhere. */
  readonly disk?: { readonly directory: string; readonly logPath: string };
  /** The database that it is in, where other nodes may share it. */
  readonly database?: DatabaseOptions;
  close(): Promise<void>;
}

/** Opens the stores that the settings name. */
export async function openHouseStores(
  settings: Settings,
  environment: Omit<Environment, "cipher"> & { readonly lost?: (why: Error) => void },
): Promise<HouseStores> {
  const fault = process.env.MOTOWN_FAULT;
  if (isOnPostgres(settings)) return inDatabase(settings, environment);
  if (settings.database === "memory") return inMemory(environment, fault);
  const directory = resolve(settings.dataDir);
  const stores = await openStores({ ...environment, directory, fault });
  return { ...stores, disk: { directory, logPath: stores.logPath } };
}

async function inDatabase(
  settings: Settings,
  { clock, log }: Pick<Environment, "clock" | "log">,
): Promise<HouseStores> {
  const database = databaseOf(settings, log);
  const options = { ...database, clock };
  const { cell, bus } = settings;
  // Where another bus carries messages, nodes tell each other by that how far the log has grown.
  const channel = bus === undefined ? growthChannelOf({ database, cell }) : undefined;
  const events = await createPostgresEventStore({ ...options, channel });
  try {
    const frames = await openPostgresFrameLog(options);
    return {
      events,
      frames,
      database,
      close: async () => {
        await Promise.all([events.close(), frames.close()]);
      },
    };
  } catch (error) {
    await events.close();
    throw error;
  }
}

function inMemory({ limits }: Omit<Environment, "cipher">, fault: string | undefined): HouseStores {
  const events = createMemoryEventStore({ limits, faults: faultsFrom(fault) });
  const frames = createMemoryFrameLog(limits);
  return {
    events,
    frames,
    close: async () => {
      await events.close();
      await frames.close();
    },
  };
}

/** The vault's secret: the setting, else a file of the data folder that only its owner may read. */
export function houseCipher(settings: Settings): Cipher {
  if (settings.secret !== undefined) {
    if (settings.secret.length < secretLengthMin) {
      throw new SettingProblem(`--secret must have at least ${secretLengthMin} characters.`);
    }
    return cipherOf(bytesOf(settings.secret));
  }
  if (settings.database === "memory") return cipherOf(randomBytes(secretLengthMin));
  return cipherOf(bytesOf(secretOf(resolve(settings.dataDir))));
}

/** What a data folder's file holds is the same secret when it is set, for a log that has moved. */
function bytesOf(secret: string): Buffer {
  return Buffer.from(secret, /^[0-9a-f]{64}$/.test(secret) ? "hex" : "utf8");
}

function secretOf(directory: string): string {
  const path = join(directory, "secret");
  try {
    makeDirectory(directory, 0o700);
    writeOnce(path, `${randomBytes(secretLengthMin).toString("hex")}\n`);
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new StoreProblem(
      "unwritable",
      `The data directory ${directory} cannot be used (${(error as Error).message}). ` +
        "Name another with --data-dir, or give this user the right to write there.",
    );
  }
}

function writeOnce(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
