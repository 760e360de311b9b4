// npx motown export: all that the log holds, as a file that any store can be filled from.
import {
  archiveArguments,
  logHelp,
  openSource,
  refuseWords,
  runTask,
  sumLine,
} from "./arguments.ts";
import { progressOn } from "./progress.ts";
import { writeTo } from "./write-to.ts";

const usage = `Usage: npx motown export [--data-dir … | --database postgres:…] [--file file.jsonl]

Writes all that the log holds, as it is at this moment, to a file or to standard output: events,
receipts, vault, credentials, connections, requests, checkpoints. Motown may run meanwhile. Frames
and views are not in it. The vault's secret (the file "secret" of the data folder, or --secret) is
not in it either: without it no token can be read, so keep it, elsewhere.

${logHelp}`;

await runTask(async () => {
  const given = await archiveArguments(process.argv.slice(2), process.env);
  if (given === undefined) {
    process.stdout.write(usage);
    return;
  }
  refuseWords(given);
  const startedMs = performance.now();
  const source = await openSource(given.log);
  try {
    const sum = await writeTo(given.file, source, progressOn("exported"));
    process.stderr.write(`Exported ${sumLine(sum, performance.now() - startedMs)}.\n`);
  } finally {
    await source.close();
  }
});
