import { type TSchema, Type } from "@sinclair/typebox";
import type { ViewColumn, ViewValue } from "#bus";

/** How a column appears in the items that queries answer with. */
interface Shown<V> {
  /** Name in the item; default: the column's. */
  readonly name?: string;
  /** Filters may name it, and no item shows it. */
  readonly onlyAsked?: true;
  readonly schema: TSchema;
  read(value: V): unknown;
  /** The stored value of what a filter names; undefined where it cannot be one. */
  write(value: string | number | boolean): ViewValue | undefined;
}

/** A column: its SQL type, its first value in a new row, and how an item shows it, if at all. */
export interface Column<V extends ViewValue = ViewValue> extends ViewColumn {
  readonly initial: V;
  readonly nullable: boolean;
  readonly shown?: Shown<NonNullable<V>> | undefined;
}

/** Columns of a table by name. */
export type Columns = Readonly<Record<string, Column>>;

/** A row of a table with these columns. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: C[K]["initial"] };

/** Text; `schema` narrows or describes it. */
export function text(schema: TSchema = Type.String()): Column<string> {
  const write = (value: string | number | boolean) => String(value);
  return {
    type: "text",
    initial: "",
    nullable: false,
    shown: { schema, read: (value) => value, write },
  };
}

/** Instant, ISO 8601 UTC. */
export function instant(description?: string): Column<string> {
  const about = description === undefined ? {} : { description };
  return text(Type.String({ format: "date-time", ...about }));
}

/** Whole number. */
export function integer(schema: TSchema = Type.Integer()): Column<number> {
  const write = (value: string | number | boolean) => wholeNumber(value);
  return {
    type: "integer",
    initial: 0,
    nullable: false,
    shown: { schema, read: (value) => value, write },
  };
}

/** Number with decimals. */
export function real(schema: TSchema = Type.Number()): Column<number> {
  const write = (value: string | number | boolean) => anyNumber(value);
  return {
    type: "real",
    initial: 0,
    nullable: false,
    shown: { schema, read: (value) => value, write },
  };
}

/** Yes or no; 0 or 1 in the table. */
export function flag(description?: string): Column<number> {
  const schema = Type.Boolean(description === undefined ? {} : { description });
  const read = (value: number) => value !== 0;
  const write = (value: string | number | boolean) => storedFlag(value);
  return { type: "integer", initial: 0, nullable: false, shown: { schema, read, write } };
}

/** A nested value as JSON text; a new row holds `initial`. Never a filter. */
export function json(schema: TSchema, initial: unknown): Column<string> {
  const read = (value: string): unknown => JSON.parse(value);
  const shown = { schema, read, write: () => undefined };
  return { type: "text", initial: JSON.stringify(initial), nullable: false, shown };
}

/** A quantity in thousandths, shown in its unit with up to three decimals, under its own name. */
export function milli(name: string): Column<number> {
  const read = (value: number) => value / 1000;
  const write = (value: string | number | boolean) => thousandths(value);
  const shown = { name, schema: Type.Number(), read, write };
  return { type: "integer", initial: 0, nullable: false, shown };
}

/** The same column, empty in a new row; an item leaves it out while it is. */
export function optional<V extends ViewValue>(column: Column<V>): Column<V | null> {
  return { ...column, initial: null, nullable: true } as Column<V | null>;
}

/** The same column, for the view's own use: no item shows it, no filter names it. */
export function hidden<V extends ViewValue>(column: Column<V>): Column<V> {
  return { ...column, shown: undefined };
}

/** The same column, for filters alone: what it says is in the item already, in other words. */
export function onlyAsked<V extends ViewValue>(column: Column<V>): Column<V> {
  const { shown } = column;
  return shown === undefined ? column : { ...column, shown: { ...shown, onlyAsked: true } };
}

/** Key of a station. Items show `stationId` instead, in its own spelling (see queries.ts). */
export function stationColumn(): Column<string> {
  return hidden(text());
}

/** Texts as `search` compares them: in lower case, one per line. */
export function foldedText(texts: readonly (string | null)[]): string {
  return texts
    .filter((one) => one !== null)
    .join("\n")
    .toLowerCase();
}

/** Yes and no as a row holds them. */
export function flagOf(value: boolean): number {
  return value ? 1 : 0;
}

function wholeNumber(value: string | number | boolean): number | undefined {
  if (typeof value === "boolean" || value === "") return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function thousandths(value: string | number | boolean): number | undefined {
  const number = typeof value === "boolean" || value === "" ? Number.NaN : Number(value);
  const stored = Math.round(number * 1000);
  return Number.isSafeInteger(stored) ? stored : undefined;
}

function anyNumber(value: string | number | boolean): number | undefined {
  if (typeof value === "boolean" || value === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function storedFlag(value: string | number | boolean): number | undefined {
  if (value === true || value === "true") return 1;
  return value === false || value === "false" ? 0 : undefined;
}
