import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { administratorKey, openApi, type TestApi } from "#support/api";

// Each command is a process: many of them take long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let api: TestApi;
let url: string;
/** What ails the disk of the server's log. */
let trouble: string | undefined;
beforeAll(async () => {
  const hit = (point: string) => {
    if (trouble !== undefined && point === "beforeCommit") throw new Error(trouble);
  };
  api = await openApi({}, { faults: { hit } });
  await api.app.listen({ port: 0, host: "127.0.0.1" });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(() => api.close());

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly problems: string;
}

/** Runs the command as a person would, against the server of this test. */
function motown(line: string, environment: Readonly<Record<string, string>> = {}) {
  return run(line.split(" "), environment);
}

/** The same, of words that may hold spaces. */
function run(given: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const main = join(import.meta.dirname, "main.ts");
  const env = { ...process.env, MOTOWN_URL: url, MOTOWN_API_KEY: administratorKey, ...environment };
  return new Promise<Ended>((resolve) => {
    execFile(process.execPath, [main, ...given], { env }, (error, out, problems) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, problems });
    });
  });
}

it("registers, accepts and shows a station", async () => {
  expect((await motown("type add ACME One --evses 2 --max-power 22000")).out).toBe(
    "ACME One is in the catalogue: 2 EVSE(s).\n",
  );
  const added = await motown("station add CP1 --vendor acme --model one");
  expect(added).toMatchObject({ code: 0, out: "CP1 is registered (waiting).\n" });
  expect((await motown("accept CP1")).out).toBe("CP1 is accepted.\n");
  const { out } = await motown("stations --search cp1");
  expect(out).toMatch(/^STATION +STATE .*\nCP1 +operational +no +unknown +acme +one +2 +0\n$/);
  const [shown] = JSON.parse((await motown("stations --json")).out);
  expect(shown).toMatchObject({ stationId: "CP1", evseCount: 2 });
});

it("says what is wrong in plain words, and how to go on", async () => {
  const unknown = await motown("accept NOBODY");
  expect(unknown).toMatchObject({ code: 1, out: "" });
  expect(unknown.problems).toBe(
    "No station of this id is known. (NOBODY)\n" +
      "  → See which stations there are: npx motown stations\n",
  );
  const wrong = await motown("password CP1 --password short");
  expect(wrong.problems).toMatch(/^The body does not .*\n {2}password: /);
  expect((await motown("user add a:b")).problems).toMatch(
    /\n {2}user: must be without spaces, colons and slashes\n$/,
  );
  expect((await motown("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const nowhere = await motown("stations", { MOTOWN_URL: "http://127.0.0.1:9" });
  expect(nowhere.problems).toMatch(
    /^No Motown answers at http:\/\/127\.0\.0\.1:9 .*\n {2}→ Start it/,
  );
  const noAddress = await motown("--url nonsense stations");
  expect(noAddress).toMatchObject({ code: 1, problems: expect.stringMatching(/^nonsense is no /) });
  expect((await motown("stations --limit x")).problems).toBe("--limit x is no number.\n");
  for (const line of ["stations --limit 0", "token list --limit -3", "events --limit 1.5"]) {
    expect((await motown(line)).problems).toMatch(/ is no whole number from 1 to 1000000\.\n$/);
  }
  const evses = await motown("type add ACME Huge --evses 1e12");
  expect(evses).toEqual({
    ...{ code: 1, out: "" },
    problems: "--evses 1e12 is no whole number from 1 to 1000.\n",
  });
  const stranger = await motown("stations", {
    MOTOWN_API_KEY: "",
    MOTOWN_DATA_DIR: "/nowhere",
  });
  expect(stranger.problems).toMatch(/^The key file .*api-key is not there\.\n {2}→ /);
});

it("says of what may have been done that it may, and goes on listening", async () => {
  let asked = 0;
  const breaking = createServer((request, response) => {
    asked += 1;
    if (request.method === "POST") return request.socket.destroy();
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 2000\n\n", () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => breaking.listen(0, "127.0.0.1", resolve));
  const where = { MOTOWN_URL: `http://127.0.0.1:${(breaking.address() as AddressInfo).port}` };
  const killed = await motown("accept CP1", where);
  expect(killed).toMatchObject({ code: 1, out: "" });
  expect(killed.problems).toMatch(/^The connection to Motown at .* broke before its answer came /);
  expect(killed.problems).toMatch(/\n {2}→ Perhaps it was done, perhaps not: /);
  const main = join(import.meta.dirname, "main.ts");
  const env = { ...process.env, MOTOWN_API_KEY: administratorKey, ...where };
  const child = execFile(process.execPath, [main, "events", "--follow"], { env });
  try {
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(2);
  } finally {
    child.kill();
    breaking.close();
  }
});

it("takes its key from the file that the server has it from", async () => {
  const folder = await mkdtemp(join(tmpdir(), "motown-key-"));
  const keyFile = join(folder, "key");
  const from = (file: string) =>
    motown("stations --limit 1", { MOTOWN_API_KEY: "", MOTOWN_API_KEY_FILE: file });
  try {
    await writeFile(keyFile, `${administratorKey}\n`);
    expect(await from(keyFile)).toMatchObject({ code: 0, problems: "" });
    expect((await from(join(folder, "none"))).problems).toMatch(
      /^The key file .*none is not there/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("adds and blocks tokens", async () => {
  expect((await motown("token add Card-1 --concurrency 1")).out).toBe("Token Card-1 may charge.\n");
  expect((await motown("token block Card-1")).out).toBe("Token Card-1 is blocked.\n");
  expect((await motown("token list")).out).toMatch(/Card-1 +blocked/);
  const until = "2020-01-01T00:00:00Z";
  expect((await motown(`token add Card-2 --expires-at ${until}`)).out).toBe(
    `Token Card-2 may charge until ${until}.\n`,
  );
  const first = await motown("token list --limit 1");
  expect(first.problems).toBe("There are more than these 1: --limit <n>\n");
  expect((await motown("token list --limit 2")).problems).toBe("");
  expect((await motown("events --type Unheard")).out).toBe("None.\n");
});

it("ends a session whose station will not end it, by its id or number", async () => {
  const at = "2026-05-04T10:00:00.000Z";
  const opened = { transactionId: "t1", evseId: 1, startedAt: at, at };
  const common = { evseId: 1, startedAt: at, at };
  const started = { ...common, station: "cp1", transactionNumber: 7, reviews: [] };
  await api.commit([
    { stream: "charging-station/cp1", type: "RecordTransactionOpened", data: opened },
    { stream: "transaction/t1", type: "RecordTransactionStarted", data: started },
  ]);
  expect((await motown("end 99")).problems).toMatch(/^No session has the number 99\./);
  expect((await motown("end 7")).out).toMatch(/^Session 7 has ended by an estimate\./);
  expect((await api.get("/api/v1/transactions/t1")).body.state).toBe("estimated");
  expect(await motown("end t1")).toMatchObject({ code: 1 });
});

it("lists deviations, by station and by model", async () => {
  const shownBy = { vendor: "acme", model: "one", firmwareVersion: "1.0" };
  for (const station of ["cp1", "cp9"]) {
    api.frames.add({
      ...{ station, shownBy, at: "2026-05-04T10:00:00.000Z", protocol: "ocpp1.6", call: "" },
      ...{ direction: "fromStation" as const, deviations: ["clockAhead"] },
    });
  }
  const { out } = await motown("deviations cp1");
  expect(out).toMatch(/^STATION .*\nCP1 +acme +one +1\.0 +clockAhead +1 +2026-05-04T10:00:00.000Z/);
  expect(out).not.toContain("cp9");
  const models = await motown("deviations --models --vendor acme");
  expect(models.out).toMatch(/\nacme +one +1\.0 +2 +clockAhead +2 /);
  expect((await motown("deviations --code nothing")).out).toBe("None.\n");
});

it("shows the cluster, and fails when something is wrong in it", async () => {
  const well = await motown("cluster status");
  expect(well).toMatchObject({ code: 0, problems: "" });
  expect(well.out).toMatch(
    /^All is well, says node\.\n\nNODE +ROLES .*\nnode +gateway, api, background +0\.0\.0 +live +/,
  );
  expect(well.out).toMatch(/\nIt is alone: all work is its own\.\n/);
  expect(well.out).toMatch(/\nlog +memory +well +last event \d+\nviews +well +0 events behind, /);
  trouble = "disk full";
  expect((await motown("token add Card-3")).code).toBe(1);
  const ill = await motown("cluster status");
  trouble = undefined;
  expect((await motown("token add Card-3")).code).toBe(0);
  expect(ill).toMatchObject({ code: 1, problems: "" });
  expect(ill.out).toMatch(/^Wrong, says node:\n {2}✗ The log cannot be written: disk full\./);
  const { code, out } = await motown("cluster status --json");
  expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, ok: true, node: "node" });
});

it("lists what add-ons could not handle, and skips it or lets them try again", async () => {
  const at = "2026-05-04T10:00:00.000Z";
  const parked = { eventType: "TransactionStarted", attempts: 5, error: "no answer", at };
  await api.commit(
    ["cp%201", "cp2"].map((partition, index) => ({
      ...{ stream: "add-on/billing", type: "ParkAddOnEvent" },
      data: { ...parked, partition, cursor: `0-${index + 1}` },
    })),
  );
  const { out } = await motown("add-on parked");
  expect(out).toMatch(/\nbilling +cp 1 +TransactionStarted +2026-05-04T10:\S+ +5 +no answer\n/);
  expect(await run(["add-on", "skip", "billing", "CP 1"])).toMatchObject({
    out: "billing leaves out TransactionStarted, and goes on behind it.\n",
    problems: "",
  });
  expect((await motown("add-on retry billing cp2")).out).toBe(
    "billing tries TransactionStarted again.\n",
  );
  expect((await motown("add-on parked")).out).toBe("None.\n");
  const { out: said } = await motown("events --type AddOnEventSkipped,AddOnEventReleased");
  expect(said).toMatch(/ AddOnEventSkipped .*"cursor":"0-1".*\n.* AddOnEventReleased .*"0-2"/);
  expect((await motown("add-on skip billing cp2")).problems).toBe(
    "Nothing of cp2 waits for a person at billing.\n" +
      "  → See what does: npx motown add-on parked\n",
  );
  expect((await motown("add-on list")).out).toBe("None.\n");
});

it("makes and revokes keys", async () => {
  const [key = ""] = (await motown("key create ci --permission SetToken")).out.split("\n");
  const id = key.split("_")[1];
  const asKey = () => api.get("/api/v1/me", { authorization: `Bearer ${key}` });
  expect((await asKey()).body).toMatchObject({ name: "ci", permissions: ["SetToken"] });
  expect((await motown(`key revoke ${id}`)).out).toBe(`Key ${id} is revoked.\n`);
  expect((await asKey()).status).toBe(401);
});

it("gives a user a new one-time password", async () => {
  const reset = await motown("user reset-password admin");
  expect(reset.out).toMatch(/^The one-time password of admin is \w{20}\nIt opens only/);
});

it("follows what happens", async () => {
  const main = join(import.meta.dirname, "main.ts");
  const env = { ...process.env, MOTOWN_URL: url, MOTOWN_API_KEY: administratorKey };
  const words = [main, "events", "--follow", "--type", "ChargingStationCreated", "--after", "0-1"];
  const child = execFile(process.execPath, words, { env });
  let shown = "";
  child.stdout?.on("data", (text: string) => {
    shown += text;
  });
  try {
    await expect.poll(() => shown, { timeout: 5_000 }).toContain("CP1  ChargingStationCreated");
    await api.post("/api/v1/charging-stations", { stationId: "CP2" });
    await expect.poll(() => shown, { timeout: 5_000 }).toContain("CP2  ChargingStationCreated");
  } finally {
    child.kill();
  }
});
