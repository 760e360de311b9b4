// npx motown import: fills an empty log from what `motown export` has written.
import {
  archiveArguments,
  createTarget,
  logHelp,
  refuseWords,
  runTask,
  sumLine,
} from "./arguments.ts";
import { readArchive } from "./format.ts";
import { inputOf, linesOf } from "./lines.ts";
import { progressOn } from "./progress.ts";

const usage = `Usage: npx motown import [--data-dir … | --database postgres:…] [--file file.jsonl]

Fills a log that is empty or not there yet from an archive: a file, or standard input. Nothing is
kept unless all of it has come and its checksum is right; run it again then. The vault's secret must
be the one that the archive was made with: put its file "secret" into the data folder, or set
--secret. So a log moves from one database to the other:

  npx motown export --data-dir motown-data | npx motown import --database postgres://…

${logHelp}`;

await runTask(async () => {
  const given = await archiveArguments(process.argv.slice(2), process.env);
  if (given === undefined) {
    process.stdout.write(usage);
    return;
  }
  refuseWords(given);
  const startedMs = performance.now();
  const input = await inputOf(given.file);
  const target = await createTarget(given.log);
  const sum = await readArchive(linesOf(input), target, progressOn("imported"));
  process.stderr.write(`Imported ${sumLine(sum, performance.now() - startedMs)}.\n`);
});
