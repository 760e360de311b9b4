import { expect, it } from "vitest";
import { shownOf, withShown } from "./shown.ts";

const choice = (stationId: string | undefined, isBegun = false) => ({ stationId, isBegun });

it("the first newcomer is shown, and stays when another one comes before it", () => {
  expect(shownOf(["A", "B"], choice(undefined))).toBe("A");
  expect(shownOf(["NEW", "A", "B"], choice("A"))).toBe("A");
});

it("who is no newcomer any more makes room, unless somebody has begun with it", () => {
  expect(shownOf(["B"], choice("A"))).toBe("B");
  expect(shownOf(["B"], choice("A", true))).toBe("A");
  expect(shownOf([], choice("A"))).toBeUndefined();
});

it("the one that is shown is one of all", () => {
  expect(withShown(["B", "C"], "A")).toEqual(["A", "B", "C"]);
  expect(withShown(["B", "C"], "C")).toEqual(["B", "C"]);
});
