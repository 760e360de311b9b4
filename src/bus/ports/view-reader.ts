import type { ViewValue } from "./view-store.ts";

/** An item of a view, as the API shows it. */
export type ViewItem = Readonly<Record<string, unknown>>;

/**
 * Asks views. Whoever must not judge by old rows waits for `passed` first. Views that cannot be
 * read, or have not caught up in time, are as good as no store: `StoreUnavailable`.
 */
export interface ViewReader {
  list(
    view: string,
    query: {
      readonly filter?: Readonly<Record<string, ViewValue>> | undefined;
      readonly order?: string | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly items: readonly ViewItem[]; readonly next?: string | undefined }>;
  get(view: string, key: readonly ViewValue[]): Promise<ViewItem | undefined>;
  /** Resolves when the views have passed a position; fails after `viewWaitMs`. */
  passed(position: number): Promise<void>;
}
