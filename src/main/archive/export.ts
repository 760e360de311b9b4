// npx motown export: all that the log holds, as a file that any store can be filled from.
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { ArchiveSource } from "#bus";
import { archiveArguments, logHelp, openSource, runTask, sumLine } from "./arguments.ts";
import { type ArchiveSum, writeArchive } from "./format.ts";
import { progressOn } from "./progress.ts";

const usage = `Usage: npx motown export [--data-dir folder | --database postgres://…] [--file archive.jsonl]

Writes all that the log holds, as it is at this moment, to a file or to standard output: events,
receipts, vault, credentials, connections, requests, checkpoints. Motown may run meanwhile. Frames
and views are not in it. The vault's secret (the file "secret" of the data folder, or --secret) is
not in it either: without it no token can be read, so keep it, elsewhere.

${logHelp}`;

await runTask(async () => {
  const given = archiveArguments(process.argv.slice(2), process.env);
  if (given === undefined) {
    process.stdout.write(usage);
    return;
  }
  const startedMs = performance.now();
  const source = await openSource(given.log);
  try {
    const sum = await writeTo(given.file, source);
    process.stderr.write(`Exported ${sumLine(sum, performance.now() - startedMs)}.\n`);
  } finally {
    await source.close();
  }
});

/** To a file that is not there yet, or to standard output. */
async function writeTo(file: string | undefined, source: ArchiveSource): Promise<ArchiveSum> {
  // The vault and the credentials are in it: nobody else's business.
  const out =
    file === undefined ? process.stdout : createWriteStream(file, { flags: "wx", mode: 0o600 });
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
  const sum = await writeArchive(source, write, progressOn("exported"));
  if (file !== undefined) await finished(out.end());
  return sum;
}
