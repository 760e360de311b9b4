import { expect, it } from "vitest";
import { type PowerHistory, withPoint } from "./power-history.ts";

it("grows by what is younger, and keeps an hour", () => {
  let history: PowerHistory = { at: [], watts: [] };
  const at = (second: number) => new Date(second * 1000).toISOString();
  history = withPoint(history, { at: at(10), watts: 5 });
  expect(withPoint(history, { at: at(10), watts: 7 })).toEqual({ at: [10], watts: [5] });
  for (let second = 11; second < 900; second += 1) {
    history = withPoint(history, { at: at(second), watts: second });
  }
  expect(history.at).toHaveLength(720);
  expect(history.watts.at(-1)).toBe(899);
});
