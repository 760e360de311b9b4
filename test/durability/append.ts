// Many write one log on PostgreSQL while a reader follows it: nothing may be missing, doubled or
// out of order.
// Usage: node test/durability/append.ts [--minutes 30]
import { parseArgs } from "node:util";
import { runAppenders } from "./appenders/run.ts";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "30" } } });
const findings = await runAppenders(Number(values.minutes) * 60);
const { events, gaps, inversions, missing, untold, conflicts } = findings;
process.stdout.write(
  `${events.toLocaleString("en")} events of 32 appenders in ${values.minutes} min, ` +
    `${conflicts.toLocaleString("en")} conflicts: ${missing} missing, ${untold} untold, ` +
    `${gaps} gaps, ${inversions} inversions\n`,
);
if (events === 0 || gaps + inversions + missing + untold > 0) process.exitCode = 1;
