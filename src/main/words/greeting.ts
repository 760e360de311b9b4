import { networkInterfaces } from "node:os";
import { resolve } from "node:path";

interface Greeting {
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  /** Where the log is, in words. */
  readonly data: string;
  /** Of several: its name and its roles. */
  readonly node: { readonly name: string; readonly roles: readonly string[] } | undefined;
  readonly administrator:
    | { readonly user: string; readonly oneTimePassword: string; readonly opens: string }
    | undefined;
  readonly keyFile: string | undefined;
  readonly milliseconds: number;
  /** Whether it serves the console, and has it; absent: this node serves no API either. */
  readonly console: "there" | "notBuilt" | undefined;
}

/** What the person who started Motown needs to go on. */
export function greeting(given: Greeting): string {
  const { port, dataDir, administrator } = given;
  const api = given.publicUrl ?? `http://localhost:${port}`;
  const wire = given.publicUrl?.replace(/^http/, "ws") ?? `ws://${ownAddress()}:${port}`;
  const rows: [string, string][] = [
    ...(given.console === undefined
      ? []
      : [["Console", consoleAt(api, given)] as [string, string]]),
    ["API", `${api}/api/v1   (docs: ${api}/docs)`],
    ["Stations", `${wire}/ocpp/<station id>   (OCPP 1.6 JSON)`],
    ["Data", given.data],
    ["Process", `${process.pid}, ready after ${given.milliseconds} ms; stop it with Ctrl-C`],
  ];
  if (given.node !== undefined) {
    rows.push(["Node", `${given.node.name}: ${given.node.roles.join(", ")}`]);
  }
  if (administrator !== undefined) {
    const { user, oneTimePassword, opens } = administrator;
    rows.push(["First user", `${user}, one-time password ${oneTimePassword}`], ["", opens]);
  }
  if (given.keyFile !== undefined) rows.push(["Key file", `${given.keyFile} (used by npx motown)`]);
  rows.push(["Next", `connect a station, or see one charge: ${simulateHere(port, dataDir)}`]);
  const lines = rows.map(([name, text]) => `  ${name.padEnd(11)}${text}`);
  return ["", "  Motown is running.", "", ...lines, ""].join("\n");
}

/** Where a person goes first; at a first start with the name to sign in with. */
function consoleAt(api: string, { console, administrator }: Greeting): string {
  if (console === "notBuilt") return "not there: it was not built. npm start builds it";
  if (administrator === undefined) return `${api}/`;
  return `${api}/sign-in?user=${encodeURIComponent(administrator.user)}`;
}

/** The simulator looks where the environment says; what only a flag said it must be told. */
function simulateHere(port: number, dataDir: string): string {
  const { MOTOWN_PORT = "8080", MOTOWN_DATA_DIR = "motown-data" } = process.env;
  const api = String(port) === MOTOWN_PORT ? "" : ` --api http://localhost:${port}`;
  const folder = dataDir === resolve(MOTOWN_DATA_DIR) ? "" : ` --data-dir ${dataDir}`;
  return `npm run simulate -- --stations 20${api}${folder}`;
}

/** The address under which stations on the same network find this machine. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const outside = addresses.find((entry) => entry.family === "IPv4" && !entry.internal);
  return outside?.address ?? "localhost";
}
