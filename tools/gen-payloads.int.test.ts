import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { payloads16 } from "./gen-payloads.ts";

it("has written what the schemas say today", () => {
  const written = readFileSync(new URL(`../${payloads16.file}`, import.meta.url), "utf8");
  expect(payloads16.text()).toBe(written);
});

it("names all 39 actions, enums as unions and optional members as such", () => {
  const text = payloads16.text();
  expect(text.match(/^ {2}\w+: \{$/gm)).toHaveLength(39);
  expect(text).toContain('readonly status: "Unlocked" | "UnlockFailed" | "NotSupported";');
  expect(text).toContain("readonly parentIdTag?: string;");
});
