import { resolve } from "node:path";
import { shownAddress } from "#postgres";
import { isConsoleBuilt } from "./console-folder.ts";
import { createLog } from "./logging.ts";
import { keyFileOf, type Motown, startMotown } from "./motown.ts";
import { isOnPostgres } from "./nodes/cluster-settings.ts";
import { loadSettings, type Settings, settingHelp } from "./settings.ts";
import { dropViewsThread } from "./views/views-thread.ts";
import { greeting } from "./words/greeting.ts";
import { wordsFor } from "./words/words-for.ts";

/** A signal within this time of the first is the same one, sent to the whole process group. */
const sameSignalMs = 1000;

/** Runs Motown until it is told to stop. */
export async function run(argv: readonly string[], started: number): Promise<void> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(`${settingHelp()}\n`);
    return;
  }
  try {
    const settings = await loadSettings(argv, process.env);
    const log = createLog({ level: settings.logLevel, format: settings.logFormat });
    if (settings.database !== "sqlite") await dropViewsThread();
    const motown = await startMotown(settings, { log, lost: exitSince });
    // Whoever reads that it runs may tell it to stop.
    stopOnSignals(motown);
    process.stdout.write(greetingOf(settings, motown, Math.round(performance.now() - started)));
  } catch (error) {
    process.stderr.write(`${wordsFor(error)}\n`);
    process.exit(1);
  }
}

/** A process that can commit nothing any more must not look alive: whoever watches restarts it. */
function exitSince(why: Error): void {
  const { message } = why;
  process.stderr.write(`${message}. Nothing can be recorded: start again. Nothing is lost.\n`);
  process.exit(1);
}

function greetingOf(settings: Settings, motown: Motown, milliseconds: number): string {
  const { publicUrl, roles, apiKey } = settings;
  const { administrator, keyFile } = motown.firstAccess;
  const isWithKeyFile = apiKey === undefined && roles.includes("api");
  return greeting({
    ...{ publicUrl, administrator, milliseconds, port: motown.port },
    ...{ dataDir: resolve(settings.dataDir), data: dataOf(settings) },
    node: isOnPostgres(settings) ? { name: motown.node, roles } : undefined,
    console: consoleOf(roles),
    keyFile: keyFile ?? (isWithKeyFile ? keyFileOf(settings) : undefined),
  });
}

function consoleOf(roles: Settings["roles"]): "there" | "notBuilt" | undefined {
  if (!roles.includes("api")) return undefined;
  return isConsoleBuilt() ? "there" : "notBuilt";
}

function dataOf({ database, dataDir, databaseSchema }: Settings): string {
  if (database === "memory") return "in memory only: it ends with the process";
  if (!isOnPostgres({ database })) return resolve(dataDir);
  return `${shownAddress(database)}, schema ${databaseSchema}`;
}

function stopOnSignals(motown: Motown): void {
  let first: number | undefined;
  const stop = (): void => {
    const now = performance.now();
    if (first !== undefined) {
      if (now - first > sameSignalMs) process.exit(1);
      return;
    }
    first = now;
    process.stdout.write(
      "Draining: stations are told to come back later. Again to stop at once.\n",
    );
    motown.stop().then(
      () => {
        process.stdout.write("Stopped. Nothing is lost.\n");
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(`${wordsFor(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
