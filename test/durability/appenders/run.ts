import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "#bus";
import { createPostgresEventStore } from "#event-store";
import { limitsWith } from "#limits";
import { testDatabase } from "../../support/engines/postgres.ts";
import type { Told } from "./appender.ts";
import { createAudit, type Findings } from "./audit.ts";

/** Connections of each process: 32 appenders on 4 connections of 3 processes. */
const storesOfProcesses = [2, 1, 1];
const page = 5_000;
const tailMs = 20;
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** Appends from several processes at once while a reader follows; what became of it. */
export async function runAppenders(seconds: number): Promise<Findings> {
  const database = await testDatabase({ synced: true });
  const options = { url: database.url, limits: limitsWith(), clock: systemClock, log };
  const reader = await createPostgresEventStore(options);
  const audit = createAudit();
  let isOver = false;
  const follow = async () => {
    for (let isLast = false; ; ) {
      const events = await reader.readAll({ after: audit.position(), limit: page });
      audit.take(events);
      if (events.length === 0 && isLast) return;
      isLast = isOver;
      if (events.length < page) await pause(tailMs);
    }
  };
  try {
    const following = follow();
    const processes = storesOfProcesses.map((stores, number) =>
      appenderProcess([database.url, `${number}`, `${stores}`, `${seconds}`]),
    );
    const told = await Promise.all(processes).finally(() => {
      isOver = true;
    });
    await following;
    return audit.findings(told.flat());
  } finally {
    await reader.close();
    await database.drop();
  }
}

async function appenderProcess(args: readonly string[]): Promise<Told[]> {
  const file = join(import.meta.dirname, "appender.ts");
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`an appender ended with code ${code}`);
  return JSON.parse(said);
}
