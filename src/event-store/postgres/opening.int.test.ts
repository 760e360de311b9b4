import { execFileSync } from "node:child_process";
import { chmod, chown, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limitsWith } from "#limits";
import { createConnections, type MigratedPart, migrate, refusePooler } from "#postgres";
import { dataDirectory, keptLog } from "#support/data-directory";
import { openPooler } from "#support/engines/pooler";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { type PostgresServer, startPostgres } from "#support/engines/postgres-server";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

const optionsFor = (schema: string) => {
  return { url: database.url, schema, limits: limitsWith(), log: keptLog() };
};
const step = (sql: string, worksFrom: number) => ({ sql, worksFrom });
const first: MigratedPart = { part: "log", steps: [step("CREATE TABLE one (n int)", 1)] };
/** The release before can work beside it. */
const second: MigratedPart = {
  part: "log",
  steps: [...first.steps, step("ALTER TABLE one ADD m int", 1)],
};
/** The release before cannot. */
const third: MigratedPart = {
  part: "log",
  steps: [...second.steps, step("ALTER TABLE one DROP n", 2)],
};

describe("migrations", () => {
  it("bring tables up step by step, each once, however many nodes start", async () => {
    const options = optionsFor("together");
    await migrate(options, first);
    await Promise.all(Array.from({ length: 5 }, () => migrate(options, third)));
    const versions = "SELECT version FROM together.schema_versions ORDER BY 1";
    expect(await database.query(versions)).toEqual([1, 2, 3].map((version) => ({ version })));
  });

  it("leave nothing of a step that fails", async () => {
    const options = optionsFor("broken");
    const broken = { part: "log", steps: [step("CREATE TABLE half (n int); SELECT 1/0", 1)] };
    await expect(migrate(options, broken)).rejects.toMatchObject({ name: "StoreProblem" });
    expect(await database.query("SELECT to_regclass('broken.half') AS half")).toEqual([
      { half: null },
    ]);
    await migrate(options, first);
  });

  it("let the release before go on, and refuse what it cannot work with", async () => {
    const options = optionsFor("newer");
    await migrate(options, second);
    await migrate(options, first);
    await migrate(options, third);
    await migrate(options, second);
    const refused = migrate(options, first);
    await expect(refused).rejects.toMatchObject({ name: "StoreProblem", code: "newerSchema" });
    await expect(refused).rejects.toThrow(/schema 3; this one knows 1/);
  });

  it("say where the database is that cannot be opened, and keep the password", async () => {
    const url = new URL(database.url);
    url.password = "not-the-password";
    const wrong = migrate({ ...optionsFor("any"), url: url.href }, first);
    await expect(wrong).rejects.toThrow(/motown@127.0.0.1:\d+.*refuses the password/);
    await expect(wrong).rejects.not.toThrow(/not-the-password/);
    const nowhere = migrate({ ...optionsFor("any"), url: "postgres://127.0.0.1:1/x" }, first);
    await expect(nowhere).rejects.toThrow(/cannot be reached/);
    await expect(migrate(optionsFor('a"b'), first)).rejects.toThrow(/name of the schema/);
  });
});

it("takes the password from a file", async () => {
  const folder = await dataDirectory();
  const url = new URL(database.url);
  const passwordFile = join(folder.path, "password");
  await writeFile(passwordFile, `${url.password}\n`);
  url.password = "";
  const options = { ...optionsFor("filed"), url: url.href, passwordFile };
  try {
    await migrate(options, first);
  } finally {
    await folder.remove();
  }
});

describe("a pooler before the server", () => {
  const through = async (mode: "session" | "transaction", query = "") => {
    const url = new URL(`${database.url}${query}`);
    const pooler = await openPooler(Number(url.port), mode);
    url.port = String(pooler.port);
    try {
      await migrate({ ...optionsFor(`pooled_${mode}`), url: url.href }, first);
    } finally {
      await pooler.close();
    }
  };

  it("may give whole sessions", async () => {
    await through("session");
  });

  it("is refused where it changes sessions between transactions", async () => {
    const refused = through("transaction");
    await expect(refused).rejects.toMatchObject({ name: "StoreProblem", code: "unopenable" });
    await expect(refused).rejects.toThrow(/a pooler that changes sessions.*to PostgreSQL itself/);
  });

  it("is refused where settings of the session do not arrive", async () => {
    // As a pooler does that ignores what a client sets: the server's own is in force.
    const options = { ...optionsFor("ignored"), url: database.url };
    const connections = createConnections(options, { purpose: "test", max: 1 });
    try {
      const refused = connections.using(async (client) => {
        await client.query("SET search_path = public");
        await refusePooler(client, options);
      });
      await expect(refused).rejects.toThrow(/drops the settings of a session/);
    } finally {
      await connections.close();
    }
  });
});

describe("a server that asks for TLS", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    const [certificate, key] = ["server.crt", "server.key"].map((one) =>
      join(server.directory, one),
    );
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
        ...[
          "-nodes",
          "-days",
          "2",
          "-subj",
          "/CN=localhost",
          "-addext",
          "subjectAltName=DNS:localhost",
        ],
        ...["-keyout", `${key}`, "-out", `${certificate}`],
      ],
      { stdio: "ignore" },
    );
    const owner = await stat(join(server.directory, "PG_VERSION"));
    await chown(`${key}`, owner.uid, owner.gid);
    await chmod(`${key}`, 0o600);
    await chmod(`${certificate}`, 0o644);
    const rules = await readFile(join(server.directory, "pg_hba.conf"), "utf8");
    await writeFile(
      join(server.directory, "pg_hba.conf"),
      rules.replaceAll(/^host /gm, "hostssl "),
    );
    await writeFile(join(server.directory, "postgresql.auto.conf"), "ssl = on\n");
    await server.stop();
    await server.start();
  }, 60_000);
  afterAll(() => server.remove());

  it("is spoken to as the address asks, and by nobody in clear", async () => {
    const certificate = join(server.directory, "server.crt");
    const attempt = async (host: string, query: string) => {
      const url = new URL(server.url);
      url.hostname = host;
      const options = { ...optionsFor("any"), url: `${url.href}${query}` };
      const connections = createConnections(options, { purpose: "test", max: 1 });
      const text = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      try {
        return await connections.run({ text });
      } finally {
        await connections.close();
      }
    };
    const encrypted = [{ ssl: true }];
    await expect(attempt("127.0.0.1", "")).rejects.toThrow(/without TLS/);
    expect(await attempt("127.0.0.1", "?sslmode=require")).toEqual(encrypted);
    await expect(attempt("127.0.0.1", "?sslmode=verify-ca")).rejects.toThrow(/self-signed/);
    const trusted = `&sslrootcert=${certificate}`;
    expect(await attempt("127.0.0.1", `?sslmode=verify-ca${trusted}`)).toEqual(encrypted);
    expect(await attempt("localhost", `?sslmode=verify-full${trusted}`)).toEqual(encrypted);
    const otherName = attempt("127.0.0.1", `?sslmode=verify-full${trusted}`);
    await expect(otherName).rejects.toThrow(/does not match/);
  });
});
