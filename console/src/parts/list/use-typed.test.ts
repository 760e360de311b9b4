import { expect, it } from "vitest";
import { afterArrival } from "./use-typed.ts";

it("what was asked for here arrives in its order, and perhaps not all of it", () => {
  const underWay = ["a", "ab", "abc"];
  expect(afterArrival(underWay, "a")).toEqual(["ab", "abc"]);
  expect(afterArrival(underWay, "abc")).toEqual([]);
});

it("what nobody asked for here comes from elsewhere", () => {
  expect(afterArrival(["a"], "b")).toBeUndefined();
  expect(afterArrival([], "")).toBeUndefined();
});
