import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { type CommitUnit, type Dice, type Faults, noFaults } from "#bus";
import { dataDirectory } from "#support/data-directory";
import { testDice } from "#support/environment";
import { unitOf } from "#support/event-store-contract";
import { createLogReader, type EventColumns } from "../log-reader.ts";
import { endsWrittenEvery, openLog, openLogReader } from "../log-schema.ts";
import { LogWriter } from "../log-writer.ts";

/** Positions of the events of each chain, as they should be. */
type Model = Map<string, number[]>;

/** A log whose writer can be killed, stopped and made to fail, and what it ought to hold. */
class Trial {
  readonly streams: Model = new Map();
  readonly stations: Model = new Map();
  readonly #path: string;
  readonly #dice: Dice;
  readonly #faults: Faults = { hit: () => this.#fail() };
  #isFailing = false;
  #database!: DatabaseSync;
  writer!: LogWriter;

  constructor(path: string, dice: Dice) {
    this.#path = path;
    this.#dice = dice;
    this.#open();
  }

  pick(most: number): number {
    return this.#dice.below(most);
  }

  /** Half as many chains in memory as there are. */
  #open(): void {
    this.#database = openLog(this.#path);
    this.writer = new LogWriter({
      ...{ database: this.#database, chainCacheMax: 20, receiptScanMax: 3, faults: this.#faults },
    });
  }

  #fail(): void {
    if (this.#isFailing) throw new Error("the disk fails");
  }

  /** How many events the tables are behind. */
  behind(): number {
    const row = this.#database.prepare("SELECT position FROM chain_ends").get();
    return this.writer.head - Number(row?.position);
  }

  commit(): void {
    let head = this.writer.head;
    const versions = new Map([...this.streams].map(([name, of]) => [name, of.length]));
    const units = Array.from({ length: 1 + this.pick(40) }, (): CommitUnit => {
      const stream = `stream/${this.pick(40)}`;
      const types = Array.from({ length: 1 + this.pick(20) }, () => "Happened");
      const versionBefore = versions.get(stream) ?? 0;
      versions.set(stream, versionBefore + types.length);
      const station = this.pick(4) === 0 ? {} : { station: `station ${this.pick(30)}` };
      return unitOf({ stream, versionBefore, types, more: station });
    });
    const { results } = this.writer.commit(units, []);
    expect(results.every(({ status }) => status === "committed")).toBe(true);
    for (const { appends, station } of units) {
      const until = head + (appends[0]?.events.length ?? 0);
      while (head < until) {
        head += 1;
        add(this.streams, appends[0]?.stream ?? "", head);
        if (station !== undefined) add(this.stations, station, head);
      }
    }
  }

  failToCommit(): void {
    this.#isFailing = true;
    expect(() => this.commit()).toThrow("the disk fails");
    this.#isFailing = false;
  }

  /** A batch that fails on a disk that does not even take it back, until it is mended. */
  failForGood(): { mend(): void } {
    const { exec } = this.#database;
    this.#database.exec = (sql) => {
      if (sql === "ROLLBACK") throw new Error("the disk fails");
      exec.call(this.#database, sql);
    };
    this.failToCommit();
    return {
      mend: () => {
        this.#database.exec = exec;
      },
    };
  }

  reopen(how: "stopped" | "killed"): void {
    if (how === "stopped") this.writer.settle();
    this.#database.close();
    this.#open();
    if (how === "stopped") expect(this.behind()).toBe(0);
  }

  check(): void {
    const beside = openLogReader(this.#path);
    const readers = [createLogReader(this.#database, this.writer.ends), createLogReader(beside)];
    const stream = `stream/${this.pick(40)}`;
    const station = `station ${this.pick(30)}`;
    for (const { readStream, readStation } of readers) {
      const ofStream = readStream({ stream, afterVersion: 0, limit: 10_000 });
      expect(positions(ofStream)).toEqual(this.streams.get(stream) ?? []);
      const ofStation = readStation({ station, limit: 10_000 });
      expect(positions(ofStation).reverse()).toEqual(this.stations.get(station) ?? []);
    }
    beside.close();
  }

  close(): void {
    this.#database.close();
  }
}

function add(model: Model, name: string, position: number): void {
  const known = model.get(name);
  if (known === undefined) model.set(name, [position]);
  else known.push(position);
}

const positions = (events: readonly EventColumns[]) => events.map(([position]) => Number(position));

it.each([1, 2, 3])("finds every chain's end, whatever the tables say (seed %i)", async (seed) => {
  const directory = await dataDirectory();
  const trial = new Trial(join(directory.path, "log.sqlite"), testDice(seed));
  const behind: number[] = [];
  for (let step = 0; step < 60; step += 1) {
    const what = trial.pick(12);
    if (what === 0) trial.failToCommit();
    else if (what === 1) trial.reopen("killed");
    else if (what === 2) trial.reopen("stopped");
    else trial.commit();
    behind.push(trial.behind());
    trial.check();
  }
  const most = Math.max(...behind);
  expect(most).toBeGreaterThan(endsWrittenEvery / 4);
  expect(most).toBeLessThan(endsWrittenEvery);
  expect(behind.filter((events) => events === 0).length).toBeGreaterThan(2);
  trial.close();
  await directory.remove();
});

it("takes a log over whose ends were written with each commit", async () => {
  const directory = await dataDirectory();
  const path = join(directory.path, "log.sqlite");
  const before = new Trial(path, testDice(4));
  for (let batch = 0; batch < 4; batch += 1) before.commit();
  before.writer.settle();
  before.close();
  const database = openLog(path);
  database.exec("DROP TABLE chain_ends; PRAGMA user_version = 1");
  database.close();
  const after = openLog(path);
  const found = new LogWriter({
    ...{ database: after, chainCacheMax: 20, receiptScanMax: 3, faults: noFaults },
  });
  for (const [name, of] of before.streams) {
    expect(found.ends.stream(name)).toMatchObject({ version: of.length, last: of.at(-1) });
  }
  expect(after.prepare("SELECT position FROM chain_ends").get()?.position).toBe(found.head);
  after.close();
  await directory.remove();
});

it("answers nothing from a batch that could not be taken back", async () => {
  const directory = await dataDirectory();
  const trial = new Trial(join(directory.path, "log.sqlite"), testDice(5));
  for (let batch = 0; batch < 3; batch += 1) trial.commit();
  const disk = trial.failForGood();
  expect(() => trial.check()).toThrow("the disk fails");
  disk.mend();
  for (let look = 0; look < 20; look += 1) trial.check();
  trial.commit();
  trial.check();
  trial.close();
  await directory.remove();
});

it.each([
  ["none", "DELETE FROM chain_ends"],
  ["one too late", "UPDATE chain_ends SET position = position + 1000000"],
  ["two", "INSERT INTO chain_ends VALUES (0)"],
])("opens no log with %s of the positions up to which its ends are written", async (_what, sql) => {
  const directory = await dataDirectory();
  const path = join(directory.path, "log.sqlite");
  const before = new Trial(path, testDice(6));
  before.commit();
  before.close();
  const database = openLog(path);
  database.exec(sql);
  const open = () =>
    new LogWriter({ database, chainCacheMax: 20, receiptScanMax: 3, faults: noFaults });
  expect(open).toThrow(/chain_ends .* has to be/);
  database.close();
  await directory.remove();
});
