import { expect, it } from "vitest";
import { energyText, percentText, powerText } from "./quantity.ts";

it.each([
  [0, "0 Wh"],
  [999, "999 Wh"],
  [1234, "1.23 kWh"],
  [12_345, "12.3 kWh"],
  [1_234_567, "1.23 MWh"],
])("%i Wh is %s", (wattHours, text) => {
  expect(energyText(wattHours, "en")).toBe(text);
});

it("is written as the viewer's language does", () => {
  expect(powerText(7400, "de")).toBe("7,4 kW");
  expect(percentText(70.6, "de")).toBe("70,6 %");
  expect(powerText(-1500, "en")).toBe("-1.5 kW");
});
