import { readFileSync } from "node:fs";
import { platform } from "node:os";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";

const code = `
  import { readFileSync } from "node:fs";
  import { parentPort } from "node:worker_threads";
  import { stepBack } from ${JSON.stringify(new URL("./step-back.ts", import.meta.url).href)};
  stepBack();
  parentPort.postMessage(readFileSync("/proc/thread-self/stat", "utf8"));
`;

/** Nice value in the words of proc(5): the 19th field. */
const niceOf = (stat: string) => Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);

it.runIf(platform() === "linux")("puts one thread behind the others, and no other", async () => {
  const before = niceOf(readFileSync("/proc/self/stat", "utf8"));
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(url, { execArgv: process.execArgv });
  const stat = await new Promise<string>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  expect(niceOf(stat)).toBe(Math.min(before + 5, 19));
  expect(niceOf(readFileSync("/proc/self/stat", "utf8"))).toBe(before);
});
