// The files of the views: not synced, so that a power cut may cost the last commits of one.
import type { ViewChange, ViewRow, ViewStore, ViewTable } from "#bus";
import { openSqliteViewStore } from "#event-store";
import type { Limits } from "#limits";
import { views, viewTableOf } from "#views";
import type { Life } from "./life.ts";

interface Commit {
  readonly changes: readonly ViewChange[];
  readonly checkpoint: number;
}

// Making the tables costs more than a world's rows: files that are done with are emptied and used
// again, by whichever world comes next.
const spare: ViewStore[] = [];
const spareMost = 8;
/** A file keeps its pages when it is emptied: those of a long world are given back instead. */
const sparePagesMost = 500;

/** An empty file. */
export function takeFile(limits: Limits): ViewStore {
  return spare.pop() ?? openSqliteViewStore(":memory:", limits);
}

/** A file that nobody writes to any more. */
export async function giveBack(store: ViewStore): Promise<void> {
  const { pages } = await sizeOf(store);
  if (spare.length >= spareMost || pages > sparePagesMost) return store.close();
  await store.clear();
  spare.push(store);
}

async function sizeOf(
  store: Pick<ViewStore, "query">,
): Promise<{ readonly pages: number; readonly bytes: number }> {
  const sql =
    "SELECT page_count AS pages, page_size AS size FROM pragma_page_count, pragma_page_size";
  const [row] = await store.query({ sql, parameters: [] });
  const pages = Number(row?.pages);
  return { pages, bytes: pages * Number(row?.size) };
}

/** One file, with the commits since it was made. */
export interface ViewFile {
  readonly store: ViewStore;
  readonly commits: Commit[];
  readonly tables: ViewTable[];
}

/** All rows of all views, as text. */
export type ViewDump = ReadonlyMap<string, readonly ViewRow[]>;

export class ViewFiles {
  /** Why nothing can be written at the moment. */
  trouble: string | undefined;
  /** Newest lease under which they were led, where several nodes share them. */
  epoch = 0;
  /** A change of what a node is given for shared views: the plants of a test. */
  changeShared: (store: ViewStore) => ViewStore = (store) => store;
  /** A change to each commit: a plant of a test. */
  change: (commit: Commit) => Commit = (commit) => commit;
  readonly #limits: Limits;
  readonly #keepsHistory: boolean;
  #current: ViewFile;
  #mostBytes = 0;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(parts: { readonly limits: Limits; readonly keepsHistory: boolean }) {
    this.#limits = parts.limits;
    this.#keepsHistory = parts.keepsHistory;
    this.#current = this.fresh();
  }

  get current(): ViewFile {
    return this.#current;
  }

  /** A new, empty file; it counts once it is `current`. */
  fresh(): ViewFile {
    return { store: takeFile(this.#limits), commits: [], tables: [] };
  }

  /**
   * Memory that the views have taken at the most. Where they are built again there are two of them
   * for a while, and the allocator keeps the pages of the one that goes for those to come.
   */
  async mostBytes(): Promise<number> {
    this.#mostBytes = Math.max(this.#mostBytes, (await sizeOf(this.#current.store)).bytes);
    return this.#mostBytes;
  }

  /** The rebuilt views take over. */
  async replace(file: ViewFile): Promise<void> {
    const { store } = this.#current;
    const both = (await sizeOf(store)).bytes + (await sizeOf(file.store)).bytes;
    this.#mostBytes = Math.max(this.#mostBytes, both);
    this.#current = file;
    await giveBack(store);
  }

  /** A file as one life of a node writes it. */
  open(file: ViewFile, life: Life): ViewStore {
    const { store } = file;
    const never = new Promise<never>(() => {});
    const alive = <T>(ask: () => Promise<T>): Promise<T> =>
      life.alive ? life.outlived(ask()) : never;
    return {
      dialect: store.dialect,
      migrate: (tables) => alive(() => this.migrate(tables, file)),
      get: (table, key) => alive(() => store.get(table, key)),
      getMany: (table, keys) => alive(() => store.getMany(table, keys)),
      commit: (given) => alive(() => this.commit(given, file)),
      claim: (epoch) => alive(() => store.claim(epoch)),
      checkpoint: () => alive(() => store.checkpoint()),
      query: (query) => alive(() => store.query(query)),
      clear: () => alive(() => this.clear(file)),
      // What is in force stays until another is: a process may die between the two.
      close: () => alive(async () => (file === this.#current ? undefined : giveBack(store))),
    };
  }

  /** Makes the tables; a later file has them, too. */
  migrate(tables: readonly ViewTable[], file = this.#current): ReturnType<ViewStore["migrate"]> {
    file.tables.push(...tables);
    return file.store.migrate(tables);
  }

  async commit(given: Commit, file = this.#current): Promise<void> {
    if (this.trouble !== undefined) throw new Error(this.trouble);
    const commit = this.change(given);
    await file.store.commit(commit);
    if (this.#keepsHistory) file.commits.push(commit);
  }

  clear(file = this.#current): Promise<void> {
    file.commits.length = 0;
    return file.store.clear();
  }

  /** One after the other: what several nodes do to what they share stands or falls alone. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => {});
    return turn;
  }

  /** The world is over. */
  end(): Promise<void> {
    return giveBack(this.#current.store);
  }

  /** A power cut: the last commits are gone, all of them if so many were not made. */
  async loseLast(count: number): Promise<void> {
    const { commits, tables } = this.#current;
    if (count === 0) return;
    const kept = this.#keepsHistory ? commits.slice(0, Math.max(0, commits.length - count)) : [];
    const file = this.fresh();
    await file.store.migrate(tables);
    for (const commit of kept) await file.store.commit(commit);
    file.commits.push(...kept);
    file.tables.push(...tables);
    await this.replace(file);
  }
}

/** What the views show, table by table in the order of their keys. */
export async function dumpOf(store: Pick<ViewStore, "query">): Promise<ViewDump> {
  const dump = new Map<string, readonly ViewRow[]>();
  for (const { table } of Object.values(views)) {
    const { name, key } = viewTableOf(table);
    const order = key.map((column) => `"${column}"`).join(", ");
    const rows = await store.query({
      sql: `SELECT * FROM "${name}" ORDER BY ${order}`,
      parameters: [],
    });
    dump.set(name, rows);
  }
  return dump;
}
