import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ClientConfig } from "pg";
import { StoreProblem } from "#store-problem";

/** Where the database is, and how to enter it. */
export interface DatabaseAddress {
  /** `postgres://user:password@host:port/database?sslmode=…&sslrootcert=…` */
  readonly url: string;
  /** File with the password alone, read at each connect; it wins over the address's. */
  readonly passwordFile?: string | undefined;
  /** Certificates to trust, as PEM; it wins over the address's `sslrootcert`. */
  readonly trustedCertificatesFile?: string | undefined;
}

/** What the driver has to know of it. Without any password, PGPASSWORD and ~/.pgpass are asked. */
export function driverAddress(address: DatabaseAddress): ClientConfig {
  const url = parse(address.url);
  const host = url.searchParams.get("host") ?? decodeURIComponent(url.hostname);
  const passwordFile = address.passwordFile;
  const password =
    passwordFile !== undefined
      ? async () => (await readFile(passwordFile, "utf8")).trim()
      : decodeURIComponent(url.password);
  return {
    ...(host !== "" && { host: host.replace(/^\[(.*)\]$/, "$1") }),
    ...(url.port !== "" && { port: Number(url.port) }),
    ...(url.username !== "" && { user: decodeURIComponent(url.username) }),
    ...(password !== "" && { password }),
    ...(url.pathname.length > 1 && { database: decodeURIComponent(url.pathname.slice(1)) }),
    ssl: encryption(url, address),
  };
}

/** The address for people and logs: without its password. */
export function shownAddress(url: string): string {
  const { host, pathname, username } = parse(url);
  return `postgres://${username === "" ? "" : `${username}@`}${host}${pathname}`;
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^postgres(ql)?:$/.test(url.protocol)) return url;
  // The text itself may hold a password.
  throw new StoreProblem(
    "unopenable",
    "The database's address is not understood. It looks like " +
      "postgres://user@host:5432/motown?sslmode=verify-full",
  );
}

/** As libpq has it: `require` alone encrypts and asks for no name; `verify-full` asks for all. */
function encryption(url: URL, address: DatabaseAddress): ClientConfig["ssl"] {
  const mode = url.searchParams.get("sslmode") ?? "disable";
  const file = address.trustedCertificatesFile ?? url.searchParams.get("sslrootcert");
  const ca = file === null || file === undefined ? undefined : readTrusted(file);
  switch (mode) {
    case "disable":
      return false;
    case "require":
    case "verify-ca":
      return {
        rejectUnauthorized: mode === "verify-ca" || ca !== undefined,
        checkServerIdentity: () => undefined,
        ...(ca !== undefined && { ca }),
      };
    case "verify-full":
      return { rejectUnauthorized: true, ...(ca !== undefined && { ca }) };
    default:
      throw new StoreProblem(
        "unopenable",
        `sslmode=${mode} is not known; there are disable, require, verify-ca and verify-full.`,
      );
  }
}

function readTrusted(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new StoreProblem("unopenable", `${file} cannot be read: ${String(error)}`);
  }
}
