import { describe, expect, it } from "vitest";
import { blocksOf, isAsShown } from "./blocks.ts";

describe("blocks of a page", () => {
  it("are found with what is asked of the check", () => {
    const page = [
      "text",
      "<!-- check: background until ready -->",
      "```sh",
      "npm start",
      "```",
      "<!-- check: retry 5 -->",
      "```text",
      "a",
      "b",
      "```",
    ].join("\n");
    expect(blocksOf(page)).toEqual([
      { line: 3, language: "sh", text: "npm start", backgroundUntil: "ready" },
      { line: 7, language: "text", text: "a\nb", retrySeconds: 5 },
    ]);
  });
});

describe("an output is as shown", () => {
  it.each([
    ["a b", "a b"],
    ["a …", "a 12 c"],
    ["a   b", " a b  "],
    ["…\nend", "1\n2\nend"],
    ["start\n…\nend", "start\nend"],
    ["{(…)}", "{(1)}"],
  ])("%j like %j", (shown, output) => expect(isAsShown(shown, output)).toBe(true));

  it.each([
    ["a b", "a c"],
    ["a", "a\nb"],
    ["a\nb", "a"],
    ["…\nend", "1\nend of it"],
    ["a.b", "axb"],
  ])("%j unlike %j", (shown, output) => expect(isAsShown(shown, output)).toBe(false));
});
