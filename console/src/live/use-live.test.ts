import { expect, it } from "vitest";
import type { Changes } from "./concerns.ts";
import { createRefresher } from "./use-live.ts";

type Filters = { readonly predicate?: (query: never) => boolean };

it("asks anew at once, and gathers what changes while answers are on their way", async () => {
  const asked: ((key: readonly unknown[]) => boolean)[] = [];
  let arrive = () => {};
  let rested = () => {};
  const client = {
    invalidateQueries: ({ predicate }: Filters = {}) => {
      asked.push((queryKey) => predicate?.({ queryKey } as never) === true);
      return new Promise<void>((resolve) => {
        arrive = resolve;
      });
    },
  };
  const refresh = createRefresher(
    client as never,
    () =>
      new Promise((resolve) => {
        rested = resolve;
      }),
  );
  const changed = (kind: string, id: string): Changes => ({ changed: { [kind]: [id] } });
  refresh({ changed: {} });
  expect(asked).toHaveLength(0);
  refresh(changed("transaction", "A"));
  expect(asked).toHaveLength(1);
  refresh(changed("token", "A"));
  refresh(changed("user", "A"));
  expect(asked).toHaveLength(1);
  arrive();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toHaveLength(1);
  rested();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toHaveLength(2);
  const [first, second] = asked;
  expect(first?.(["getTransactions", {}])).toBe(true);
  expect(first?.(["getTokensByUidEvents", {}])).toBe(false);
  expect(second?.(["getTokensByUidEvents", {}])).toBe(true);
  expect(second?.(["getUsers", {}])).toBe(true);
  expect(second?.(["getTransactions", {}])).toBe(false);
});
