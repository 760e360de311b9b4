import { expect, it } from "vitest";
import type { Limits } from "#limits";
import { testEnvironment } from "#support/environment";
import { Condition } from "./condition.ts";
import { Inbox } from "./inbox.ts";

function inbox(limits: Partial<Limits>) {
  const environment = testEnvironment({ nodeMessagesPerTurn: 3, nodeMessagesMax: 5, ...limits });
  const taken: string[] = [];
  const condition = new Condition("nats", environment.log);
  const take = (text: string) => void taken.push(text);
  const box = new Inbox({ ...environment, take, condition });
  const push = (...texts: string[]) => texts.forEach((text) => void box.push(text));
  const messages = () => environment.log.lines.map(({ level }) => level);
  return { ...environment, taken, condition, push, messages };
}

it("takes at once what comes now and then", () => {
  const { push, taken, clock } = inbox({});
  push("a", "b");
  expect(taken).toEqual(["a", "b"]);
  expect(clock.waiting).toBe(0);
});

it("takes a part per turn of a flood, in its order, and lets others have theirs", () => {
  const { push, taken, clock } = inbox({});
  push("a", "b", "c", "d", "e", "f", "g");
  expect(taken.join("")).toBe("abc");
  clock.after(0, () => taken.push("|"));
  clock.advance(0);
  expect(taken.join("")).toBe("abcdef|g");
  push("h");
  expect(taken.join("")).toBe("abcdef|gh");
});

it("drops and counts what is too much, says so once, and is well again by itself", () => {
  const { push, taken, clock, condition, messages } = inbox({});
  push(..."abcdefghijkl");
  expect(condition.health()).toMatchObject({
    ...{ kind: "nats", ok: false, lost: 4, received: 3 },
    reason: "other nodes send faster than this one can take it",
  });
  clock.advance(0);
  expect(taken.join("")).toBe("abcdefgh");
  expect(condition.health()).toEqual({
    ...{ kind: "nats", ok: true, lost: 4, received: 8, sent: 0, reconnects: 0 },
  });
  expect(messages()).toEqual(["warn", "info"]);
});

it("counts characters, too", () => {
  const { push, condition } = inbox({ nodeMessagesCharactersMax: 10, nodeMessagesPerTurn: 1 });
  push("a", "1234567", "1234567");
  expect(condition.health()).toMatchObject({ lost: 1 });
});
