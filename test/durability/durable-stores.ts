// Every store that must outlive a kill, as a drill needs it. What it left is read from its files or
// tables by hand: nothing of the server's own code may vouch for itself.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type LoggedEvent, readEvents } from "../../bench/seeded/log-file.ts";
import { openPostgres } from "./postgres-place.ts";

/** Where one drill's server keeps what it has. */
export interface DurablePlace {
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Events of these types after a position, as they lie there now; the server is dead or alive. */
  readEvents(types: readonly string[], after: number): Promise<LoggedEvent[]>;
  /** Whether the views show all that is in the log; undefined: the server's end sees to it. */
  viewsAreComplete?(): Promise<boolean>;
  /** All rows of all views, as text, by table. */
  readViews(): Promise<Map<string, readonly string[]>>;
  /** Forgets the views, so that the next start builds them again. */
  dropViews(): Promise<void>;
  dispose(): Promise<void>;
}

/** A durable store. */
export interface DurableStore {
  readonly name: string;
  open(): Promise<DurablePlace>;
}

/** All of them. */
export const durableStores: readonly DurableStore[] = [
  { name: "sqlite", open: openSqlite },
  { name: "postgres", open: openPostgres },
];

async function openSqlite(): Promise<DurablePlace> {
  return sqlitePlace(mkdtempSync(join(tmpdir(), "motown-kill-")));
}

/** A data directory, read by hand. */
export function sqlitePlace(dataDir: string): DurablePlace {
  const copies = mkdtempSync(join(tmpdir(), "motown-kill-copy-"));
  return {
    dataDir,
    environment: {},
    readEvents: async (types, after) => {
      // A copy: whoever opens the file itself recovers it, and that is for the server to do.
      for (const name of ["log.sqlite", "log.sqlite-wal"]) {
        if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(copies, name));
        else rmSync(join(copies, name), { force: true });
      }
      rmSync(join(copies, "log.sqlite-shm"), { force: true });
      return readEvents(copies, types, after);
    },
    readViews: async () => readViews(dataDir),
    dropViews: async () => {
      for (const name of readdirSync(dataDir).filter((file) => file.startsWith("views"))) {
        rmSync(join(dataDir, name));
      }
    },
    dispose: async () => {
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(copies, { recursive: true, force: true });
    },
  };
}

function readViews(dataDir: string): Map<string, readonly string[]> {
  const pointer = join(dataDir, "views.current");
  const file = existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : "views.sqlite";
  const database = new DatabaseSync(join(dataDir, file), { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    return new Map(
      tables.map(({ name }) => {
        const rows = database.prepare(`SELECT * FROM "${name}"`).all();
        return [String(name), rows.map((row) => JSON.stringify(row)).sort()];
      }),
    );
  } finally {
    database.close();
  }
}
