import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PlainError } from "./api.ts";
import { type FaultRates, faultTable, parseFaults } from "./station/faults.ts";

/** A run as it was asked for. */
export interface RunOptions {
  readonly stationIds: readonly string[];
  readonly url: string;
  readonly api: string;
  readonly apiKey: string | undefined;
  readonly durationSeconds: number | undefined;
  readonly speed: number;
  readonly tags: readonly [string, ...string[]];
  readonly prepares: boolean;
  readonly seed: number;
  readonly faults: FaultRates;
  readonly once: boolean;
  readonly onCall: boolean;
}

const flags = {
  stations: { type: "string", default: "5" },
  url: { type: "string" },
  api: { type: "string" },
  "api-key": { type: "string" },
  "data-dir": { type: "string" },
  duration: { type: "string" },
  speed: { type: "string", default: "20" },
  prefix: { type: "string", default: "SIM" },
  tags: { type: "string" },
  "no-prepare": { type: "boolean", default: false },
  seed: { type: "string" },
  faults: { type: "string", default: "" },
  once: { type: "boolean", default: false },
  "on-call": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** What `--help` prints. */
export const help = `Simulated charging stations (OCPP 1.6 JSON) that boot, charge, meter and stop.

  npm run simulate -- --stations 20

  --stations N     how many stations (5), two EVSEs each
  --api URL        the public API, to prepare and to compare
                   (MOTOWN_URL, else http://127.0.0.1, port MOTOWN_PORT or 8080)
  --url URL        where they connect, without the station's id (the API's ws://…/ocpp)
  --api-key KEY    else MOTOWN_API_KEY, else the file api-key in the data directory
  --data-dir DIR   Motown's data directory (MOTOWN_DATA_DIR, else ./motown-data)
  --duration S     ends after so many seconds; without, at Ctrl-C
  --once           ends after one session per EVSE
  --on-call        cars come only where an operator starts a session
  --speed X        how much faster than in life meters run and people move (20)
  --prefix TEXT    station ids are TEXT-0001 … (SIM)
  --tags A,B       the tokens that are swiped (ten of the prefix)
  --no-prepare     do not accept stations or add tokens: knock and wait for the operator
  --seed N         the same seed draws the same cars, tags and pauses
  --faults LIST    name:rate,… or all:rate, a rate from 0 to 1 (0.02):
${Object.entries(faultTable)
  .map(([name, words]) => `                     ${name.padEnd(12)} ${words}`)
  .join("\n")}
`;

/** Reads the flags; "help" if help is all that is wanted. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RunOptions | "help" {
  const given = parsed(args);
  if (given.help) return "help";
  const { prefix, once } = given;
  const here = `http://127.0.0.1:${environment.MOTOWN_PORT ?? 8080}`;
  const api = given.api ?? environment.MOTOWN_URL ?? here;
  const url = given.url ?? `${api.replace(/^http/, "ws").replace(/\/+$/, "")}/ocpp`;
  const stations = number("stations", given.stations, { least: 1, most: 20_000, whole: true });
  const ids = Array.from({ length: stations }, (_none, at) => idOf(prefix, at + 1));
  const faults = parseFaults(given.faults);
  if (typeof faults === "string") throw new PlainError(`--faults: ${faults}`);
  const { duration, seed } = given;
  const dataDir = given["data-dir"] ?? environment.MOTOWN_DATA_DIR ?? "./motown-data";
  return {
    stationIds: ids,
    url: url.replace(/\/+$/, ""),
    ...{ api, faults, once },
    onCall: given["on-call"],
    apiKey: given["api-key"] ?? environment.MOTOWN_API_KEY ?? keyIn(dataDir),
    durationSeconds:
      duration === undefined ? undefined : number("duration", duration, { least: 0 }),
    speed: number("speed", given.speed, { least: 0.1, most: 1000 }),
    tags: tagsOf(given.tags, prefix),
    prepares: !given["no-prepare"],
    seed:
      seed === undefined
        ? Math.floor(Math.random() * 1_000_000)
        : number("seed", seed, { least: 0, whole: true }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new PlainError(`${(error as Error).message}\nSee: npm run simulate -- --help`);
  }
}

const idOf = (prefix: string, number: number) => `${prefix}-${String(number).padStart(4, "0")}`;

const idTagMax = 20;
const tagsByDefault = 10;

function tagsOf(text: string | undefined, prefix: string): [string, ...string[]] {
  const ten = Array.from(
    { length: tagsByDefault },
    (_none, at) => `${prefix.slice(0, idTagMax - 4)}-T${String(at + 1).padStart(2, "0")}`,
  );
  const [first, ...more] =
    text
      ?.split(",")
      .map((tag) => tag.trim())
      .filter(Boolean) ?? ten;
  if (first === undefined) throw new PlainError("--tags: name at least one token");
  const long = [first, ...more].find((tag) => tag.length > idTagMax);
  if (long) throw new PlainError(`--tags: ${long} is longer than OCPP's ${idTagMax} characters`);
  return [first, ...more];
}

function number(
  name: string,
  text: string,
  { least, most = Number.MAX_SAFE_INTEGER, whole = false }: Bounds,
): number {
  const value = Number(text);
  const isFit = text.trim() !== "" && value >= least && value <= most;
  if (isFit && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  throw new PlainError(`--${name} ${text}: expected ${kind} from ${least} on`);
}

interface Bounds {
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** The key that Motown leaves for programs on the same machine. */
function keyIn(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, "api-key"), "utf8").trim();
  } catch {
    // Not there or not ours to read: whoever needs the key says so in words.
    return undefined;
  }
}
