import { afterAll, beforeAll, expect, it } from "vitest";
import { testLog } from "#support/environment";
import { isConsoleBuilt } from "./console-folder.ts";
import { type Motown, startMotown } from "./motown.ts";
import { loadSettings } from "./settings.ts";

let motown: Motown;
beforeAll(async () => {
  const settings = await loadSettings(["--port", "0", "--database", "memory"], {});
  motown = await startMotown(settings, { log: testLog() });
});
afterAll(() => motown.stop());

const ask = (path: string) =>
  fetch(`http://127.0.0.1:${motown.port}${path}`, {
    redirect: "manual",
    signal: AbortSignal.timeout(4000),
  });

it("a browser at a station's address is told what belongs there", async () => {
  const answer = await ask("/ocpp/CP1");
  expect(answer.status).toBe(426);
  expect(await answer.text()).toContain(`ws://127.0.0.1:${motown.port}/ocpp/CP1`);
});

it("a browser at the root is given the console, or the documents where that is not built", async () => {
  const answer = await ask("/");
  const isBuilt = isConsoleBuilt();
  expect(answer.status).toBe(isBuilt ? 200 : 302);
  expect(answer.headers.get(isBuilt ? "content-type" : "location")).toBe(
    isBuilt ? "text/html; charset=utf-8" : "/docs",
  );
});
