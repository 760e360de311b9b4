import fc from "fast-check";
import { expect, it } from "vitest";
import { Assembly, piecesOf } from "./pieces.ts";

const names = { from: "abc", id: 7 };
const bytesMax = 1_000_000;

/** What comes of payloads, one after the other. */
const added = (assembly: Assembly, payloads: readonly string[]) =>
  payloads.map((payload) => assembly.add(payload));

it("puts together what was cut, whatever the characters, in payloads that PostgreSQL takes", () => {
  const texts = fc
    .tuple(fc.string({ unit: "grapheme", maxLength: 40 }), fc.integer({ min: 1, max: 800 }))
    .map(([text, times]) => text.repeat(times));
  fc.assert(
    fc.property(texts, (text) => {
      const pieces = piecesOf(text, names);
      for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThan(8_000);
      const results = added(new Assembly(bytesMax), pieces);
      expect(results.pop()).toEqual({ from: "abc", text });
      expect(results.every((result) => result === "incomplete")).toBe(true);
    }),
  );
});

it("needs one payload for what fits, and as many more as it takes for what does not", () => {
  expect(piecesOf("", names)).toEqual(["abc 7 0 1 "]);
  expect(piecesOf("a\nb", names)).toEqual(["abc 7 0 1 a\nb"]);
  expect(piecesOf("x".repeat(7_919), names)).toHaveLength(1);
  expect(piecesOf("x".repeat(7_920), names)).toHaveLength(2);
  expect(piecesOf("é".repeat(7_919), names)).toHaveLength(3);
});

it("drops what is not whole, and goes on with the next", () => {
  const long = piecesOf("a".repeat(20_000), { from: "one", id: 1 });
  const other = piecesOf("b".repeat(20_000), { from: "two", id: 1 });
  const assembly = new Assembly(bytesMax);
  // Its first piece is missing.
  expect(added(assembly, long.slice(1))).toEqual(["broken", "broken"]);
  // Another one begins before it is whole.
  expect(added(assembly, [...long.slice(0, 2), ...other])).toMatchObject([
    ...["incomplete", "incomplete"],
    ...["incomplete", "incomplete", { from: "two", text: "b".repeat(20_000) }],
  ]);
  // One in the middle is missing, or comes twice.
  expect(added(assembly, [long[0] ?? "", long[2] ?? ""])).toEqual(["incomplete", "broken"]);
  expect(added(assembly, [long[0] ?? "", long[0] ?? ""])).toEqual(["incomplete", "incomplete"]);
  expect(assembly.add("no piece")).toBe("broken");
  expect(assembly.add("one 2 0 1 yes")).toEqual({ from: "one", text: "yes" });
});

it("keeps no more than its limit", () => {
  const assembly = new Assembly(10_000);
  const pieces = piecesOf("a".repeat(20_000), names);
  expect(added(assembly, pieces)).toEqual(["incomplete", "broken", "broken"]);
});
