import { describe, expect, it } from "vitest";
import { de } from "./de/index.ts";
import { en } from "./en/index.ts";
import { nl } from "./nl/index.ts";
import { type Catalogue, filled } from "./translate.ts";

const catalogues: Readonly<Record<string, Catalogue>> = { en, nl, de };

/** The values that a text has places for. */
function placesOf(text: string): readonly string[] {
  const names = [...text.matchAll(/\{([^{}|]+)[^{}]*\}/g)].map(([, name = ""]) => name);
  return [...new Set(names)].sort();
}

describe.each(Object.entries(catalogues))("%s", (_language, catalogue) => {
  it("has every text, and no other", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  it("has places for the same values as English", () => {
    for (const [key, text] of Object.entries(catalogue)) {
      expect(placesOf(text), key).toEqual(placesOf(en[key as keyof typeof en]));
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe("");
    }
  });

  it("says one in another way than many", () => {
    for (const [key, text] of Object.entries(catalogue)) {
      for (const [, one, many] of text.matchAll(/\{[^{}|]+\|([^{}|]+)\|([^{}|]+)\}/g)) {
        expect(one, key).not.toBe(many);
      }
    }
  });
});

describe("a text", () => {
  it("is filled with values, and with the word for one or many", () => {
    const text = "{count} {count|row|rows} of {name}";
    expect(filled(text, { count: 1, name: "A" }, "en")).toBe("1 row of A");
    expect(filled(text, { count: 2500, name: "A" }, "en")).toBe("2,500 rows of A");
    expect(filled(text, { count: 2500, name: "A" }, "de")).toBe("2.500 rows of A");
  });
});
