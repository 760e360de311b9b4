import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { limitTable } from "#limits";
import { SettingProblem } from "./setting-problem.ts";
import { limitSettingName, settingTable, variableOf } from "./setting-table.ts";
import { loadSettings, settingHelp } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "motown-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const vaultSecret = "0123456789abcdef0123456789abcdef";
const onPostgres = ["--database", "postgres://motown:hush@db/log", "--secret", vaultSecret];
const certificate = file("certificate.pem", "");

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
    [
      ["--console-tile-url", "https://a.example.org/{z}"],
      {},
      "CONSOLE_TILE_URL) cannot be used: it has no {x}",
    ],
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

  it("name the roles of a node with commas", async () => {
    expect((await loadSettings([], {})).roles).toEqual(["gateway", "api", "background"]);
    const flags = [...onPostgres, "--roles", " api ,background,api"];
    expect((await loadSettings(flags, {})).roles).toEqual(["api", "background"]);
  });

  it("take the database's address from a file, and the nodes' from the environment", async () => {
    const settings = await loadSettings([], {
      MOTOWN_DATABASE_FILE: file("database", "postgres://motown:hush@db/log\n"),
      MOTOWN_SECRET: vaultSecret,
      MOTOWN_NODE: "node-1.example",
      MOTOWN_NODE_URL: "http://node-1.example:8080",
      MOTOWN_BUS: "nats://user:hush@one:4222, tls://two:4222",
    });
    expect(settings).toMatchObject({
      database: "postgres://motown:hush@db/log",
      node: "node-1.example",
      databaseSchema: "motown",
      cell: "main",
    });
  });

  it.each([
    [["--database", "postgres://motown:hush@db/log"], "--secret (MOTOWN_SECRET"],
    [["--database", "postgres://motown:hush@db/log", "--secret", "hush"], "at least 32 characters"],
    [["--database", "postgres://mo town:hush@"], "postgres://user@host:5432/motown"],
    [["--database", "mysql://motown:hush@db/log"], "sqlite, memory, or an address"],
    [["--database", "sqlte"], "--database (MOTOWN_DATABASE) must be sqlite"],
    [[...onPostgres, "--database-schema", "Motown;"], "small letters, digits and _"],
    [[...onPostgres, "--database-ca-file", "/nowhere/ca"], "/nowhere/ca, which cannot be read"],
    [[...onPostgres, "--database-password-file", "/nowhere/p"], "/nowhere/p, which cannot be"],
    [[...onPostgres, "--node", "a b"], "--node (MOTOWN_NODE) must be 1 to 63 letters"],
    [[...onPostgres, "--node-url", "node-1:8080"], "--node-url"],
    [[...onPostgres, "--cell", "a.b"], "--cell"],
    [[...onPostgres, "--bus", "amqp://user:hush@host"], "nats://host:4222"],
    [[...onPostgres, "--bus", "nats://a", "--bus-cert-file", certificate], "needed together"],
    [[...onPostgres, "--roles", "api,king"], "some of gateway, api, background"],
    [[...onPostgres, "--roles", ","], "some of gateway, api, background"],
    [["--roles", "api"], "Several nodes need --database postgres://"],
    [["--bus", "nats://user:hush@host:4222"], "is for nodes on PostgreSQL"],
    [["--database-ca-file", certificate], "is for nodes on PostgreSQL"],
  ])(
    "of a cluster that cannot be meant are refused in words, without a password: %j",
    async (flags, words) => {
      const refused = await loadSettings(flags, {}).catch((error: Error) => error);
      expect(refused).toBeInstanceOf(SettingProblem);
      expect(String(refused)).toContain(words);
      expect(String(refused)).not.toContain("hush");
    },
  );

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
