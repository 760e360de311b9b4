// Runs a file of ours on the project's own Node, as if it had been called directly: same terminal,
// same signals, same exit code.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { isAbsolute, join } from "node:path";
import { nodeFlags } from "./node-flags.mjs";
import { ensureInstalled, projectRoot, SetupError } from "./setup.mjs";

/** Exit code where a program's shared libraries are not all there. */
const notLoaded = 127;

const libraryHint =
  "Motown's own Node did not start. It needs a library that small systems lack:\n" +
  "apt-get install libatomic1 (Debian, Ubuntu), dnf install libatomic (Fedora, Red Hat).";

/**
 * Installs what is missing, runs the file and exits with its exit code.
 * @param {string} file relative to the project
 * @param {string[]} args
 * @param {(node: string) => Promise<void>} [before] what else has to be there, by that Node
 */
export async function launch(file, args, before = async () => {}) {
  try {
    const node = await ensureInstalled();
    await before(node);
    const path = isAbsolute(file) ? file : join(projectRoot, file);
    process.exitCode = await runAttached(node, [...nodeFlags, path, ...args]);
    if (process.exitCode === notLoaded) process.stderr.write(`\n${libraryHint}\n`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>} the exit code; 128 + n when signal n ended it
 */
function runAttached(command, args) {
  return new Promise((resolve, reject) => {
    // Compiled code is kept, for the program and its threads: the second start is quick.
    const kept = join(projectRoot, "node_modules/.cache/node-compile");
    const env = { NODE_COMPILE_CACHE: kept, ...process.env };
    const child = spawn(command, args, { stdio: "inherit", env });
    forwardSignals(child);
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}

/**
 * The child gets each signal once, and we stay until it has finished. Ctrl-C reaches the whole
 * foreground group by itself (and npm passes it on again), so that one is only waited for.
 * @param {import("node:child_process").ChildProcess} child
 */
function forwardSignals(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    let forwarded = false;
    process.on(signal, () => {
      if (forwarded || (signal === "SIGINT" && isForeground())) return;
      forwarded = true;
      child.kill(signal);
    });
  }
}

/** Whether a Ctrl-C at the terminal goes to this process, and so to its children too. */
function isForeground() {
  if (process.platform !== "linux") return process.stdin.isTTY === true;
  // proc(5): after "pid (name) ", the fields are state, parent, group, session, terminal, and the
  // terminal's foreground group. The name may itself hold brackets.
  const stat = readFileSync("/proc/self/stat", "utf8");
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return group === foreground;
}
