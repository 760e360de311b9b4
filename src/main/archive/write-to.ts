import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { ArchiveSource } from "#bus";
import { type ArchiveSum, type Progress, writeArchive } from "./format.ts";

/** Writes an archive to a file that is not there yet, synced at its end, or to standard output. */
export async function writeTo(
  file: string | undefined,
  source: ArchiveSource,
  progress: Progress,
): Promise<ArchiveSum> {
  // The vault and the credentials are in it: nobody else's business.
  const out =
    file === undefined
      ? process.stdout
      : createWriteStream(file, { flags: "wx", mode: 0o600, flush: true });
  const failed = new Promise<never>((_resolve, reject) => {
    out.once("error", reject);
  });
  failed.catch(() => undefined);
  const write = (text: string) =>
    Promise.race([
      failed,
      new Promise<void>((done) => {
        if (out.write(text)) done();
        else out.once("drain", done);
      }),
    ]);
  const sum = await writeArchive(source, write, progress);
  if (file !== undefined) await finished(out.end());
  return sum;
}
