import { describe, expect, it } from "vitest";
import { stationTypeKey } from "./station-type/index.ts";
import { stationKey, streams } from "./streams.ts";

describe("keys", () => {
  it("are the same for every spelling of one identity", () => {
    expect(stationKey("É 1/2")).toBe(stationKey("e\u0301 1/2"));
    expect(stationTypeKey(" ACME ", "One")).toBe(stationTypeKey("acme", "one"));
  });

  it.each(["\ud83d", "x\udca5y", "\u0000", "💥", "constructor", "x".repeat(10_000)])(
    "are made of any text: %j",
    (text) => {
      for (const key of [stationKey(text), stationTypeKey(text, text), streams.user(text)]) {
        expect(key).not.toBe("");
        expect(key.isWellFormed()).toBe(true);
      }
    },
  );
});
