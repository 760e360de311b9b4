// The motown command: speaks to the API like anyone, and starts the server or the simulator.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Command, CommanderError } from "commander";
import motown from "../../package.json" with { type: "json" };
import { addOnCommands } from "./commands/add-ons.ts";
import { catalogueCommands } from "./commands/catalogue.ts";
import { chargingCommands } from "./commands/charging.ts";
import { clusterCommands } from "./commands/cluster.ts";
import { deviationCommands } from "./commands/deviations.ts";
import { eventCommands } from "./commands/events.ts";
import { officeCommands } from "./commands/office.ts";
import { stationCommands } from "./commands/stations.ts";
import { withGlobalOptions } from "./context.ts";
import { PlainProblem } from "./problem.ts";

/** Other programs of the house, which read their own arguments. */
const programs: Readonly<Record<string, string>> = {
  serve: "../main.ts",
  simulate: "../simulator/main.ts",
  export: "../main/archive/export.ts",
  import: "../main/archive/import.ts",
  restored: "../main/archive/restored.ts",
  partitions: "../main/archive/partitions.ts",
};

async function main(words: readonly string[]): Promise<void> {
  const [first = ""] = words;
  const other = Object.hasOwn(programs, first) ? programs[first] : undefined;
  if (other !== undefined) {
    process.argv.splice(2, 1);
    await import(pathToFileURL(join(import.meta.dirname, other)).href);
    return;
  }
  const program = withGlobalOptions(new Command("motown"), process.env)
    .description("Runs a network of EV charging stations.")
    .version(motown.version)
    .showHelpAfterError()
    .exitOverride();
  program.command("serve").description("start the server (see npx motown serve --help)");
  program.command("export").description("write all that the log holds to a file (see --help)");
  program.command("import").description("fill an empty log from such a file (see --help)");
  program.command("restored").description("say that a log was brought back otherwise (see --help)");
  program.command("partitions").description("archive old events of PostgreSQL (see --help)");
  program.command("simulate").description("connect simulated stations (see --help)");
  stationCommands(program);
  catalogueCommands(program);
  chargingCommands(program);
  eventCommands(program);
  deviationCommands(program);
  addOnCommands(program);
  officeCommands(program);
  clusterCommands(program);
  await program.parseAsync([...words], { from: "user" });
}

function say(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
    return;
  }
  process.exitCode = 1;
  const text =
    error instanceof PlainProblem
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error);
  process.stderr.write(`${text}\n`);
  const next = error instanceof PlainProblem ? error.next : [];
  for (const step of next) process.stderr.write(`  → ${step}\n`);
}

// A reader that has seen enough (`motown events | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

await main(process.argv.slice(2)).catch(say);
