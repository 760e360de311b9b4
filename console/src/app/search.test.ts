import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search.ts";

it("is the same after it was an address, and leaves out what is empty", () => {
  for (const search of [{}, { state: "waiting" }, { search: "a b&c=d/é", order: "-createdAt" }]) {
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  }
  expect(stringifySearch({ a: undefined, b: "", c: null })).toBe("");
  expect(stringifySearch({ state: "waiting" })).toBe("?state=waiting");
});
