import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { limitTable } from "#limits";
import { limitSettingName, settingTable, variableOf } from "./setting-table.ts";
import { loadSettings, settingHelp } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "motown-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("settings", () => {
  it("have a default each", async () => {
    const settings = await loadSettings([], {});
    expect(settings.port).toBe(8080);
    expect(settings.unknownStations).toBe("reject");
    expect(settings.limits.callTimeoutMs).toBe(limitTable.callTimeoutMs.default);
  });

  it("come from flags before the environment before the file", async () => {
    const path = file("a.json", JSON.stringify({ port: 1, host: "file", dataDir: "file" }));
    const environment = { MOTOWN_PORT: "2", MOTOWN_HOST: "environment" };
    const settings = await loadSettings(["--port", "3", "--config", path], environment);
    expect(settings).toMatchObject({ port: 3, host: "environment", dataDir: "file" });
  });

  it.each([
    [["--port", "65536"], "a whole number from 0 to 65535"],
    [["--port", "1.5"], "a whole number from 0 to 65535"],
    [["--api-key", "short"], "MOTOWN_API_KEY must have at least 20 characters"],
    [["--config", file("list.json", "[]")], "must be an object of settings"],
    [["--config", file("none.ts", "export const port = 1;")], "must be an object of settings"],
  ])("%j is refused in words", async (flags, words) => {
    await expect(loadSettings(flags, {})).rejects.toThrow(words);
  });

  it("come from a TypeScript file", async () => {
    const path = file("a.ts", "export default { strict: true, limits: { frameDays: 2 } };");
    const settings = await loadSettings(["--config", path], {});
    expect(settings.strict).toBe(true);
    expect(settings.limits.frameDays).toBe(2);
  });

  it("read secrets from a file that the environment names", async () => {
    const key = "0123456789abcdef0123";
    const settings = await loadSettings([], { MOTOWN_API_KEY_FILE: file("key", `${key}\n`) });
    expect(settings.apiKey).toBe(key);
  });

  it("take add-on settings from the environment", async () => {
    const settings = await loadSettings([], { MOTOWN_ADD_ONS: '{"authorization":{"a":1}}' });
    expect(settings.addOnSettings).toEqual({ authorization: { a: 1 } });
  });

  it.each([
    [["--port", "many"], {}, "--port (MOTOWN_PORT)"],
    [["--port=-1"], {}, "--port (MOTOWN_PORT)"],
    [["--unknown-stations", "maybe"], {}, "one of reject, pending, accept"],
    [["--prot", "1"], {}, "--prot"],
    [["--trusted-proxies", "10.0.0.0/8,proxy"], {}, "(MOTOWN_TRUSTED_PROXIES) names proxy"],
    [[], { MOTOWN_STRICT: "perhaps" }, "--strict (MOTOWN_STRICT)"],
    [[], { MOTOWN_SECRET_FILE: "/nowhere/at/all" }, "MOTOWN_SECRET_FILE"],
    [[], { MOTOWN_ADD_ONS: "{" }, "MOTOWN_ADD_ONS"],
    [[], { MOTOWN_LIMIT_FRAME_DAYS: "x" }, "--limit-frame-days"],
    [["--config", "/nowhere/at/all.json"], {}, "/nowhere/at/all.json"],
  ])("that cannot be used name themselves: %j %j", async (flags, environment, words) => {
    await expect(loadSettings(flags, environment)).rejects.toThrow(words);
  });

  it("never print a secret", async () => {
    const path = file("secret.json", JSON.stringify({ unknown: "hush" }));
    const failure = await loadSettings(["--config", path], {}).catch(String);
    expect(failure).toContain("unknown");
    expect(failure).not.toContain("hush");
  });

  it("are all in the help", () => {
    for (const name of Object.keys(settingTable))
      expect(settingHelp()).toContain(settingName(name));
  });

  it("name limits as flags and variables do", () => {
    expect(variableOf(limitSettingName("callTimeoutMs"))).toBe("MOTOWN_LIMIT_CALL_TIMEOUT_MS");
  });
});

function settingName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
