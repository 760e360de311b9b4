// Set-up: installs what is missing and finds the Node that runs Motown.
// Plain JavaScript on purpose: it has to work on the old Node that a machine happens to have.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** The oldest Node that can run the sources as they are. */
export const oldestNode = "24.15.0";

const supportedPlatforms = "Linux on x64 and arm64, and macOS on Apple silicon";

/** A failure whose message is meant for the person at the keyboard. */
export class SetupError extends Error {}

/**
 * Installs the dependencies unless they are in place, and answers the path of the Node to use.
 * @param {{ root?: string, say?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 */
export async function ensureInstalled({ root = projectRoot, say = sayToPerson } = {}) {
  const lock = readLock(root);
  if (!isInstalled(root, lock)) {
    await oneAtATime(root, say, async () => {
      if (!isInstalled(root, lock)) await install(root, lock, say);
    });
  }
  return findNode(root);
}

/** @param {string} line */
function sayToPerson(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {string} root */
function readLock(root) {
  try {
    return readFileSync(join(root, "package-lock.json"), "utf8");
  } catch {
    throw new SetupError(
      "package-lock.json is missing, so it is not known what to install.\n" +
        "Get it back with: git checkout -- package-lock.json",
    );
  }
}

/** @param {string} root */
const stampFile = (root) => join(root, "node_modules", ".motown-installed");

/** @param {string} lock */
function stampOf(lock) {
  // The platform is part of it: a folder shared with a container holds the other one's binaries.
  const hash = createHash("sha256").update(lock).digest("hex");
  return `${hash} ${process.platform}-${process.arch}\n`;
}

/**
 * @param {string} root
 * @param {string} lock
 */
function isInstalled(root, lock) {
  if (readOr(stampFile(root), "") === stampOf(lock)) return true;
  // Someone ran npm themselves: npm's own list of what it installed says whether that is enough.
  if (!hasAllPackages(lock, readOr(join(root, "node_modules", ".package-lock.json"), "{}"))) {
    return false;
  }
  writeFileSync(stampFile(root), stampOf(lock));
  return true;
}

/**
 * Whether every package of the lock file is installed as it says. Optional ones may be absent,
 * except a Node made for this machine.
 * @param {string} lock
 * @param {string} installed
 */
export function hasAllPackages(lock, installed) {
  const wanted = Object.entries(packagesIn(lock)).filter(([path]) => path !== "");
  const present = packagesIn(installed);
  return wanted.every(([path, entry]) => {
    if (present[path]) return present[path].integrity === entry.integrity;
    const isNodeForHere =
      path.startsWith("node_modules/node-") &&
      [entry.os].flat().includes(process.platform) &&
      [entry.cpu].flat().includes(process.arch);
    return entry.optional === true && !isNodeForHere;
  });
}

/**
 * @typedef {{ integrity?: string, optional?: boolean, os?: unknown, cpu?: unknown }} LockEntry
 * @param {string} lock
 * @returns {Record<string, LockEntry>}
 */
function packagesIn(lock) {
  try {
    return JSON.parse(lock).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {string} root
 * @param {string} lock
 * @param {(line: string) => void} say
 */
async function install(root, lock, say) {
  const startedAt = Date.now();
  say("Motown: installing what it needs into node_modules (once, about 450 MB on disk) ...");
  const { code, output } = await runNpmCi(root);
  if (code !== 0) throw new SetupError(explainNpmFailure(output));
  writeFileSync(stampFile(root), stampOf(lock));
  say(`Motown: installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/**
 * @param {string} root
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNpmCi(root) {
  // npm names its own program when it runs a script; else the one on the path is used.
  const npm = process.env["npm_execpath"] ?? "";
  const isNpm = npm.endsWith("npm-cli.js") && existsSync(npm);
  const [command, first] = isNpm ? [process.execPath, [npm]] : ["npm", []];
  const flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, [...first, ...flags], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @type {[RegExp, string][]} */
const npmFailures = [
  [/spawn npm ENOENT/, "npm was not found. Motown needs npm once, to install; it comes with Node."],
  [
    /EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|network/i,
    "npm could not reach its package registry. Check the network or the proxy\n" +
      "(npm config get proxy, npm config get registry) and run the same command again.",
  ],
  [
    /EUSAGE|can only install packages when/,
    "package.json and package-lock.json do not agree. Run npm install and commit both.",
  ],
  [/ENOSPC/, "The disk is full. Motown needs about 450 MB to install."],
  [/EACCES|EPERM|EROFS/, "The folder node_modules cannot be written. Check who owns it."],
  [/EINTEGRITY/, "A downloaded package was damaged. Run npm cache verify, then try again."],
];

/** @param {string} output */
export function explainNpmFailure(output) {
  const known = npmFailures.find(([sign]) => sign.test(output));
  // npm names the cause first and its options last.
  const cause = output.trim().split("\n").slice(0, 12).join("\n  ");
  return `${known?.[1] ?? "npm could not install what Motown needs."}\nnpm said:\n  ${cause}`;
}

/**
 * Two commands started at once on a fresh copy must not install, or build, over each other.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {() => Promise<void>} work
 */
export async function oneAtATime(root, say, work) {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const turn = join(tmpdir(), `motown-setup-${name}.pid`);
  for (let waited = false; !takeTurn(turn); waited = true) {
    if (!waited) say("Motown: another command is at it already; waiting for it ...");
    await new Promise((resolve) => setTimeout(resolve, 500));
    // Whoever holds the turn may have been killed; the pause gives it time to write its id.
    if (!isAlive(Number(readOr(turn, "")))) rmSync(turn, { force: true });
  }
  try {
    await work();
  } finally {
    rmSync(turn, { force: true });
  }
}

/** @param {string} file */
function takeTurn(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} root */
function findNode(root) {
  // The real path, not the link: children started with process.execPath must survive a re-install
  // that is still rebuilding node_modules/.bin.
  const own = join(root, "node_modules", ".bin", "node");
  if (existsSync(own)) return realpathSync(own);
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new SetupError(
    `Motown brings its own Node for ${supportedPlatforms}.\n` +
      `This machine is ${process.platform} on ${process.arch}` +
      ` with Node ${process.versions.node}: install Node ${oldestNode} or newer and try again.`,
  );
}

/** @param {string} version */
export function isNewEnough(version) {
  const [wanted, actual] = [oldestNode, version].map((text) => text.split(".").map(Number));
  for (const [at, part] of (wanted ?? []).entries()) {
    if ((actual?.[at] ?? 0) !== part) return (actual?.[at] ?? 0) > part;
  }
  return true;
}

/**
 * @param {string} file
 * @param {string} otherwise
 */
function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
