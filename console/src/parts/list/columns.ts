import type { ReactNode } from "react";
import type { TextKey } from "../../strings/translate.ts";

/** A column of a list. */
export interface Column<Row> {
  readonly id: string;
  readonly title: TextKey;
  /** In pixels, or `1fr`, `2fr` of what is left. */
  readonly width: string;
  /** The API's name of its order; without it the list cannot be sorted by this column. */
  readonly order?: string;
  readonly align?: "right";
  /** Left out where there is little room. */
  readonly phone?: "hidden";
  readonly cell: (row: Row) => ReactNode;
}

/** What the next click on a column's head orders by. */
export function nextOrder(order: string, now: string | undefined): string {
  return now === order ? `-${order}` : order;
}

/** How a column is ordered now, for who cannot see the arrow. */
export function sortOf(
  order: string | undefined,
  now: string | undefined,
): "ascending" | "descending" | undefined {
  if (order === undefined || now === undefined) return undefined;
  if (now === order) return "ascending";
  return now === `-${order}` ? "descending" : undefined;
}
