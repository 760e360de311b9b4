import { join } from "node:path";
import { type Child, startChild, whileRunning } from "./child.ts";

/** Starts the bare wire as a program of its own. */
export async function startCeiling(): Promise<Child & { readonly stationUrl: string }> {
  const child = startChild([process.execPath, join(import.meta.dirname, "../ceiling.ts")]);
  const port = await whileRunning(child, { what: "its port", withinMs: 10_000 }, () => {
    return /"port":(\d+)/.exec(child.said())?.[1];
  });
  return { ...child, stationUrl: `ws://127.0.0.1:${port}` };
}
