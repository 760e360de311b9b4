// Builds the console into console/dist, unless what is there was made of the same sources.
// Plain JavaScript, as all set-up: it has to work on the old Node that a machine happens to have.
// By itself: node tools/console.mjs
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { ensureInstalled, oneAtATime, projectRoot } from "./setup.mjs";

/** What is not worth compressing is left as it is. */
const compressed = new Set([".html", ".js", ".css", ".svg", ".json"]);
const compressedFromBytes = 1024;

/**
 * Builds the console if it is missing or old. A Motown without it still serves its stations, so a
 * failure is said and is no reason not to start.
 * @param {string} node
 * @param {(line: string) => void} [say]
 */
export async function ensureConsole(node, say = (line) => process.stderr.write(`${line}\n`)) {
  if (isBuilt()) return;
  await oneAtATime(projectRoot, say, async () => {
    if (!isBuilt()) await build(node, say);
  });
}

const folder = join(projectRoot, "console");
const dist = join(folder, "dist");
const stampFile = join(dist, ".built-of");

function isBuilt() {
  try {
    return readFileSync(stampFile, "utf8") === stampOfSources();
  } catch {
    return false;
  }
}

/** A hash of everything that the console is made of. */
function stampOfSources() {
  const hash = createHash("sha256");
  const sources = filesIn(folder).filter(
    (path) => !path.startsWith(dist) && !path.includes(".test."),
  );
  for (const path of [...sources.sort(), join(projectRoot, "package-lock.json")]) {
    hash
      .update(`${relative(projectRoot, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} under
 * @returns {string[]}
 */
function filesIn(under) {
  return readdirSync(under, { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/**
 * @param {string} node
 * @param {(line: string) => void} say
 */
async function build(node, say) {
  const startedAt = Date.now();
  say("Motown: building the console (once, some seconds) ...");
  const stamp = stampOfSources();
  const { code, output } = await runVite(node);
  if (code !== 0) {
    say(`Motown: the console could not be built, so there is none at / for now.\n${output}`);
    return;
  }
  for (const path of filesIn(dist)) compress(path);
  writeFileSync(stampFile, stamp);
  say(`Motown: the console was built in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/**
 * @param {string} node
 * @returns {Promise<{ code: number, output: string }>}
 */
function runVite(node) {
  const vite = join(projectRoot, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", folder, "--logLevel", "warn"];
  return new Promise((resolve) => {
    let output = "";
    const env = { ...process.env, NODE_ENV: "production" };
    const child = spawn(node, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @param {string} path */
function compress(path) {
  if (!compressed.has(extname(path))) return;
  const plain = readFileSync(path);
  if (plain.length < compressedFromBytes) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureConsole(await ensureInstalled());
  if (!isBuilt()) process.exitCode = 1;
}
