// npx motown export: all that the log holds, as a file that any store can be filled from.
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { finished } from "node:stream/promises";
import { openSqliteArchive } from "#event-store";
import { archiveArguments, progressLines, runTask, sumLine } from "./arguments.ts";
import { writeArchive } from "./format.ts";

const usage = `Usage: npx motown export [--data-dir folder] [--file archive.jsonl]

Writes all that the log holds, as it is at this moment, to a file or to standard output: events,
receipts, vault, credentials, connections, requests, checkpoints. Motown may run meanwhile. Frames
and views are not in it. The vault's secret (the file "secret" of the data folder, or --secret) is
not in it either: without it no token can be read, so keep it, elsewhere.
`;

await runTask(async () => {
  const given = archiveArguments(process.argv.slice(2), process.env);
  if (given === undefined) {
    process.stdout.write(usage);
    return;
  }
  const startedMs = performance.now();
  const source = openSqliteArchive(resolve(given.dataDir));
  const isFile = given.file !== undefined;
  // The vault and the credentials are in it: nobody else's business.
  const out = isFile
    ? createWriteStream(given.file ?? "", { flags: "wx", mode: 0o600 })
    : process.stdout;
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
  const sum = await writeArchive(source, write, progressLines("exported"));
  await source.close();
  if (isFile) await finished(out.end());
  process.stderr.write(`Exported ${sumLine(sum, performance.now() - startedMs)}.\n`);
});
