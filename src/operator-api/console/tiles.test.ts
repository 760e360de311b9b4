import { expect, it } from "vitest";
import { originOf, tilesOf } from "./tiles.ts";

it("an address of tiles is one of the web, with a place for zoom, column and row", () => {
  const url = "https://tiles.example.org:8443/day/{z}/{x}/{y}.png?key=a%20b";
  const tiles = tilesOf(url, "© Example");
  expect(tiles).toEqual({ url, attribution: "© Example" });
  if (typeof tiles === "string") throw new Error(tiles);
  expect(originOf(tiles)).toBe("https://tiles.example.org:8443");
});

it.each([
  ["https://tiles.example.org/{z}/{x}.png", "no {y}"],
  ["tiles.example.org/{z}/{x}/{y}.png", "no address of the web"],
  ["/tiles/{z}/{x}/{y}.png", "no address of the web"],
  ["javascript:{z}{x}{y}", "no address of the web"],
  ["https://{s}.example.org/{z}/{x}/{y}.png", "in braces"],
  ["https://me:secret@example.org/{z}/{x}/{y}.png", "password"],
])("%s is refused in words", (url, words) => {
  const wrong = tilesOf(url);
  expect(typeof wrong).toBe("string");
  expect(String(wrong)).toMatch(new RegExp(words));
});
