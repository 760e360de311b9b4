import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a directory and those above it that are missing. Node's own `recursive` never ends where a
 * file system (/proc) says that a folder is missing whose parent is there.
 */
export function makeDirectory(path: string, mode = 0o777): void {
  const above = dirname(path);
  if (!existsSync(above)) makeDirectory(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    if (!isThere || !statSync(path).isDirectory()) throw error;
  }
}
