import { type AddOnContext, createLru, type ViewItem } from "#bus";

/** Rows of a view that nearly every answer needs: in memory until they change. */
export interface RememberedRows<Row> {
  /** The row as it is known; from the view where it is not. */
  of(key: string, context: AddOnContext): Promise<Row | undefined>;
  /** As it is once the view has all that is committed by now: for who would refuse by it. */
  afresh(key: string, context: AddOnContext): Promise<Row | undefined>;
  /** It has changed. The view may not know that yet: it is asked when it does. */
  forget(key: string): void;
}

/** Remembers so many rows of a view at most, or what `pick` takes of them. */
export function createRememberedRows<Row extends object>(
  view: string,
  given: {
    readonly most: number;
    readonly pick?: (item: ViewItem | undefined) => Row | undefined;
    readonly start?: ViewsStart;
  },
): RememberedRows<Row> {
  const { most, pick = (item) => item as Row | undefined, start = createViewsStart() } = given;
  const rows = createLru<string, Row>(most);
  /** Rows that changed and were not read since; each change is an object of its own. */
  const changes = createLru<string, object>(most);

  async function read(
    key: string,
    context: AddOnContext,
    mustCatchUp: boolean,
  ): Promise<Row | undefined> {
    const change = changes.get(key);
    if (mustCatchUp || change !== undefined) await start.caughtUp(context);
    else if (!start.isOver) await start.waited(context);
    const mayKeep = start.isOver;
    const row = pick(await context.get(view, [key]));
    // It has changed once more: this may be what it was before.
    if (changes.get(key) !== change) return row;
    changes.delete(key);
    if (row !== undefined && mayKeep) rows.set(key, row);
    return row;
  }

  return {
    of: async (key, context) => rows.get(key) ?? (await read(key, context, false)),
    afresh: (key, context) => read(key, context, true),
    forget: (key) => {
      rows.delete(key);
      changes.set(key, {});
    },
  };
}

export type ViewsStart = ReturnType<typeof createViewsStart>;

/**
 * What changed before this process could hear of it is told by nobody: a row is kept only once the
 * views have shown all that was committed when they were first asked. Those who come first wait for
 * that, once; views that take longer are asked each time until they have caught up. All rows that
 * one answer needs share it: two waits would be longer than the question may take.
 */
export function createViewsStart() {
  let isOver = false;
  let waiting: Promise<void> | undefined;
  let hasWaited = false;
  const caughtUp = async (context: AddOnContext): Promise<void> => {
    await context.caughtUp();
    isOver = true;
  };
  return {
    get isOver() {
      return isOver;
    },
    caughtUp,
    /** Never fails. */
    waited: (context: AddOnContext): Promise<void> | undefined => {
      waiting ??= caughtUp(context).catch(() => {
        waiting = undefined;
        hasWaited = true;
      });
      return hasWaited ? undefined : waiting;
    },
  };
}
