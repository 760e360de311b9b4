import { expect, it } from "vitest";
import { intArray, textArray } from "./arrays.ts";

it("writes numbers as PostgreSQL reads them", () => {
  expect(intArray([])).toBe("{}");
  expect(intArray([1, null, 9_007_199_254_740_991])).toBe("{1,NULL,9007199254740991}");
});

it("writes texts with their length in bytes", () => {
  expect(textArray(["é", null, ""]).toString("hex")).toBe(
    ["00000001", "00000001", "00000019", "00000003", "00000001"].join("") +
      ["00000002c3a9", "ffffffff", "00000000"].join(""),
  );
  expect(textArray([]).toString("hex")).toBe("000000000000000000000019");
});
