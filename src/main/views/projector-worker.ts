// The views' thread: owns their database and reads the log beside its writer. Rebuilt views are a
// file of their own; `views.current` names the one in force: a crash leaves the old or the new one.

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { type MessagePort, parentPort } from "node:worker_threads";
import { systemClock } from "#bus";
import {
  isDamaged,
  type LogEvents,
  openLogEvents,
  openSqliteViewStore,
  stepBack,
} from "#event-store";
import type { Limits } from "#limits";
import {
  createProjector,
  createQueries,
  type EventSource,
  remoteLog,
  serveViews,
  views,
} from "#views";

/** What the views' thread is told once it is loaded. The log exists by then. */
export interface ProjectorSettings {
  readonly directory: string;
  readonly logPath: string;
  readonly limits: Limits;
}

const pointer = "views.current";
const firstFile = "views.sqlite";

if (parentPort === null) throw new Error("the projector runs in a worker");
const told = new Promise<{ settings: ProjectorSettings; port: MessagePort }>((resolve) => {
  parentPort?.once("message", resolve);
});
// Kept now, since a process that is killed would keep nothing.
flushCompileCache();
const { settings, port } = await told;
stepBack();
await run(port, settings);

async function run(
  port: MessagePort,
  { directory, logPath, limits }: ProjectorSettings,
): Promise<void> {
  const log = openLogEvents(logPath);
  let current = currentFile(directory);
  dropOthers(directory, current);
  const start = async () => {
    const opened = openSqliteViewStore(join(directory, current), limits);
    const source = sourceOf(log);
    const all = Object.values(views);
    const parts = { source, store: opened, views: all, limits, clock: systemClock };
    const own = createProjector({ ...parts, log: remoteLog(port) });
    await own.start();
    return { store: opened, projector: own };
  };
  const started = await start().catch((error: unknown) => {
    if (!isDamaged(error)) throw error;
    const file = join(directory, current);
    remoteLog(port).error("The views are damaged, and are built again from the log", { file });
    removeDatabase(file);
    return start();
  });
  let { store } = started;
  const { projector } = started;
  const queries = createQueries({ store: projector, views, passed: projector.passed, limits });
  let rebuilding = false;
  const rebuild = async () => {
    if (rebuilding) throw new Error("the views are being built again already");
    rebuilding = true;
    const next = nextFile(current);
    removeDatabase(join(directory, next));
    const fresh = openSqliteViewStore(join(directory, next), limits);
    try {
      const rebuilt = await projector.rebuild(fresh);
      store = fresh;
      setCurrent(directory, next);
      removeDatabase(join(directory, current));
      current = next;
      return rebuilt;
    } catch (error) {
      if (store !== fresh) await fresh.close();
      throw error;
    } finally {
      rebuilding = false;
    }
  };
  const stop = async () => {
    await projector.stop();
    await store.close();
    log.close();
  };
  serveViews(port, { projector, queries, rebuild, stop });
}

/** Between two batches this thread looks at what it was asked: a long log takes minutes. */
function sourceOf({ head, readAll }: LogEvents): EventSource {
  return {
    head,
    readAll: async (query) => {
      await new Promise((resolve) => setImmediate(resolve));
      return readAll(query);
    },
  };
}

function currentFile(directory: string): string {
  try {
    return readFileSync(join(directory, pointer), "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return firstFile;
    throw error;
  }
}

function setCurrent(directory: string, file: string): void {
  const written = join(directory, `${pointer}.new`);
  writeFileSync(written, `${file}\n`);
  renameSync(written, join(directory, pointer));
}

function nextFile(current: string): string {
  const count = Number(/-(\d+)\.sqlite$/.exec(current)?.[1] ?? 1);
  return `views-${count + 1}.sqlite`;
}

/** What an interrupted rebuild has left. */
function dropOthers(directory: string, current: string): void {
  for (const name of readdirSync(directory)) {
    const database = /^(views(-\d+)?\.sqlite)(-wal|-shm)?$/.exec(name)?.[1];
    if (database !== undefined && database !== current) rmSync(join(directory, name));
  }
}

function removeDatabase(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${path}${ending}`, { force: true });
}
