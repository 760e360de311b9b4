// `npm run simulate:long`: as many worlds as there is time for, or one again by its seed.
import { parseArgs } from "node:util";
import { failureText, nodesFlag, Totals } from "./report.ts";
import { type RunOptions, type RunResult, runSeed } from "./run.ts";
import { sampleText, soak, soakText } from "./soak.ts";
import { growthOf, type Sample } from "./soak-figures.ts";

const usage = `npm run simulate:long -- [options]
  --seeds N       so many worlds (default 1,000)
  --minutes M     as many as fit into M minutes
  --seed S        this one; with --trace all of it
  --first S       the first seed (default 1)
  --nodes N       several nodes on one database: so many, or "any", as the seed says
  --hours H       one world for so many virtual hours; fails if heap or RSS grow
  --stations N    how many stations, with --hours (default 20)
`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    minutes: { type: "string" },
    seed: { type: "string" },
    hours: { type: "string" },
    stations: { type: "string", default: "20" },
    first: { type: "string", default: "1" },
    nodes: { type: "string" },
    trace: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const lineEveryMs = 5_000;
const nodes = nodesOf(values.nodes);
const flags = nodesFlag(nodes);

function nodesOf(text: string | undefined): RunOptions["nodes"] {
  return text === undefined || text === "any" ? text : Number(text);
}

async function one(seed: number): Promise<RunResult> {
  const trace = values.trace ? (line: string) => process.stdout.write(line) : undefined;
  return runSeed({ seed, trace, nodes });
}

async function many(): Promise<boolean> {
  const totals = new Totals();
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1000;
  const mostMs = Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
  const most = Number(values.seeds ?? (values.minutes === undefined ? 1_000 : Number.MAX_VALUE));
  const first = Number(values.first);
  let toldMs = startedMs;
  for (let seed = first; seed < first + most; seed++) {
    const now = performance.now();
    if (now - startedMs > mostMs) break;
    if (now - toldMs > lineEveryMs) {
      toldMs = now;
      process.stdout.write(`${totals.line(seconds())}\n`);
    }
    const result = await one(seed);
    totals.add(result);
    if (result.violations.length > 0) process.stdout.write(`${failureText(result, flags)}\n`);
  }
  process.stdout.write(`${totals.table(seconds())}\n`);
  return totals.failed === 0;
}

async function again(seed: number): Promise<boolean> {
  const result = await one(seed);
  const totals = new Totals();
  totals.add(result);
  process.stdout.write(`${totals.table(1)}\nfingerprint ${result.fingerprint}\n`);
  process.stdout.write(`${failureText(result, flags)}\n`);
  return result.violations.length === 0;
}

async function day(hours: number): Promise<boolean> {
  const seed = Number(values.seed ?? 1);
  const stations = Number(values.stations);
  const startedMs = performance.now();
  const sampled = (hour: number, sample: Sample) => {
    process.stdout.write(`${sampleText(hour, sample)}\n`);
  };
  const sized = ` --hours ${hours} --stations ${stations}`;
  const run = async (hours: number) => {
    const one = await soak({ seed, stations, hours, sampled });
    if (one.result.violations.length === 0) return one;
    process.stdout.write(`${failureText(one.result, sized)}\n`);
    return undefined;
  };
  const part = await run(hours / 6);
  const whole = part && (await run(hours));
  if (part === undefined || whole === undefined) return false;
  const totals = new Totals();
  totals.add(whole.result);
  const seconds = (performance.now() - startedMs) / 1000;
  process.stdout.write(`${totals.table(seconds)}\n\n${soakText(part, whole)}\n`);
  return growthOf(part, whole).leaks.length === 0;
}

function asked(): Promise<boolean> {
  if (values.hours !== undefined) return day(Number(values.hours));
  return values.seed === undefined ? many() : again(Number(values.seed));
}

if (values.help) process.stdout.write(usage);
else process.exitCode = (await asked()) ? 0 : 1;
