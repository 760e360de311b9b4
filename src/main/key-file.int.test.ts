import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { testLog } from "#support/environment";
import { startMotown } from "./motown.ts";
import { loadSettings } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "motown-key-file-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["memory", false],
  ["sqlite", true],
])("with the database %s, the key file outlives its process: %s", async (database, stays) => {
  const flags = ["--port", "0", "--data-dir", folder, "--database", database];
  const motown = await startMotown(await loadSettings(flags, {}), { log: testLog() });
  const { keyFile = "" } = motown.firstAccess;
  expect(existsSync(keyFile)).toBe(true);
  await motown.stop();
  expect(existsSync(keyFile)).toBe(stays);
});
