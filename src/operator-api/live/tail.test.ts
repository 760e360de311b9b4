import { expect, it } from "vitest";
import type { StoredEvent } from "#bus";
import { limitsWith } from "#limits";
import { testClock, testLog } from "../../../test/support/environment.ts";
import type { Showing, ShownEvent } from "../shown.ts";
import { createTail } from "./tail.ts";

/** A tail over a log whose events' texts have some 1,000 characters each, or what is asked. */
function tailWith(limits: { liveTailEventsMax: number; liveTailCharactersMax: number }) {
  const events: StoredEvent[] = [];
  const bells = new Set<() => void>();
  const readAll = async ({ after, limit }: { after: number; limit: number }) =>
    events.slice(after, after + limit);
  const showing = {
    event: async ({ position, data }: { position: number; data: unknown }) =>
      ({ cursor: String(position), type: "TokenSet", data }) as ShownEvent,
  } as unknown as Showing;
  const tail = createTail({
    store: { readAll } as never,
    bus: {
      events: {
        subscribe: (bell) => {
          const ring = () => bell([]);
          bells.add(ring);
          return () => bells.delete(ring);
        },
      },
    },
    ...{ showing, clock: testClock(), log: testLog(), limits: limitsWith(limits) },
  });
  const write = (count: number, characters = 1_000) => {
    for (let times = 0; times < count; times += 1) {
      const data = JSON.stringify({ status: "accepted", comment: "x".repeat(characters) });
      const position = events.length + 1;
      const row = { position, stream: "token/a", version: position, schema: 1, type: "TokenSet" };
      events.push({ ...row, data, meta: "{}" } as StoredEvent);
    }
    for (const bell of bells) bell();
  };
  /** Follows from a position: how many came at once. */
  const seenFrom = (after: number): number | "tooOld" => {
    let seen = 0;
    const end = tail.follow(after, (list) => {
      seen += list.length;
    });
    if (end === "tooOld") return end;
    end();
    return seen;
  };
  return { tail, write, seenFrom };
}

it("keeps so many events for viewers that fall behind", async () => {
  const { tail, write, seenFrom } = tailWith({
    liveTailEventsMax: 10,
    liveTailCharactersMax: 1_000_000,
  });
  let last = 0;
  tail.follow(0, (events) => {
    last = events.at(-1)?.position ?? last;
  });
  for (let written = 10; written <= 100; written += 10) {
    write(10);
    await expect.poll(() => last).toBe(written);
  }
  expect(seenFrom(90)).toBe(10);
  expect(seenFrom(79)).toBe("tooOld");
  tail.close();
});

it("keeps fewer where they are large", async () => {
  const { tail, write, seenFrom } = tailWith({
    liveTailEventsMax: 1_000,
    liveTailCharactersMax: 10_000,
  });
  let last = 0;
  tail.follow(0, (events) => {
    last = events.at(-1)?.position ?? last;
  });
  for (let written = 1; written <= 100; written += 1) {
    write(1);
    await expect.poll(() => last).toBe(written);
  }
  expect(seenFrom(95)).toBe(5);
  expect(seenFrom(79)).toBe("tooOld");
  tail.close();
});
