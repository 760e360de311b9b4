import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ArchiveTable, type CommitUnit, type EventStore, systemClock } from "#bus";
import { createSqliteArchive, openSqliteArchive, openStores, type Stores } from "#event-store";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { type ArchiveSum, readArchive, writeArchive } from "./format.ts";
import { linesOf } from "./lines.ts";
import { writeTo } from "./write-to.ts";

const limits = limitsWith();
const later = "2030-01-01T00:00:00.000Z";
const none = () => {};

let folder: Awaited<ReturnType<typeof dataDirectory>>;
let from: Stores;
let text: string;
let sum: ArchiveSum;
let names = 0;
let name: string;
beforeAll(async () => {
  folder = await dataDirectory();
  from = await openAt("from");
  await fill(from.events);
  // While the log is in use.
  ({ text, sum } = await exported("from"));
});
afterAll(async () => {
  await from.close();
  await folder.remove();
});
beforeEach(() => {
  names += 1;
  name = `to-${names}`;
});

async function openAt(name: string): Promise<Stores> {
  const directory = join(folder.path, name);
  return await openStores({ directory, limits, clock: systemClock, log: keptLog() });
}

function event(type: string, data: unknown) {
  return {
    type,
    schema: 1,
    data: JSON.stringify(data),
    meta: JSON.stringify({ recordedAt: later }),
  };
}

/** Something in each table, and texts that lines and hashes stumble over. */
const units: readonly CommitUnit[] = [
  {
    station: "cp01",
    correlationId: "first",
    appends: [
      {
        stream: "charging-station/cp01",
        expectedVersion: 0,
        events: [event("A", { text: "ü\u2028\r\n" })],
      },
      { stream: "transaction/t1", expectedVersion: 0, events: [event("B", {}), event("C", {})] },
    ],
    receipt: { id: "r1", answer: '{"said":"\u2029"}', expiresAt: later },
    requests: [{ requestId: "q1", append: 0, event: 0 }],
  },
  {
    appends: [{ stream: "token/ref", expectedVersion: 0, events: [event("TokenSet", {})] }],
    vault: [{ ref: "ref", lookup: "lookup", sealed: "sealed" }],
    credentials: [{ owner: "user:admin", secret: "hash" }],
  },
  {
    station: "cp01",
    appends: [{ stream: "charging-station/cp01", expectedVersion: 1, events: [event("D", 1e21)] }],
  },
];

async function fill(store: EventStore): Promise<void> {
  for (const unit of units) expect((await store.append(unit)).status).toBe("committed");
  await store.connect({ station: "cp01", node: "n", connectedAt: later });
  await store.saveCheckpoint({ consumer: "add-on", position: 3 });
  await store.saveSnapshot({ stream: "token/ref", fingerprint: "f", version: 1, state: "{}" });
}

async function exported(name: string): Promise<{ text: string; sum: ArchiveSum }> {
  const source = openSqliteArchive(join(folder.path, name));
  let text = "";
  const write = async (more: string) => {
    text += more;
  };
  const sum = await writeArchive(source, write, none);
  await source.close();
  return { text, sum };
}

/** In pieces as a pipe has them: in the middle of lines and of characters. */
function inPieces(text: string): Readable {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_none, at) =>
    bytes.subarray(at * 7, at * 7 + 7),
  );
  return Readable.from(pieces, { objectMode: false });
}

function imported(name: string, text: string): Promise<ArchiveSum> {
  const target = createSqliteArchive(join(folder.path, name));
  return readArchive(linesOf(inPieces(text)), target, none);
}

describe("an archive", () => {
  it("holds every table, and the same log has the same archive", async () => {
    const { event, receipt, token, credential, connection, request, checkpoint } = sum.rows;
    expect([event, receipt, token, credential, connection, request, checkpoint]).toEqual([
      ...[5, 1, 1, 1, 1, 1, 1],
    ]);
    expect(await exported("from")).toEqual({ text, sum });
    expect(await imported(name, text)).toEqual(sum);
    expect(await exported(name)).toEqual({ text, sum });
  });

  it("fills a log that goes on where the other one stood", async () => {
    const all = await from.events.readAll({ after: 0, limit: 10 });
    await imported(name, text);
    const to = await openAt(name);
    const { events } = to;
    expect(await events.readAll({ after: 0, limit: 10 })).toEqual(all);
    expect(await events.readStation({ station: "cp01", after: 0, limit: 10 })).toHaveLength(4);
    expect(await events.openToken("ref")).toMatchObject({ sealed: "sealed" });
    expect(await events.findCredential("user:admin")).toMatchObject({ secret: "hash" });
    expect(await events.checkpoint("add-on")).toBe(3);
    expect(await events.pendingRequests("cp01")).toMatchObject([{ requestId: "q1", position: 1 }]);
    const again = await events.append({ ...units[0], appends: [] } as CommitUnit);
    expect(again).toMatchObject({ status: "repeated", answer: units[0]?.receipt?.answer });
    expect(await events.connect({ station: "cp01", node: "m", connectedAt: later })).toBe(2);
    const appends = [{ stream: "transaction/t1", expectedVersion: 2, events: [event("E", {})] }];
    expect(await events.append({ appends })).toMatchObject({ firstPosition: 6 });
    await to.close();
  });

  it.each([
    ["was cut off", (whole: string) => whole.slice(0, whole.lastIndexOf('{"end"')), "cut off"],
    ["was cut in a line", (whole: string) => whole.slice(0, 300), "is no JSON"],
    ["was changed", (whole: string) => whole.replace("hash", "hush"), "was changed"],
    [
      "lacks an event",
      (whole: string) => whole.replace(/\["event",2.*\n/, ""),
      "does not follow from those before it",
    ],
    ["is something else", () => "hello\n", "is no JSON"],
    ["is of another format", () => '{"motown":"archive","format":2}\n', "reads 1"],
    [
      "has a table that is not known",
      (whole: string) => whole.replace('["receipt"', '["recipe"'),
      'no table "recipe"',
    ],
    ["goes on after its end", (whole: string) => `${whole}[]\n`, "follows the archive's end"],
  ])("that %s is refused, and leaves nothing behind", async (_what, change, words) => {
    await expect(imported(name, change(text))).rejects.toThrow(words);
    expect(existsSync(join(folder.path, name, "log.sqlite"))).toBe(false);
    expect(await readdir(join(folder.path, name))).not.toContain("import");
    expect(await imported(name, text)).toEqual(sum);
  });

  it("is not imported into a log that holds something or is in use", async () => {
    await expect(async () => imported("from", text)).rejects.toThrow("in use");
    await imported(name, text);
    await expect(async () => imported(name, text)).rejects.toThrow("holds a log already");
  });

  it("is a file that is whole, or none", async () => {
    const file = join(folder.path, `${name}.jsonl`);
    const source = openSqliteArchive(join(folder.path, "from"));
    const broken = {
      ...source,
      rows: async function* (table: ArchiveTable) {
        if (table === "token") throw new Error("the disk cannot be read");
        yield* source.rows(table);
      },
    };
    await expect(writeTo(file, broken, none)).rejects.toThrow("the disk cannot be read");
    expect(existsSync(file)).toBe(false);
    expect(await writeTo(file, source, none)).toEqual(sum);
    expect(await readFile(file, "utf8")).toBe(text);
    await expect(writeTo(file, source, none)).rejects.toThrow("EEXIST");
    expect(await readFile(file, "utf8")).toBe(text);
    await source.close();
  });

  it("is not made of a folder without a log", () => {
    expect(() => openSqliteArchive(join(folder.path, "nowhere"))).toThrow("There is no log in");
  });
});
