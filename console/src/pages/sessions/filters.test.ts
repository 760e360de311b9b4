import { expect, it } from "vitest";
import { exportQuery, isNarrowed } from "./filters.ts";

it("is the whole list where the address says no more than where it is and how it is ordered", () => {
  expect(isNarrowed({})).toBe(false);
  expect(isNarrowed({ after: "abc", order: "startedAt", tab: "x" })).toBe(false);
  expect(isNarrowed({ search: "CP" })).toBe(true);
  expect(isNarrowed({ reservationId: "r" })).toBe(true);
});

it("takes the list away as it is narrowed and ordered, from its beginning", () => {
  const search = { state: "ended", order: "startedAt", after: "abc", energyWhFrom: "0", at: "x" };
  expect(exportQuery(search)).toEqual({ state: "ended", order: "startedAt", energyWhFrom: "0" });
});
