// npx motown restored: for a log that was brought back by other means than `motown import`.
import { restoredMark, systemClock } from "#bus";
import {
  createPostgresEventStore,
  eventPartitionsOf,
  openSqliteArchive,
  openStores,
} from "#event-store";
import {
  archiveArguments,
  type LogPlace,
  logHelp,
  quiet,
  refuseWords,
  runTask,
} from "./arguments.ts";

const usage = `Usage: npx motown restored [--data-dir … | --database postgres:…]

Says that a log was brought back from a backup by other means than \`motown import\`, which says so
by itself: a copy of the data folder, a dump, a server at a moment of the past. Stop Motown first.
The next start gives transactions and reservations numbers far above those that stations may hold.

${logHelp}`;

await runTask(async () => {
  const given = await archiveArguments(process.argv.slice(2), process.env);
  if (given === undefined) {
    process.stdout.write(usage);
    return;
  }
  refuseWords(given);
  const { events, close } = await openLog(given.log);
  try {
    const head = await events.head();
    // A log without events has given no number.
    if (head > 0) await events.saveCheckpoint({ consumer: restoredMark, position: head });
    process.stderr.write(`Noted at event ${head}. Numbers go on far above at the next start.\n`);
  } finally {
    await close();
  }
});

/** Opens a log that is there: a new one would be none that was brought back. */
async function openLog(log: LogPlace) {
  if (log.at === "database") {
    await eventPartitionsOf(log.options);
    const events = await createPostgresEventStore({ ...log.options, clock: systemClock });
    return { events, close: () => events.close() };
  }
  const { directory, limits } = log;
  await openSqliteArchive(directory).close();
  return openStores({ directory, limits, clock: systemClock, log: quiet });
}
