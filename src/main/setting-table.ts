import { type LimitName, limitTable } from "#limits";

/** One setting: flag `--{name}`, environment `MOTOWN_{NAME}`, member `{name}` of the file. */
export interface Setting {
  readonly kind: "text" | "number" | "flag" | "choice";
  readonly default: string | number | boolean | undefined;
  readonly choices?: readonly string[];
  /** Never printed; may also come from the file that `MOTOWN_{NAME}_FILE` names. */
  readonly secret?: true;
  readonly about: string;
}

/** All settings but the limits, which have a table of their own. */
export const settingTable = {
  port: { kind: "number", default: 8080, about: "Port of API, docs and stations" },
  host: { kind: "text", default: "0.0.0.0", about: "Address to listen on" },
  dataDir: { kind: "text", default: "./motown-data", about: "Folder of all data" },
  database: {
    kind: "choice",
    choices: ["sqlite", "memory"],
    default: "sqlite",
    about: "Embedded database, or memory that forgets everything at the end",
  },
  unknownStations: {
    kind: "choice",
    choices: ["reject", "pending", "accept"],
    default: "reject",
    about: "How the boot of a station is answered that nobody has accepted",
  },
  strict: {
    kind: "flag",
    default: false,
    about: "Refuse what a certification would refuse, instead of mending it",
  },
  quirks: {
    kind: "text",
    default: undefined,
    about: "JSON file, or folder of such files, with your own quirk profiles",
  },
  defaultProtocol: {
    kind: "text",
    default: undefined,
    about: "Protocol of stations that name none, for example ocpp1.6",
  },
  requirePasswords: {
    kind: "flag",
    default: false,
    about: "Let no station connect that has no password",
  },
  trace: { kind: "flag", default: false, about: "Keep heartbeats among the frames, too" },
  logLevel: {
    kind: "choice",
    choices: ["debug", "info", "warn", "error", "silent"],
    default: "info",
    about: "Least level of log lines",
  },
  logFormat: {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    about: "Lines for people, or JSON for programs",
  },
  publicUrl: {
    kind: "text",
    default: undefined,
    about: "Address that stations and people see, behind a proxy",
  },
  trustedProxies: {
    kind: "text",
    default: undefined,
    about: "Proxies whose X-Forwarded-For is believed: addresses, networks, loopback, private",
  },
  apiKey: {
    kind: "text",
    secret: true,
    default: undefined,
    about: "Administrator's API key that is there from the start",
  },
  secret: {
    kind: "text",
    secret: true,
    default: undefined,
    about: "Secret of the vault, at least 32 characters; else a file in the data folder",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settingTable;

/** `data-dir` of `dataDir`. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `MOTOWN_DATA_DIR` of `dataDir`. */
export function variableOf(name: string): string {
  return `MOTOWN_${flagOf(name).replaceAll("-", "_").toUpperCase()}`;
}

/**
 * Limits are settings like the others: `--limit-call-timeout-ms`, `MOTOWN_LIMIT_CALL_TIMEOUT_MS`.
 */
export const limitSettings: Readonly<Record<string, Setting>> = Object.fromEntries(
  Object.entries(limitTable).map(([name, limit]) => [
    limitSettingName(name as LimitName),
    { kind: "number", default: limit.default, about: `Protects ${limit.protects} (${limit.unit})` },
  ]),
);

/** `limitCallTimeoutMs` of `callTimeoutMs`. */
export function limitSettingName(name: LimitName): string {
  return `limit${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
