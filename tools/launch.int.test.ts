import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
let started: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "motown-launch-"));
});

afterEach(() => {
  started?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program through the launcher, in a process group of its own, as npm would. */
function launch(program: string, ...args: string[]) {
  const file = join(folder, "program.mjs");
  writeFileSync(file, program);
  const child = spawn(process.execPath, ["tools/run.mjs", file, ...args], { detached: true });
  started = child;
  let output = "";
  const changed = () => once(child.stdout, "data");
  child.stdout.on("data", (text) => {
    output += text;
  });
  return {
    child,
    printed: async (text: string) => {
      while (!output.includes(text)) await changed();
      return output;
    },
    ended: async () => {
      const [code] = await once(child, "close");
      return { code, output };
    },
  };
}

const drains = `
  let signals = 0;
  const alive = setInterval(() => {}, 1000);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      signals += 1;
      console.log("draining after", signal);
      if (signals > 1) return;
      setTimeout(() => {
        clearInterval(alive);
        console.log("signals:", signals);
        process.exitCode = 7;
      }, 300);
    });
  }
  console.log("ready");
`;

it("hands over arguments, output and exit code", async () => {
  const program = "console.log(process.argv.slice(2).join('+')); process.exitCode = 3;";
  expect(await launch(program, "a", "b c").ended()).toEqual({ code: 3, output: "a+b c\n" });
});

it("runs the program on the project's own Node", async () => {
  const { output } = await launch("console.log(process.execPath)").ended();
  expect(output.trim()).toBe(process.execPath);
});

it.each(["SIGINT", "SIGTERM"] as const)("passes %s on once and waits", async (signal) => {
  const { child, printed, ended } = launch(drains);
  await printed("ready");
  child.kill(signal);
  await printed("draining");
  child.kill(signal);
  const { code, output } = await ended();
  expect(output).toContain(`draining after ${signal}`);
  expect(output).toContain("signals: 1");
  expect(code).toBe(7);
});

it("says what a Node that cannot be loaded needs", async () => {
  const { child, ended } = launch("process.exit(127)");
  let problems = "";
  child.stderr.on("data", (text) => (problems += text));
  expect(await ended()).toMatchObject({ code: 127 });
  expect(problems).toContain("apt-get install libatomic1");
});

it("answers 128 + n when signal n ended the program", async () => {
  const { code } = await launch(
    "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 9)",
  ).ended();
  expect(code).toBe(137);
});

it("says what it needs when no file is given", async () => {
  const child = spawn(process.execPath, ["tools/run.mjs"], { stdio: ["ignore", "ignore", "pipe"] });
  let error = "";
  child.stderr.on("data", (text) => {
    error += text;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(2);
  expect(error).toContain("Usage:");
});
