import { type LimitName, limitTable } from "#limits";

/** One setting: flag `--{name}`, environment `MOTOWN_{NAME}`, member `{name}` of the file. */
export interface Setting {
  /** A list is written with commas: some of its choices. */
  readonly kind: "text" | "number" | "flag" | "choice" | "list";
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
    kind: "text",
    secret: true,
    default: "sqlite",
    about: "sqlite, memory (forgets all), or postgres://user@host/database for several nodes",
  },
  databasePasswordFile: {
    kind: "text",
    default: undefined,
    about: "File with the password of PostgreSQL, read at each connect",
  },
  databaseCaFile: {
    kind: "text",
    default: undefined,
    about: "Certificates (PEM) that PostgreSQL's must come from",
  },
  databaseSchema: {
    kind: "text",
    default: "motown",
    about: "Schema of Motown's tables in PostgreSQL",
  },
  node: {
    kind: "text",
    default: undefined,
    about: "Name of this node among others; default: of the machine, with the process",
  },
  nodeUrl: {
    kind: "text",
    default: undefined,
    about: "Address of this node itself, as others know it [http://{machine}:{port}]",
  },
  roles: {
    kind: "list",
    choices: ["gateway", "api", "background"],
    default: "gateway,api,background",
    about: "What this node does: take stations, serve the API, work in the background",
  },
  cell: {
    kind: "text",
    default: "main",
    about: "Name of this cluster, for several on one NATS or one database server",
  },
  bus: {
    kind: "text",
    secret: true,
    default: undefined,
    about: "nats://host:4222[,…] or tls://…: carries what nodes tell each other; else PostgreSQL",
  },
  busCaFile: {
    kind: "text",
    default: undefined,
    about: "Certificates (PEM) that NATS's must come from",
  },
  busCertFile: {
    kind: "text",
    default: undefined,
    about: "Certificate (PEM) by which NATS knows this node",
  },
  busKeyFile: { kind: "text", default: undefined, about: "Key (PEM) of that certificate" },
  busCredentialsFile: {
    kind: "text",
    default: undefined,
    about: "Credentials of NATS (.creds) for this node",
  },
  busPasswordFile: {
    kind: "text",
    default: undefined,
    about: "File with the password of the user that --bus names",
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
  consoleTileUrl: {
    kind: "text",
    default: undefined,
    about: "Tiles of the console's map, such as https://tiles.example.org/{z}/{x}/{y}.png",
  },
  consoleTileAttribution: {
    kind: "text",
    default: undefined,
    about: "Whose tiles these are, shown on the map",
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
    about: "Secret of the vault, at least 32 characters; else, without PostgreSQL, a file",
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
