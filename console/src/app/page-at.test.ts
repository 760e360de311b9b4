import { expect, it } from "vitest";
import { pageAt } from "./page-at.ts";

it("finds the page of an address", () => {
  expect(pageAt("/")).toBe("overview");
  expect(pageAt("/stations")).toBe("stations");
  expect(pageAt("/stations/")).toBe("stations");
  expect(pageAt("/stations/CP%2F1")).toBe("station");
  expect(pageAt("/requests/CP1/r1")).toBe("request");
  expect(pageAt("/requests/CP1")).toBeUndefined();
  expect(pageAt("/nothing/here")).toBeUndefined();
});
