import { open, rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { ArchiveSource } from "#bus";
import { type ArchiveSum, type Progress, writeArchive } from "./format.ts";

/** Writes an archive to a file that is not there yet, synced at its end, or to standard output. */
export async function writeTo(
  file: string | undefined,
  source: ArchiveSource,
  progress: Progress,
): Promise<ArchiveSum> {
  if (file === undefined) return writeAll(process.stdout, source, progress);
  // The vault and the credentials are in it: nobody else's business.
  const handle = await open(file, "wx", 0o600);
  const out = handle.createWriteStream({ flush: true });
  try {
    const sum = await writeAll(out, source, progress);
    await finished(out.end());
    return sum;
  } catch (error) {
    // Half an archive must not lie where a whole one is looked for.
    out.destroy();
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
}

async function writeAll(
  out: NodeJS.WritableStream,
  source: ArchiveSource,
  progress: Progress,
): Promise<ArchiveSum> {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  // For as long as it is there: a second failure is none of its own.
  out.on("error", failed.reject);
  const write = (text: string) => {
    if (out.write(text)) return Promise.resolve();
    const drained = Promise.withResolvers<void>();
    out.once("drain", drained.resolve);
    return Promise.race([failed.promise, drained.promise]);
  };
  return writeArchive(source, write, progress);
}
