import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFlags } from "../../tools/node-flags.mjs";
import { type Child, startChild, whileRunning } from "./child.ts";

type Ceiling = Child & { readonly stationUrl: string };

/** Starts the bare wire as a program of its own. */
export function startCeiling(): Promise<Ceiling> {
  return start([]);
}

/** Starts the bare wire with our stores behind it, on a folder that goes when it is stopped. */
export async function startStoredWire(): Promise<Ceiling> {
  const folder = mkdtempSync(join(tmpdir(), "motown-bench-"));
  const wire = await start(["--stored", folder], nodeFlags);
  const stop = async () => {
    await wire.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...wire, stop };
}

async function start(args: readonly string[], flags: readonly string[] = []): Promise<Ceiling> {
  const file = join(import.meta.dirname, "../ceiling.ts");
  const child = startChild([process.execPath, ...flags, file, ...args]);
  const port = await whileRunning(child, { what: "its port", withinMs: 10_000 }, () => {
    return /"port":(\d+)/.exec(child.said())?.[1];
  });
  return { ...child, stationUrl: `ws://127.0.0.1:${port}` };
}
