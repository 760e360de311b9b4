import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where `npm start`, and the image, put the console that they build. */
export const consoleFolder = join(import.meta.dirname, "../../console/dist");

/** Whether there is one to be served. */
export function isConsoleBuilt(): boolean {
  return existsSync(join(consoleFolder, "index.html"));
}
