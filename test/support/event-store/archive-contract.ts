import { describe, expect, it } from "vitest";
import {
  type ArchiveRow,
  type ArchiveSource,
  type ArchiveTable,
  type ArchiveTarget,
  archiveTables,
  type CommitUnit,
  type EventStore,
} from "#bus";

/** Somewhere a log may be. */
export interface ArchivePlace {
  openStore(): Promise<EventStore>;
  openSource(): Promise<ArchiveSource>;
  createTarget(): Promise<ArchiveTarget>;
}

type Contents = Record<ArchiveTable, ArchiveRow[]>;

const tables = Object.keys(archiveTables) as ArchiveTable[];
const later = "2030-01-01T00:00:00.000Z";
const stations = ["cp01", "ä%20b", "z"];
/** More than a page of them, whatever a page is. */
const unitsCount = 2_300;

function event(type: string, content: unknown) {
  const meta = JSON.stringify({ recordedAt: later });
  return { type, schema: 1, data: JSON.stringify(content), meta };
}

/** Texts that have another order by their UTF-16 than by their bytes, and another in a language. */
const oddIds = ["a", "B", "b", "ä", "\uffff", "\u{1f600}", "a-", "a_", "A"];

/** Something in each table; texts that hashes, orders and arrays stumble over. */
export async function fillLog(store: EventStore): Promise<void> {
  const few: CommitUnit[] = oddIds.map((id, at) => ({
    station: "cp01",
    correlationId: `{"${id}",\\}`,
    appends: [
      {
        stream: "charging-station/cp01",
        expectedVersion: at,
        events: [event("A", { text: `ü\u2028\r\n\u0000${id}` })],
      },
      { stream: `transaction/${id}`, expectedVersion: 0, events: [event("B", {}), event("C", {})] },
    ],
    receipt: { id, answer: `{"said":"\u2029${id}"}`, expiresAt: later },
    requests: [{ requestId: id, append: 0, event: 0 }],
    vault: [{ ref: id, lookup: `lookup of ${id}`, sealed: "sealed" }],
    credentials: [{ owner: id, secret: "hash" }],
  }));
  for (const unit of few) expect((await store.append(unit)).status).toBe("committed");
  const many = Array.from({ length: unitsCount }, (_, at): CommitUnit => {
    const append = { stream: `transaction/${at}`, expectedVersion: 0, events: [event("D", at)] };
    return { appends: [append], receipt: { id: `r${at}`, answer: "", expiresAt: later } };
  });
  const results = await Promise.all(many.map((unit) => store.append(unit)));
  expect(results.every(({ status }) => status === "committed")).toBe(true);
  for (const station of stations) await store.connect({ station, node: "n", connectedAt: later });
  await store.disconnect({ station: "z", epoch: 1, at: later });
  await store.saveCheckpoint({ consumer: "add-on", position: 3 });
  await store.saveSnapshot({ stream: "token/ref", fingerprint: "f", version: 1, state: "{}" });
}

async function contentsOf(source: ArchiveSource): Promise<Contents> {
  const contents = Object.fromEntries(tables.map((table) => [table, []])) as unknown as Contents;
  for (const table of tables) {
    for await (const rows of source.rows(table)) contents[table].push(...rows);
  }
  return contents;
}

async function fillTarget(target: ArchiveTarget, contents: Contents): Promise<void> {
  for (const table of tables) {
    const rows = contents[table];
    for (let at = 0; at < rows.length; at += 700) await target.add(table, rows.slice(at, at + 700));
  }
  await target.complete();
}

async function refusal(place: ArchivePlace, contents: Contents): Promise<unknown> {
  const target = await place.createTarget();
  try {
    await fillTarget(target, contents);
    return undefined;
  } catch (error) {
    await target.abandon();
    return error;
  }
}

async function copied(place: ArchivePlace): Promise<Contents> {
  const source = await place.openSource();
  const contents = await contentsOf(source);
  await source.close();
  return contents;
}

/** What archives of every store must do. */
export function archiveContract(
  name: string,
  given: { readonly newPlace: () => ArchivePlace; readonly timeoutMs?: number },
): void {
  const { newPlace, timeoutMs = 20_000 } = given;

  async function filledPlace(): Promise<{ place: ArchivePlace; store: EventStore }> {
    const place = newPlace();
    const store = await place.openStore();
    await fillLog(store);
    return { place, store };
  }

  describe(`${name}: an archive`, { timeout: timeoutMs }, () => {
    it("has all rows of one moment in the order of their keys' bytes", async () => {
      const { place, store } = await filledPlace();
      const source = await place.openSource();
      const counts = await source.counts();
      const more = { stream: "late/1", expectedVersion: 0, events: [event("E", {})] };
      const receipt = { id: "late", answer: "", expiresAt: later };
      await store.append({
        appends: [more],
        receipt,
        vault: [{ ref: "l", lookup: "l", sealed: "" }],
      });
      await store.saveCheckpoint({ consumer: "late", position: 1 });
      const contents = await contentsOf(source);
      await source.close();
      await store.close();
      const found = Object.fromEntries(tables.map((table) => [table, contents[table].length]));
      expect(found).toEqual({
        event: oddIds.length * 3 + unitsCount,
        receipt: oddIds.length + unitsCount,
        ...{ token: oddIds.length, credential: oddIds.length, request: oddIds.length },
        ...{ connection: stations.length, checkpoint: 1 },
      });
      expect(counts).toEqual(found);
      expect(contents.event.map(([position]) => position)).toEqual(
        contents.event.map((_, at) => at + 1),
      );
      for (const table of tables.slice(1)) {
        const keys = contents[table].map(([key]) => Buffer.from(String(key)));
        expect(keys).toEqual([...keys].sort(Buffer.compare));
      }
    });

    it("fills a log that goes on where the other one stood", async () => {
      const { place, store } = await filledPlace();
      const contents = await copied(place);
      const all = await store.readAll({ after: 0, limit: 5_000 });
      await store.close();
      const other = newPlace();
      await fillTarget(await other.createTarget(), contents);
      expect(await copied(other)).toEqual(contents);
      const filled = await other.openStore();
      expect(await filled.readAll({ after: 0, limit: 5_000 })).toEqual(all);
      expect(await filled.head()).toBe(all.length);
      const stream = "charging-station/cp01";
      const own = await filled.readStream({ stream, afterVersion: 2, limit: 100 });
      expect(own.map(({ version }) => version)).toEqual([3, 4, 5, 6, 7, 8, 9]);
      const ofStation = await filled.readStation({ station: "cp01", after: 0, limit: 100 });
      expect(ofStation).toHaveLength(oddIds.length * 3);
      const correlationId = '{"ä",\\}';
      const ofOne = await filled.readCorrelation({ correlationId, after: 0, limit: 9 });
      expect(ofOne).toHaveLength(3);
      expect(await filled.openToken("ä")).toMatchObject({ lookup: "lookup of ä" });
      expect(await filled.findCredential("\u{1f600}")).toMatchObject({ secret: "hash" });
      expect(await filled.checkpoint("add-on")).toBe(3);
      expect(await filled.pendingRequests("cp01")).toHaveLength(oddIds.length);
      expect(await filled.connect({ station: "cp01", node: "m", connectedAt: later })).toBe(2);
      const next = { stream, expectedVersion: oddIds.length, events: [event("E", {})] };
      const receipt = { id: "b", answer: "another", expiresAt: later };
      expect(await filled.append({ appends: [next], receipt })).toMatchObject({
        ...{ status: "repeated", answer: '{"said":"\u2029b"}' },
      });
      expect(await filled.append({ appends: [next] })).toMatchObject({
        ...{ status: "committed", firstPosition: all.length + 1 },
      });
      await filled.close();
    });

    it("is refused where an event does not follow, and nothing of it stays", async () => {
      const { place, store } = await filledPlace();
      const contents = await copied(place);
      await store.close();
      const { event: events } = contents;
      const changed = (at: number, column: number, value: string | number) =>
        events.map((row, n) =>
          n === at ? row.map((old, m) => (m === column ? value : old)) : row,
        );
      const wrong = {
        position: changed(1_500, 0, 1),
        version: changed(1_500, 2, 2),
        "version of a stream that goes on": changed(3, 2, 3),
        "stream that begins twice": changed(1_500, 1, "transaction/3"),
        gap: events.filter((_, at) => at !== 1_499),
      };
      const other = newPlace();
      for (const [what, rows] of Object.entries(wrong)) {
        const error = await refusal(other, { ...contents, event: rows });
        expect(error, what).toMatchObject({ name: "StoreProblem", code: "badArchive" });
      }
      await expect(other.openSource()).rejects.toMatchObject({ code: "missing" });
      expect(await refusal(other, contents)).toBeUndefined();
    });

    it("is not imported where a log is already", async () => {
      const { place, store } = await filledPlace();
      await store.close();
      await expect(place.createTarget()).rejects.toMatchObject({ code: "notEmpty" });
    });
  });
}
