import { expect, it } from "vitest";
import { kilowattHours } from "./energy-reading.ts";

it("asks for Wh what is written in kWh, and shows it so again", () => {
  const { asked, shown } = kilowattHours;
  for (const [text, value] of [
    ["7.5", "7500"],
    ["0", "0"],
    ["0.0001", "0.1"],
  ] as const) {
    expect(asked(text)).toBe(value);
    expect(shown(value)).toBe(text);
  }
  for (const text of ["", " ", "much"]) expect(asked(text)).toBeUndefined();
  expect(shown("")).toBe("");
});
