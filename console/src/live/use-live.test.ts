import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, describe, expect, it } from "vitest";
import { createRefresher } from "./use-live.ts";

const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
afterEach(() => client.clear());

/** An answer that is shown; whoever asks for it waits until the test hands it out. */
function shown(...key: readonly [operation: string, asked: object]) {
  const asked: ((answer: unknown) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: key,
    queryFn: () => new Promise<unknown>((resolve) => asked.push(resolve)),
  });
  observer.subscribe(() => {});
  const arrive = async (answer: unknown = {}) => {
    asked.at(-1)?.(answer);
    await settled();
  };
  return { asked, arrive };
}

/** A rest that ends when the test says so. */
function createRest() {
  const resting: (() => void)[] = [];
  const rest = () => new Promise<void>((resolve) => resting.push(resolve));
  const over = async () => {
    for (const end of resting.splice(0)) end();
    await settled();
  };
  return { rest, over };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const sessions = { changed: { transaction: ["A"] } };
const users = { changed: { user: null } };

describe("what has changed", () => {
  it("is asked for at once, and no more often than it arrives and rests", async () => {
    const { rest, over } = createRest();
    const list = shown("getTransactions", {});
    await list.arrive();
    const refresh = createRefresher(client, rest);
    refresh({ changed: {} });
    refresh(users);
    expect(list.asked).toHaveLength(1);
    refresh(sessions);
    expect(list.asked).toHaveLength(2);
    refresh(sessions);
    refresh(sessions);
    await list.arrive();
    expect(list.asked).toHaveLength(2);
    await over();
    expect(list.asked).toHaveLength(3);
    await list.arrive();
    await over();
    expect(list.asked).toHaveLength(3);
  });

  it("keeps no other answer waiting that does not come", async () => {
    const { rest } = createRest();
    const list = shown("getTransactions", {});
    const people = shown("getUsers", {});
    await list.arrive();
    await people.arrive();
    const refresh = createRefresher(client, rest);
    refresh(sessions);
    refresh(users);
    expect([list.asked.length, people.asked.length]).toEqual([2, 2]);
  });

  it("is asked for again where the first answer may have been given before it", async () => {
    const { rest, over } = createRest();
    const list = shown("getTransactions", {});
    const refresh = createRefresher(client, rest);
    refresh(sessions);
    expect(list.asked).toHaveLength(1);
    await list.arrive();
    await over();
    expect(list.asked).toHaveLength(2);
  });

  it("leaves alone what is known to be of another station", async () => {
    const { rest } = createRest();
    const session = shown("getTransactionsByTransactionId", { params: { transactionId: "1" } });
    await session.arrive({ stationId: "CP1" });
    const refresh = createRefresher(client, rest);
    refresh({ changed: { transaction: ["CP2"] } });
    expect(session.asked).toHaveLength(1);
    refresh({ changed: { transaction: ["CP1"] } });
    expect(session.asked).toHaveLength(2);
  });
});
