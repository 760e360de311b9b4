// One batch of events becomes changes of rows: what is needed is loaded at once, then everything is
// folded in memory, and of each row only the last word goes to the store.
import type { ViewChange, ViewRow, ViewStore } from "#bus";
import type { RowCache } from "./row-cache.ts";
import { rowsStatement } from "./statements.ts";
import type { AnyHandler, Insert, Key, Table, View, ViewEvent } from "./view.ts";

/** What a batch reads from and folds with. */
export interface BatchDeps {
  readonly views: readonly View[];
  readonly store: Pick<ViewStore, "getMany" | "query">;
  readonly cache: RowCache;
}

/** What a batch comes to; `remember` puts it into the cache once it is committed. */
export interface FoldedBatch {
  readonly changes: readonly ViewChange[];
  readonly remember: () => void;
}

/** A view's handler threw: a bug, of which view and at which event of the batch. */
export interface HandlerFault {
  readonly view: string;
  /** Index of the event in the batch. */
  readonly at: number;
  readonly cause: unknown;
}

interface Step {
  readonly at: number;
  readonly event: ViewEvent;
  readonly view: View;
  readonly handler: AnyHandler;
  /** Rows that a fold changes. */
  readonly keys: readonly Key[];
}

/** A row as the batch sees it now; `row` undefined: there is none. */
interface Slot {
  readonly key: Key;
  row: ViewRow | undefined;
  changed: boolean;
}

/** The rows of one table that a batch works with. */
interface Rows {
  readonly table: Table;
  readonly slots: Map<string, Slot>;
  readonly inserted: ViewRow[];
}

type Workspace = Map<string, Rows>;

/** Folds a batch. A handler that throws ends it: nothing of the batch may then be committed. */
export async function foldBatch(
  events: readonly ViewEvent[],
  deps: BatchDeps,
): Promise<FoldedBatch | HandlerFault> {
  const workspace: Workspace = new Map();
  const steps = stepsOf(events, deps.views);
  if (!Array.isArray(steps)) return steps as HandlerFault;
  await load(steps as readonly Step[], workspace, deps);
  const insert: Insert = (table, row) =>
    rowsOf(workspace, table as unknown as Table).inserted.push(row);
  for (const step of steps as readonly Step[]) {
    const { view, at, handler } = step;
    const group = handler.kind === "where" ? await groupOf(step, workspace, deps) : undefined;
    try {
      apply(step, { rows: rowsOf(workspace, view.table), group, insert });
    } catch (cause) {
      return { view: view.name, at, cause };
    }
  }
  return { changes: changesOf(workspace), remember: () => remember(workspace, deps.cache) };
}

function stepsOf(events: readonly ViewEvent[], views: readonly View[]): Step[] | HandlerFault {
  const steps: Step[] = [];
  for (const [at, event] of events.entries()) {
    for (const view of views) {
      const handler = view.handlers[event.type];
      if (handler === undefined) continue;
      try {
        const keys = handler.kind === "fold" ? handler.keys(event) : [];
        steps.push({ at, event, view, handler, keys });
      } catch (cause) {
        return { view: view.name, at, cause };
      }
    }
  }
  return steps;
}

/** Loads the rows of all folds: from the cache, the rest with one read per table. */
async function load(steps: readonly Step[], workspace: Workspace, deps: BatchDeps): Promise<void> {
  const missing = new Map<Table, Slot[]>();
  for (const { view, keys } of steps) {
    const { slots } = rowsOf(workspace, view.table);
    for (const key of keys) {
      const name = nameOf(key);
      if (slots.has(name)) continue;
      const row = deps.cache.get(cacheName(view.table, name));
      const slot: Slot = { key, row, changed: false };
      slots.set(name, slot);
      if (row !== undefined) continue;
      const others = missing.get(view.table);
      if (others === undefined) missing.set(view.table, [slot]);
      else others.push(slot);
    }
  }
  for (const [table, slots] of missing) {
    const rows = await deps.store.getMany(
      table.name,
      slots.map((slot) => slot.key),
    );
    for (const [at, slot] of slots.entries()) slot.row = rows[at];
  }
}

/** Rows that share values: the stored ones as the batch has left them, and those it has made. */
async function groupOf(step: Step, workspace: Workspace, deps: BatchDeps): Promise<ViewRow[]> {
  const { handler, event, view } = step;
  const wanted = handler.kind === "where" ? handler.where(event) : undefined;
  if (wanted === undefined) return [];
  const { slots } = rowsOf(workspace, view.table);
  for (const row of await deps.store.query(rowsStatement(view.table, wanted))) {
    const key = keyOfRow(view.table, row);
    const name = nameOf(key);
    if (!slots.has(name)) slots.set(name, { key, row, changed: false });
  }
  const columns = Object.keys(wanted);
  return [...slots.values()].flatMap(({ row }) =>
    row !== undefined && columns.every((column) => row[column] === wanted[column]) ? [row] : [],
  );
}

function apply(
  { event, handler, keys }: Step,
  to: { readonly rows: Rows; readonly group: ViewRow[] | undefined; readonly insert: Insert },
): void {
  const { rows, group, insert } = to;
  if (handler.kind === "insert") {
    rows.inserted.push(...handler.insert(event));
    return;
  }
  if (handler.kind === "where") {
    if (group === undefined || handler.where(event) === undefined) return;
    const { put = [], remove = [] } = handler.change(group, event);
    for (const row of remove) set(rows, keyOfRow(rows.table, row), undefined);
    for (const row of put) set(rows, keyOfRow(rows.table, row), row);
    return;
  }
  for (const key of keys) {
    const slot = rows.slots.get(nameOf(key));
    if (slot === undefined) throw new Error(`the row ${nameOf(key)} was not loaded`);
    const next = handler.fold(slot.row, event, key, insert);
    if (next === slot.row) continue;
    slot.row = next;
    slot.changed = true;
  }
}

function set({ slots }: Rows, key: Key, row: ViewRow | undefined): void {
  slots.set(nameOf(key), { key, row, changed: true });
}

function changesOf(workspace: Workspace): ViewChange[] {
  return [...workspace.values()].flatMap(({ table, slots, inserted }) => {
    const put: ViewRow[] = [];
    const remove: Key[] = [];
    for (const { key, row, changed } of slots.values()) {
      if (!changed) continue;
      if (row === undefined) remove.push(key);
      else put.push(row);
    }
    for (const row of inserted) put.push(row);
    return put.length + remove.length > 0 ? [{ table: table.name, put, remove }] : [];
  });
}

function remember(workspace: Workspace, cache: RowCache): void {
  for (const { table, slots } of workspace.values()) {
    for (const [name, { row }] of slots) cache.set(cacheName(table, name), row);
  }
}

function rowsOf(workspace: Workspace, table: Table): Rows {
  let rows = workspace.get(table.name);
  if (rows === undefined) {
    rows = { table, slots: new Map(), inserted: [] };
    workspace.set(table.name, rows);
  }
  return rows;
}

function keyOfRow(table: Table, row: ViewRow): Key {
  return table.key.map((column) => row[column] ?? null);
}

function nameOf(key: Key): string {
  return key.length === 1 ? String(key[0]) : key.join("\n");
}

function cacheName(table: Table, name: string): string {
  return `${table.name}\n${name}`;
}
