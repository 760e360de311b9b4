import { describe, expect, it } from "vitest";
import { differencesFromType, differencesIn, found, type Setting } from "./drafts.ts";

const setting = (key: string, value?: string, readonly = false): Setting => ({
  ...{ key, readonly, unknown: false, rebootRequired: false, at: "2026-01-01T00:00:00Z" },
  ...(value === undefined ? {} : { value }),
});

describe("drafts of settings", () => {
  const settings = [setting("B", "2"), setting("A", "1"), setting("C", "3", true), setting("D")];

  it("are what differs from the station, by key", () => {
    expect(differencesIn(settings, { B: "20", A: "1", D: "" })).toEqual([
      { key: "B", before: "2", after: "20" },
      { key: "D", before: undefined, after: "" },
    ]);
  });

  it("of the type leave out what the station does not let anybody change, or does not know", () => {
    const wanted = { A: "1", B: "9", C: "9", X: "9" };
    expect(differencesFromType(settings, wanted).map(({ key }) => key)).toEqual(["B"]);
  });

  it("are found by key and by value", () => {
    expect(found(settings, "c").map(({ key }) => key)).toEqual(["C"]);
    expect(found(settings, "2").map(({ key }) => key)).toEqual(["B"]);
  });
});
