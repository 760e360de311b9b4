import { expect, it } from "vitest";
import { windowOf } from "./window.ts";

it("shows a line that has only begun in a window of minutes, the newest at the right", () => {
  expect(windowOf(1000, 1002)).toEqual([702, 1002]);
  expect(windowOf(1000, 1000)).toEqual([700, 1000]);
});

it("shows all of a longer one", () => {
  expect(windowOf(1000, 9000)).toEqual([1000, 9000]);
});
