// One batch of events becomes changes of rows: what is needed is loaded at once, then everything is
// folded in memory, and of each row only the last word goes to the store.
import type { ViewChange, ViewRow, ViewStore, ViewUpdate } from "#bus";
import type { Columns, RowOf } from "./columns.ts";
import type { RowCache } from "./row-cache.ts";
import { groupStatements } from "./statements.ts";
import type { AnyHandler, Insert, Key, Table, View, ViewEvent } from "./view.ts";

/** What a batch reads from and folds with. */
export interface BatchDeps {
  readonly views: readonly View[];
  readonly store: Pick<ViewStore, "getMany" | "query" | "dialect">;
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
  /** Values of the rows that a group handler changes. */
  readonly wanted: ViewRow | undefined;
}

/** A row as the batch sees it now; `row` undefined: there is none. */
interface Slot {
  readonly key: Key;
  /** As it was loaded; undefined: it is not stored, or nobody asked. */
  stored: ViewRow | undefined;
  row: ViewRow | undefined;
  changed: boolean;
}

/** The rows of one table that a batch works with. */
interface Rows {
  readonly table: Table;
  readonly slots: Map<string, Slot>;
  readonly inserted: ViewRow[];
  /** By the columns that its group handlers ask for. */
  readonly groupings: Map<string, Grouping>;
}

/** Slots by the values of some columns: a large batch would look through all for each event. */
interface Grouping {
  readonly columns: readonly string[];
  readonly groups: Map<string, Set<Slot>>;
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
  await loadGroups(steps as readonly Step[], workspace, deps);
  const insert: Insert = (table, row) =>
    rowsOf(workspace, table as unknown as Table).inserted.push(row);
  for (const step of steps as readonly Step[]) {
    const { view, at } = step;
    try {
      apply(step, rowsOf(workspace, view.table), insert);
    } catch (cause) {
      return { view: view.name, at, cause };
    }
  }
  return { changes: changesOf(workspace), remember: () => remember(workspace, deps.cache) };
}

function stepsOf(events: readonly ViewEvent[], views: readonly View[]): Step[] | HandlerFault {
  const steps: Step[] = [];
  const heardBy = listeners(views);
  for (const [at, event] of events.entries()) {
    for (const { view, handler } of heardBy(event.type)) {
      try {
        const keys = handler.kind === "fold" ? handler.keys(event) : noKeys;
        const wanted = handler.kind === "where" ? handler.where(event) : undefined;
        steps.push({ at, event, view, handler, keys, wanted });
      } catch (cause) {
        return { view: view.name, at, cause };
      }
    }
  }
  return steps;
}

const noKeys: readonly Key[] = [];

interface Listener {
  readonly view: View;
  readonly handler: AnyHandler;
}

/** Who hears an event of a type; asked of each view once per batch and type. */
function listeners(views: readonly View[]): (type: string) => readonly Listener[] {
  const byType = new Map<string, readonly Listener[]>();
  return (type) => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const found = views.flatMap((view) => {
      const handler = view.handlers[type];
      return handler === undefined ? [] : [{ view, handler }];
    });
    byType.set(type, found);
    return found;
  };
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
      const slot: Slot = { key, stored: row, row, changed: false };
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
    for (const [at, slot] of slots.entries()) slot.stored = slot.row = rows[at];
  }
}

/**
 * Loads the rows of all groups: one read per table and kind of group. What is not among them when
 * its event comes has been made by this batch, and is there as well.
 */
async function loadGroups(
  steps: readonly Step[],
  workspace: Workspace,
  { store }: BatchDeps,
): Promise<void> {
  const groups = new Map<string, { table: Table; wanted: Map<string, ViewRow> }>();
  for (const { view, wanted } of steps) {
    if (wanted === undefined) continue;
    const kind = `${view.table.name} ${Object.keys(wanted).join(" ")}`;
    const known = groups.get(kind) ?? { table: view.table, wanted: new Map<string, ViewRow>() };
    known.wanted.set(nameOf(Object.values(wanted)), wanted);
    groups.set(kind, known);
  }
  for (const { table, wanted } of groups.values()) {
    const { slots } = rowsOf(workspace, table);
    for (const query of groupStatements(table, [...wanted.values()], store.dialect)) {
      for (const row of await store.query(query)) {
        const key = keyOfRow(table, row);
        const name = nameOf(key);
        if (!slots.has(name)) slots.set(name, { key, stored: row, row, changed: false });
      }
    }
  }
  for (const { table, wanted } of groups.values()) {
    const [first = {}] = wanted.values();
    group(rowsOf(workspace, table), Object.keys(first));
  }
}

function group({ slots, groupings }: Rows, columns: readonly string[]): void {
  const grouping: Grouping = { columns, groups: new Map() };
  for (const slot of slots.values()) join(grouping, slot, slot.row);
  groupings.set(columns.join("\n"), grouping);
}

function join({ columns, groups }: Grouping, slot: Slot, row: ViewRow | undefined): void {
  if (row === undefined) return;
  const name = groupName(columns, row);
  const slots = groups.get(name);
  if (slots === undefined) groups.set(name, new Set([slot]));
  else slots.add(slot);
}

function groupName(columns: readonly string[], row: ViewRow): string {
  return nameOf(columns.map((column) => row[column] ?? null));
}

/** The rows of a group as the batch has left them. */
function groupOf({ groupings }: Rows, wanted: ViewRow): ViewRow[] {
  const columns = Object.keys(wanted);
  const found = groupings.get(columns.join("\n"))?.groups.get(groupName(columns, wanted));
  const rows: ViewRow[] = [];
  for (const { row } of found ?? []) {
    // A name does not tell an empty text from none.
    if (row && columns.every((column) => row[column] === wanted[column])) rows.push(row);
  }
  return rows;
}

/** Gives a slot its next row; `undefined`: the row is gone. */
function settle({ groupings }: Rows, slot: Slot, row: ViewRow | undefined): void {
  for (const grouping of groupings.values()) {
    const { columns, groups } = grouping;
    const before = slot.row && groupName(columns, slot.row);
    const after = row && groupName(columns, row);
    if (before === after) continue;
    if (before !== undefined) groups.get(before)?.delete(slot);
    join(grouping, slot, row);
  }
  slot.row = row;
  slot.changed = true;
}

function apply({ event, handler, keys, wanted }: Step, rows: Rows, insert: Insert): void {
  if (handler.kind === "insert") {
    for (const row of handler.insert(event)) rows.inserted.push(row);
    return;
  }
  if (handler.kind === "where") {
    if (wanted === undefined) return;
    const { put = [], remove = [] } = handler.change(groupOf(rows, wanted), event);
    for (const row of remove) set(rows, keyOfRow(rows.table, row), undefined);
    for (const row of put) set(rows, keyOfRow(rows.table, row), row);
    return;
  }
  for (const key of keys) {
    const slot = rows.slots.get(nameOf(key));
    if (slot === undefined) throw new Error(`the row ${nameOf(key)} was not loaded`);
    const next = handler.fold(slot.row, event, key, insert);
    if (next !== slot.row) settle(rows, slot, next);
  }
}

function set(rows: Rows, key: Key, row: ViewRow | undefined): void {
  const name = nameOf(key);
  let slot = rows.slots.get(name);
  if (slot === undefined) {
    slot = { key, stored: undefined, row: undefined, changed: true };
    rows.slots.set(name, slot);
  }
  settle(rows, slot, row);
}

function changesOf(workspace: Workspace): ViewChange[] {
  return [...workspace.values()].flatMap(({ table, slots, inserted }) => {
    const put: ViewRow[] = [];
    const update: ViewUpdate[] = [];
    const remove: Key[] = [];
    for (const { key, stored, row, changed } of slots.values()) {
      if (!changed) continue;
      if (row === undefined) remove.push(key);
      else if (stored === undefined) put.push(row);
      else update.push({ row, columns: differing(stored, row) });
    }
    for (const row of inserted) put.push(row);
    const count = put.length + update.length + remove.length;
    return count > 0 ? [{ table: table.name, put, update, remove }] : [];
  });
}

/** Names of the columns that the row has changed since it was loaded. */
function differing(stored: ViewRow, row: ViewRow): string[] {
  const columns: string[] = [];
  for (const column in row) if (row[column] !== stored[column]) columns.push(column);
  return columns;
}

function remember(workspace: Workspace, cache: RowCache): void {
  for (const { table, slots } of workspace.values()) {
    for (const [name, { row }] of slots) {
      const isOver = row !== undefined && table.isOver?.(row as RowOf<Columns>) === true;
      cache.set(cacheName(table, name), isOver ? undefined : row);
    }
  }
}

function rowsOf(workspace: Workspace, table: Table): Rows {
  let rows = workspace.get(table.name);
  if (rows === undefined) {
    rows = { table, slots: new Map(), inserted: [], groupings: new Map() };
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
