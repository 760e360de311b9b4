import { expect, it } from "vitest";
import { endingOf, excerptOf, linesOf, type Message, prettyFrame } from "./frame-text.ts";

it("tells an error from an answer, and both from none", () => {
  expect(endingOf({ answer: '[3,"1",{}]' })).toBe("answered");
  expect(endingOf({ answer: ' [ 4,"1","InternalError","",{}]' })).toBe("error");
  expect(endingOf({})).toBe("unanswered");
});

it("shows the payload of a call, and what is no call as it is", () => {
  expect(excerptOf({ call: '[2,"1","Reset",{"type":"Soft"}]' })).toBe('{"type":"Soft"}');
  expect(excerptOf({ call: '[3,"1",{"status":"Accepted"}]' })).toBe('[{"status":"Accepted"}]');
  for (const call of ["not json", '{"a":1}', '[2,"1"]', '[2,"1","Cut",{"vendor']) {
    expect(excerptOf({ call })).toBe(call);
  }
});

it("breaks lines where it can, and gives lines to others", () => {
  expect(prettyFrame('[2,"1"]')).toBe('[\n  2,\n  "1"\n]');
  expect(prettyFrame("[2,")).toBe("[2,");
  const messages = [{ id: "b" }, { id: "a" }] as unknown as Message[];
  expect(linesOf(messages)).toBe('{"id":"b"}\n{"id":"a"}\n');
});
