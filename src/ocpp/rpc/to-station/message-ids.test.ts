import { expect, it } from "vitest";
import { systemIds } from "#bus";
import { callNamedBy, messageIdOf } from "./message-ids.ts";

it.each([0, 1, 20, 999])("a message id names call %i of its request, in 36 characters", (part) => {
  const call = { requestId: systemIds.next(), part };
  const id = messageIdOf(call) ?? "";
  expect(id.length).toBeLessThanOrEqual(36);
  expect(callNamedBy(id)).toEqual(call);
});

it("calls of one request differ in their ids", () => {
  const requestId = systemIds.next();
  const ids = [0, 1, 2, 11].map((part) => messageIdOf({ requestId, part }));
  expect(new Set(ids).size).toBe(4);
});

it("a request whose name leaves no room names no call", () => {
  expect(messageIdOf({ requestId: "x".repeat(37), part: 0 })).toBeUndefined();
  expect(messageIdOf({ requestId: systemIds.next(), part: 1000 })).toBeUndefined();
});
