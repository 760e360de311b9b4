// Settings of nodes on PostgreSQL: what they come to, and what is wrong with them in plain words.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Log } from "#bus";
import type { JoinOptions } from "#cluster";
import type { DatabaseOptions } from "#postgres";
import { SettingProblem } from "../setting-problem.ts";
import { flagOf, type SettingName, variableOf } from "../setting-table.ts";
import type { Settings } from "../settings.ts";

/** Least length of the vault's secret. */
export const secretLengthMin = 32;

/** Whether the log is in PostgreSQL, where other nodes may share it. */
export function isOnPostgres({ database }: Pick<Settings, "database">): boolean {
  return /^postgres(ql)?:/i.test(database);
}

/** The database as its stores open it. Only with PostgreSQL. */
export function databaseOf(settings: Settings, log: Log): DatabaseOptions {
  return {
    url: settings.database,
    passwordFile: settings.databasePasswordFile,
    trustedCertificatesFile: settings.databaseCaFile,
    schema: settings.databaseSchema,
    node: nodeNameOf(settings),
    limits: settings.limits,
    log,
    pools: new Set(),
  };
}

/** NATS as the cluster enters it; undefined: PostgreSQL carries what nodes tell each other. */
export function busOf(settings: Settings): JoinOptions["bus"] {
  if (settings.bus === undefined) return undefined;
  return {
    servers: serversOf(settings.bus),
    trustedCertificatesFile: settings.busCaFile,
    certificateFile: settings.busCertFile,
    keyFile: settings.busKeyFile,
    credentialsFile: settings.busCredentialsFile,
    passwordFile: settings.busPasswordFile,
  };
}

function serversOf(bus: string): readonly string[] {
  return bus.split(",").map((address) => address.trim());
}

/** Name of this node among others: as it is set, else the machine's with the process. */
export function nodeNameOf({ node }: Pick<Settings, "node">): string {
  return node ?? `${hostname().replace(/[^\w.-]/g, "-")}-${process.pid}`;
}

/** Refuses what cannot be meant, before anything is opened. No password is ever repeated. */
export function refuseWrongCluster(settings: Settings): void {
  refuseWrongNames(settings);
  refuseWrongDatabase(settings);
  if (settings.bus !== undefined) refuseWrongBus(settings, settings.bus);
  if (isOnPostgres(settings)) {
    if (settings.secret === undefined) throw secretMissing();
    if (settings.secret.length < secretLengthMin) {
      throw new SettingProblem(`--secret must have at least ${secretLengthMin} characters.`);
    }
  } else refuseWithoutPostgres(settings);
  for (const name of busFileNames) refuseUnreadable(name, settings[name]);
}

function secretMissing(): SettingProblem {
  return new SettingProblem(
    "With PostgreSQL, --secret (MOTOWN_SECRET, MOTOWN_SECRET_FILE) is needed, the same on all " +
      "nodes: it seals the values of tokens. Make one with: openssl rand -hex 32",
  );
}

const databaseFileNames = [
  "databasePasswordFile",
  "databaseCaFile",
] as const satisfies readonly SettingName[];

const busFileNames = [
  "busCaFile",
  "busCertFile",
  "busKeyFile",
  "busCredentialsFile",
  "busPasswordFile",
] as const satisfies readonly SettingName[];

/** They mean nothing on an embedded database; who has set them believes something else. */
const onlyWithPostgres = [
  "bus",
  ...databaseFileNames,
  ...busFileNames,
] as const satisfies readonly SettingName[];

function refuseWrongNames({ node, nodeUrl, cell }: Settings): void {
  const name = /^[\w-]+(\.[\w-]+)*$/;
  const named = "1 to 63 letters, digits, dots, - and _";
  if (node !== undefined && !(name.test(node) && node.length <= 63)) throw wrong("node", named);
  if (!/^[\w-]{1,32}$/.test(cell)) throw wrong("cell", "1 to 32 letters, digits, - and _");
  if (nodeUrl !== undefined && !/^https?:$/.test(protocolOf(nodeUrl))) {
    throw wrong("nodeUrl", "an address such as http://node-1.example:8080");
  }
}

/** The same of the database alone, for programs that work on the log and are no node. */
export function refuseWrongDatabase(settings: Settings): void {
  const { database, databaseSchema } = settings;
  if (!/^[a-z_][a-z0-9_]{0,20}$/.test(databaseSchema)) {
    throw wrong("databaseSchema", "1 to 21 small letters, digits and _, and begin with no digit");
  }
  const isPlain = database === "sqlite" || database === "memory";
  if (!isPlain && !(isOnPostgres(settings) && URL.canParse(database))) {
    throw wrong(
      "database",
      "sqlite, memory, or an address such as " +
        "postgres://user@host:5432/motown?sslmode=verify-full (its password percent-encoded)",
    );
  }
  for (const name of databaseFileNames) refuseUnreadable(name, settings[name]);
}

function refuseWrongBus(settings: Settings, bus: string): void {
  if (!serversOf(bus).every((address) => /^(nats|tls):$/.test(protocolOf(address)))) {
    throw wrong("bus", "addresses such as nats://host:4222 or tls://host:4222, with commas");
  }
  const { busCertFile, busKeyFile } = settings;
  if ((busCertFile === undefined) !== (busKeyFile === undefined)) {
    throw new SettingProblem("--bus-cert-file and --bus-key-file are needed together.");
  }
}

function refuseWithoutPostgres(settings: Settings): void {
  const odd = onlyWithPostgres.find((name) => settings[name] !== undefined);
  if (odd !== undefined) {
    throw new SettingProblem(`${flag(odd)} is for nodes on PostgreSQL: --database postgres://…`);
  }
  if (settings.roles.length < 3) {
    throw new SettingProblem(
      `${flag("roles")} leaves out what no other node could do: on ${settings.database} there is ` +
        "one node alone. Several nodes need --database postgres://…",
    );
  }
}

function refuseUnreadable(name: SettingName, path: unknown): void {
  if (typeof path !== "string") return;
  try {
    readFileSync(path);
  } catch {
    throw new SettingProblem(`${flag(name)} names ${path}, which cannot be read.`);
  }
}

function wrong(name: SettingName, expected: string): SettingProblem {
  return new SettingProblem(`${flag(name)} must be ${expected}.`);
}

function flag(name: SettingName): string {
  return `--${flagOf(name)} (${variableOf(name)})`;
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : "";
}
