import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { openApi } from "#support/api";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as (options: object) => void;

/** An API that was opened, asked for its figures and closed: what nobody should hold any more. */
async function closedApi() {
  const api = await openApi();
  const { text, status } = await api.get("/metrics");
  await api.close();
  return { text, status, parts: new WeakRef(api.parts), app: new WeakRef(api.app) };
}

async function gone(refs: readonly WeakRef<object>[]): Promise<boolean> {
  for (let turn = 0; turn < 10; turn++) {
    gc({ type: "major", execution: "sync", flavor: "last-resort" });
    if (refs.every((ref) => ref.deref() === undefined)) return true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}

it("shows figures of process and API, each once, and keeps nothing of a closed API", async () => {
  const { status, text, parts, app } = await closedApi();
  expect(status).toBe(200);
  const described = text.split("\n").filter((line) => line.startsWith("# HELP"));
  const names = described.map((line) => line.split(" ")[2]);
  expect(names).toContain("nodejs_gc_duration_seconds");
  expect(names).toContain("motown_live_streams");
  expect(new Set(names).size).toBe(names.length);
  expect(await gone([parts, app])).toBe(true);
});
