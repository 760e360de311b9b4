// The engines that tests need beside Node: where they are, and how they come to this machine.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A server that Motown works with and that npm cannot install. */
export interface Engine {
  readonly name: string;
  /** Address of a server that runs already; with it nothing is looked for. Absent: none will do. */
  readonly variable?: string;
  /** Programs that have to be in one folder. */
  readonly programs: readonly string[];
  /** Folders beside those of PATH; `*` is a version, the highest first. */
  readonly folders: readonly string[];
  /** Package of Debian and its descendants. */
  readonly debianPackage: string;
  readonly elsewhere: string;
}

/** All engines by name. */
export const engines = {
  postgres: {
    name: "PostgreSQL 15 or newer",
    variable: "MOTOWN_TEST_POSTGRES",
    programs: ["postgres", "initdb"],
    folders: [
      "/usr/lib/postgresql/*/bin",
      "/usr/pgsql-*/bin",
      "/opt/homebrew/opt/postgresql@*/bin",
    ],
    debianPackage: "postgresql",
    elsewhere: "dnf install postgresql-server, or brew install postgresql@17",
  },
  nats: {
    name: "NATS server 2.9 or newer",
    variable: "MOTOWN_TEST_NATS",
    programs: ["nats-server"],
    folders: ["/usr/sbin", "/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"],
    debianPackage: "nats-server",
    elsewhere: "brew install nats-server, or one of its releases",
  },
  haproxy: {
    name: "HAProxy 2.4 or newer",
    programs: ["haproxy"],
    folders: ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"],
    debianPackage: "haproxy",
    elsewhere: "dnf install haproxy, or brew install haproxy",
  },
  nginx: {
    name: "nginx 1.18 or newer",
    programs: ["nginx"],
    folders: ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"],
    debianPackage: "nginx-light",
    elsewhere: "dnf install nginx, or brew install nginx",
  },
  chromium: {
    name: "Chromium",
    programs: ["chromium"],
    folders: ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/homebrew/bin"],
    debianPackage: "chromium",
    elsewhere: "dnf install chromium, or brew install --cask chromium",
  },
  network: {
    name: "iproute2 (network namespaces, for nodes that are cut off)",
    programs: ["ip"],
    folders: ["/usr/sbin", "/sbin", "/usr/bin"],
    debianPackage: "iproute2",
    elsewhere: "there is none but on Linux",
  },
} as const satisfies Record<string, Engine>;

/** Folder of an engine's programs; undefined where they are not on this machine. */
export function engineFolder(engine: Engine): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const folders = [...onPath, ...engine.folders.flatMap(versionsOf)];
  return folders.find((folder) => engine.programs.every((one) => existsSync(join(folder, one))));
}

function versionsOf(pattern: string): string[] {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return [pattern];
  const parent = before.slice(0, before.lastIndexOf("/"));
  const start = before.slice(parent.length + 1);
  if (!existsSync(parent)) return [];
  const versions = readdirSync(parent)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length));
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => before + version + after);
}

/** How somebody gets a missing engine, in words. */
export function howToInstall(engine: Engine): string {
  const { name, variable, debianPackage, elsewhere } = engine;
  const running = variable === undefined ? "" : `, or name a running server in ${variable}`;
  return (
    `${name} was not found, and tests need it. Install it (apt-get install ${debianPackage}; ` +
    `${elsewhere})${running}.`
  );
}

/** Installs what is missing where that can be done unasked: as root on Debian. */
export function ensureEngines(say: (line: string) => void): void {
  for (const engine of Object.values<Engine>(engines)) {
    const isRunning = engine.variable !== undefined && process.env[engine.variable] !== undefined;
    if (isRunning || engineFolder(engine) !== undefined) continue;
    const isRootOnDebian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
    if (isRootOnDebian) installByApt(engine, say);
    else say(howToInstall(engine));
  }
}

function installByApt(engine: Engine, say: (line: string) => void): void {
  say(`Motown: installing ${engine.name} with apt-get for the tests (once) ...`);
  const startAgain = startNoDaemons();
  try {
    install(engine, say);
  } finally {
    startAgain();
  }
}

/**
 * Packages of servers start them when they are installed, on ports that may be somebody's, and
 * tests start their own: Debian asks this file whether it may. The result lets it do so again.
 */
function startNoDaemons(): () => void {
  if (existsSync(policy)) return () => {};
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  return () => rmSync(policy, { force: true });
}

const policy = "/usr/sbin/policy-rc.d";

function install(engine: Engine, say: (line: string) => void): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-q", "-y", ...args], { env, encoding: "utf8" });
  // Without fresh lists a package may be named that its server no longer has.
  const updated = apt("update");
  const installed = apt("install", "--no-install-recommends", engine.debianPackage);
  if (installed.status === 0) return;
  const said = `${updated.stderr}${installed.stderr}`.trim().split("\n").slice(-6).join("\n  ");
  say(`${howToInstall(engine)}\napt-get said:\n  ${said}`);
}
