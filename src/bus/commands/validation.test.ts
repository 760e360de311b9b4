import { Type } from "@sinclair/typebox";
import { describe, expect, it } from "vitest";
import { issuesOf } from "./validation.ts";

const Shape = Type.Object({ count: Type.Integer(), text: Type.String(), any: Type.Unknown() });
const right = { count: 1, text: "x", any: 1.5 };

describe("what somebody sends", () => {
  it("is taken in its shape, with the largest number and every whole character", () => {
    const nested = JSON.parse(`${"[".repeat(98)}1${"]".repeat(98)}`);
    const given = {
      count: 2 ** 53 - 1,
      text: "💥\u0000",
      any: { a: [nested.length, -1.5e300 / 7e299] },
    };
    expect(issuesOf(Shape, given)).toEqual([]);
    expect(issuesOf(Shape, { ...right, any: nested })).toEqual([]);
  });

  it.each([
    ["a number that nobody can count with", { ...right, count: 1e21 }, "/count"],
    ["such a number where anything may stand", { ...right, any: [{ a: -1e300 }] }, "/any/0/a"],
    ["half a character", { ...right, text: "a\ud83d" }, "/text"],
    ["half a character in a name", { ...right, any: { "\udca5": 1 } }, "/any"],
    [
      "bottomless nesting",
      { ...right, any: JSON.parse(`${"[".repeat(9_000)}${"]".repeat(9_000)}`) },
      /^\/any/,
    ],
  ])("is refused with %s, by its place", (_what, value, place) => {
    expect(issuesOf(Shape, value)).toEqual([
      { path: expect.stringMatching(place), message: expect.stringMatching(/^(must|has)/) },
    ]);
  });
});
