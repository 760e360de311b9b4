import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Meter } from "./meter.ts";

describe("the meter", () => {
  it("shows the same Wh however often it is read", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 50 });
    const power = fc.integer({ min: 0, max: 350_000 });
    fc.assert(
      fc.property(steps, power, fc.integer({ min: 1, max: 100 }), (waits, powerW, speed) => {
        const often = new Meter({ wh: 5, at: 0, speed });
        often.draw(0, powerW);
        let now = 0;
        for (const wait of waits) {
          now += wait;
          often.read(now);
        }
        const exact = 5n + (BigInt(powerW) * BigInt(now) * BigInt(speed)) / 3_600_000n;
        expect(often.read(now)).toBe(Number(exact));
      }),
    );
  });

  it("does not run backwards when the clock does", () => {
    const meter = new Meter({ wh: 0, at: 0, speed: 1 });
    meter.draw(0, 3_600);
    expect(meter.read(10_000)).toBe(10);
    expect(meter.read(2_000)).toBe(10);
    expect(meter.read(11_000)).toBe(11);
  });
});
