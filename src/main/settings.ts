import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { AddOn } from "#bus";
import { type LimitName, type Limits, limitsWith, limitTable } from "#limits";
import { refuseWrongCluster } from "./nodes/cluster-settings.ts";
import { SettingProblem } from "./setting-problem.ts";
import {
  flagOf,
  limitSettingName,
  limitSettings,
  type Setting,
  type SettingName,
  settingTable,
  variableOf,
} from "./setting-table.ts";
import { trustedProxiesOf } from "./trusted-proxies.ts";

type ValueOf<S> = S extends { readonly kind: "list"; readonly choices: readonly (infer C)[] }
  ? readonly C[]
  : S extends { readonly choices: readonly (infer C)[] }
    ? C
    : ValueOfOther<S>;

type ValueOfOther<S> = S extends { readonly kind: "number" }
  ? number
  : S extends { readonly kind: "flag" }
    ? boolean
    : S extends { readonly default: string }
      ? string
      : string | undefined;

/** All settings in force. */
export type Settings = {
  readonly [K in SettingName]: ValueOf<(typeof settingTable)[K]>;
} & {
  readonly limits: Limits;
  /** Settings of add-ons by their names. */
  readonly addOnSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** A third party's add-ons, from `motown.config.ts`. */
  readonly addOns: readonly AddOn[];
};

/** What `motown.config.ts` (default export) or `motown.config.json` may hold. */
export interface ConfigFile extends Partial<Record<SettingName, string | number | boolean>> {
  readonly limits?: Partial<Limits>;
  readonly addOnSettings?: Settings["addOnSettings"];
  readonly addOns?: readonly AddOn[];
}

/** Of a port, in TCP. */
const portMax = 65_535;

const allSettings: Readonly<Record<string, Setting>> = { ...settingTable, ...limitSettings };
const fileNames = ["motown.config.ts", "motown.config.json"];

/** Settings from flags, environment and file, in that order; the rest are defaults. */
export async function loadSettings(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Settings> {
  const hint = "`npm start -- --help` lists all settings.";
  const { settings } = await readSettings(argv, environment, { hint });
  await refuseWrongKey(settings);
  refuseWrongCluster(settings);
  isTrustedProxyOf(settings);
  await refuseWrongTiles(settings);
  return settings;
}

/** The API takes its time to load, which programs that serve none need not wait for. */
async function refuseWrongKey({ apiKey }: Settings): Promise<void> {
  if (apiKey === undefined) return;
  const { wrongPresetKey } = await import("#operator-api");
  const wrong = wrongPresetKey(apiKey);
  if (wrong !== undefined) throw new SettingProblem(wrong);
}

async function refuseWrongTiles(settings: Settings): Promise<void> {
  if (settings.consoleTileUrl === undefined) return;
  const { consoleTiles } = await import("./console-tiles.ts");
  consoleTiles(settings);
}

/** What a program of the house takes besides settings, and where its flags are listed. */
interface OwnWords {
  readonly hint: string;
  /** Names of its own flags, each with a text behind it; words without a flag are taken, too. */
  readonly flags?: readonly string[];
}

/** All settings as they are given, before anybody looks whether they go together. */
export interface GivenSettings {
  readonly settings: Settings;
  /** What stands at the command line. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly words: readonly string[];
}

/** Reads them for a program that needs a part of them, or has flags of its own. */
export async function readSettings(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  own: OwnWords,
): Promise<GivenSettings> {
  const { flags, words } = flagsOf(argv, own);
  const file = await configFile(flags.config ?? environment.MOTOWN_CONFIG);
  const raw = (name: string): unknown =>
    flags[name] ?? fromEnvironment(name, environment) ?? file[name as SettingName];
  const values = Object.fromEntries(
    Object.entries(allSettings).map(([name, setting]) => [
      name,
      readValue(name, setting, raw(name)),
    ]),
  );
  const limits = Object.keys(limitTable).flatMap((name) => {
    const setting = limitSettingName(name as LimitName);
    const given = raw(setting) ?? file.limits?.[name as LimitName];
    const row = limitSettings[setting];
    return given === undefined || row === undefined ? [] : [[name, readValue(name, row, given)]];
  });
  const settings: Settings = {
    ...(values as unknown as Settings),
    limits: limitsWith(Object.fromEntries(limits)),
    addOnSettings: addOnSettings(file, environment),
    addOns: file.addOns ?? [],
  };
  return { settings, flags, words };
}

/** Whether the proxy at an address may say who the client is. */
export function isTrustedProxyOf({
  trustedProxies,
}: Pick<Settings, "trustedProxies">): (address: string) => boolean {
  const read = trustedProxiesOf(trustedProxies);
  if (!("wrong" in read)) return read.isTrusted;
  throw new SettingProblem(
    `--trusted-proxies (MOTOWN_TRUSTED_PROXIES) names ${read.wrong}, which is no address, ` +
      "no network (10.0.0.0/8), and neither loopback nor private.",
  );
}

function flagsOf(argv: readonly string[], own: OwnWords): Pick<GivenSettings, "flags" | "words"> {
  const names = ["config", ...Object.keys(allSettings), ...(own.flags ?? [])];
  const options = Object.fromEntries(
    names.map((name) => {
      const type = allSettings[name]?.kind === "flag" ? ("boolean" as const) : ("string" as const);
      return [flagOf(name), { type }];
    }),
  );
  const allowPositionals = own.flags !== undefined;
  try {
    const parsed = parseArgs({ args: [...argv], options, allowNegative: true, allowPositionals });
    const flags = Object.fromEntries(
      Object.entries(parsed.values).map(([flag, value]) => [nameOf(flag), value]),
    ) as Record<string, string | boolean>;
    return { flags, words: parsed.positionals };
  } catch (error) {
    const [problem] = (error as Error).message.split(". To specify");
    throw new SettingProblem(`${problem}. ${own.hint}`);
  }
}

function nameOf(flag: string): string {
  return flag.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function fromEnvironment(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const variable = variableOf(name);
  const path = environment[`${variable}_FILE`];
  if (allSettings[name]?.secret === true && path !== undefined && path !== "") {
    try {
      return readFileSync(path, "utf8").trim();
    } catch {
      throw new SettingProblem(`${variable}_FILE names ${path}, which cannot be read.`);
    }
  }
  const value = environment[variable];
  return value === "" ? undefined : value;
}

function readValue(name: string, setting: Setting, given: unknown): unknown {
  if (given === undefined) {
    return setting.kind === "list" ? itemsOf(setting.default) : setting.default;
  }
  const shown = JSON.stringify(setting.secret ? "…" : given);
  const named = `--${flagOf(name)} (${variableOf(name)})`;
  const wrong = (expected: string) =>
    new SettingProblem(`${named} is ${shown}, but must be ${expected}.`);
  switch (setting.kind) {
    case "number": {
      const number = typeof given === "number" ? given : Number(given);
      if (given === "" || !Number.isFinite(number) || number < 0) throw wrong("a number from 0");
      if (name === "port" && !(Number.isInteger(number) && number <= portMax)) {
        throw wrong(`a whole number from 0 to ${portMax}`);
      }
      return number;
    }
    case "flag":
      if (given === true || given === "true" || given === "1") return true;
      if (given === false || given === "false" || given === "0") return false;
      throw wrong("true or false");
    case "choice":
      if (setting.choices?.includes(String(given))) return given;
      throw wrong(`one of ${setting.choices?.join(", ")}`);
    case "list": {
      const items = itemsOf(given);
      if (items.length > 0 && items.every((item) => setting.choices?.includes(item))) return items;
      throw wrong(`some of ${setting.choices?.join(", ")}, with commas between them`);
    }
    case "text":
      return String(given);
  }
}

function itemsOf(text: unknown): readonly string[] {
  const items = String(text).split(",");
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ""))];
}

async function configFile(named: string | boolean | undefined): Promise<ConfigFile> {
  const path =
    typeof named === "string"
      ? resolve(named)
      : fileNames.map((name) => resolve(name)).find(existsSync);
  if (path === undefined) return {};
  try {
    const content: ConfigFile = path.endsWith(".json")
      ? JSON.parse(readFileSync(path, "utf8"))
      : (await import(pathToFileURL(path).href)).default;
    refuseUnknown(path, content);
    return content;
  } catch (error) {
    if (error instanceof SettingProblem) throw error;
    throw new SettingProblem(`${path} cannot be used: ${(error as Error).message}`);
  }
}

function refuseUnknown(path: string, content: ConfigFile): void {
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    const where = path.endsWith(".json") ? "The file" : "The file's default export";
    throw new SettingProblem(`${path} cannot be used: ${where} must be an object of settings.`);
  }
  const known = [...Object.keys(settingTable), "limits", "addOnSettings", "addOns"];
  const unknown = Object.keys(content).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new SettingProblem(`${path} names the unknown ${unknown}.`);
  const limit = Object.keys(content.limits ?? {}).find((name) => !Object.hasOwn(limitTable, name));
  if (limit !== undefined) throw new SettingProblem(`${path} names the unknown limit ${limit}.`);
}

/** Add-on settings from the file; `MOTOWN_ADD_ONS` holds the same as JSON, for containers. */
function addOnSettings(
  file: ConfigFile,
  environment: Readonly<Record<string, string | undefined>>,
): Settings["addOnSettings"] {
  const text = environment.MOTOWN_ADD_ONS;
  if (text === undefined || text === "") return file.addOnSettings ?? {};
  try {
    return { ...file.addOnSettings, ...JSON.parse(text) };
  } catch (error) {
    throw new SettingProblem(`MOTOWN_ADD_ONS is no JSON: ${(error as Error).message}`);
  }
}

/** Lines of `--help`. */
export function settingHelp(): string {
  const rows = Object.entries(settingTable).map(([name, setting]: [string, Setting]) => {
    const choices = setting.choices === undefined ? "" : ` (${setting.choices.join("|")})`;
    const fallback = setting.default === undefined ? "" : ` [${setting.default}]`;
    return `  --${flagOf(name).padEnd(22)} ${setting.about}${choices}${fallback}`;
  });
  return [
    "Usage: npm start -- [settings]",
    "",
    "Each is also an environment variable (--data-dir: MOTOWN_DATA_DIR) and a member of",
    "motown.config.ts or motown.config.json; secrets also come from a file (MOTOWN_API_KEY_FILE).",
    "",
    ...rows,
    `  --config                 Path of the configuration file`,
    "",
    "Limits (`npx motown limits` prints them) are set as --limit-call-timeout-ms and so on.",
  ].join("\n");
}
