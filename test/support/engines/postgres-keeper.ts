// Keeps a run's PostgreSQL: starts it, writes its address, and takes it down when the run is over.
// Usage: node postgres-keeper.ts <folder> <process id of the run>
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startPostgres } from "./postgres-server.ts";

const [folder = "", run = ""] = process.argv.slice(2);
const lookMs = 250;

/** Whole or not at all: others wait for it. */
async function tell(what: { readonly url: string } | { readonly problem: string }): Promise<void> {
  const half = join(folder, "half.json");
  await writeFile(half, JSON.stringify(what), { mode: 0o600 });
  await rename(half, join(folder, "server.json"));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

try {
  const server = await startPostgres();
  await tell({ url: server.url });
  while (isAlive(Number(run))) await new Promise((resolve) => setTimeout(resolve, lookMs));
  await server.remove();
} catch (error) {
  await tell({ problem: String(error) });
  while (isAlive(Number(run))) await new Promise((resolve) => setTimeout(resolve, lookMs));
} finally {
  await rm(folder, { recursive: true, force: true });
}
