import fc from "fast-check";
import { expect, it } from "vitest";
import { subjectsOf, tokenOf } from "./subjects.ts";

it("names subjects by cell and node", () => {
  const subjects = subjectsOf("main");
  expect(subjects.all).toBe("motown.main.all");
  expect(subjects.of("gateway-1")).toBe("motown.main.node.gateway-1");
  expect(subjects.of("host.example.org 7")).toBe("motown.main.node.host=2eexample=2eorg=207");
  expect(subjectsOf("*").all).toBe("motown.=2a.all");
});

it("makes a token of any name, and never the same of two", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (one, two) => {
      expect(tokenOf(one)).toMatch(/^[A-Za-z0-9_=-]+$/);
      if (one !== two) expect(tokenOf(one)).not.toBe(tokenOf(two));
    }),
  );
});
