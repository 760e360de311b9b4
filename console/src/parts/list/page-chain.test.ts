import { describe, expect, it } from "vitest";
import { chained, lengthsOf, pagesOf, sizeOf } from "./page-chain.ts";

const page = (next?: string) => ({ items: [1, 2, 3], next });

describe("the chain of pages", () => {
  it("grows by the page that comes next", () => {
    expect(chained([undefined], 0, page("b"))).toEqual([undefined, "b"]);
    expect(chained([undefined, "b"], 1, page("c"))).toEqual([undefined, "b", "c"]);
  });

  it("is the same while nothing has moved, and breaks where something has", () => {
    const starts = [undefined, "b", "c"];
    expect(chained(starts, 0, page("b"))).toBe(starts);
    expect(chained(starts, 0, page("x"))).toEqual([undefined, "x"]);
    expect(chained(starts, 1, page())).toEqual([undefined, "b"]);
  });
});

it("takes pages of the size that the server gives", () => {
  expect(sizeOf([], 100)).toBe(100);
  expect(sizeOf([undefined, page()], 100)).toBe(100);
  expect(sizeOf([undefined, page("b")], 100)).toBe(3);
});

it("looks only at the pages that are seen", () => {
  expect(pagesOf({ first: 0, last: 30 }, { size: 100, known: 5 })).toEqual([0]);
  expect(pagesOf({ first: 190, last: 230 }, { size: 100, known: 5 })).toEqual([1, 2]);
  expect(pagesOf({ first: 490, last: 530 }, { size: 100, known: 5 })).toEqual([4]);
});

it("has room for a page that is known to begin, and counts what was answered", () => {
  expect(lengthsOf([undefined], undefined, 100)).toEqual({ loaded: 0, room: 0 });
  expect(lengthsOf([undefined, "b"], undefined, 100)).toEqual({ loaded: 100, room: 200 });
  expect(lengthsOf([undefined, "b"], page(), 100)).toEqual({ loaded: 103, room: 103 });
});
