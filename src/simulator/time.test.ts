import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diceOf } from "./dice.ts";
import { virtualTime } from "./time.ts";

describe("the clock of a fleet", () => {
  it("runs all that is due in the order of time, and nothing that was cancelled", async () => {
    const waits = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(waits, async (entries) => {
        const time = virtualTime();
        const ran: [number, number][] = [];
        for (const [at, [wait, cancelled]] of entries.entries()) {
          const timer = time.after(wait, () => ran.push([wait, at]));
          if (cancelled) timer.cancel();
        }
        await time.advance(100);
        const wanted = entries
          .map(([wait, cancelled], at) => ({ wait, cancelled, at }))
          .filter(({ cancelled }) => !cancelled)
          .sort((one, other) => one.wait - other.wait || one.at - other.at)
          .map(({ wait, at }) => [wait, at]);
        expect(ran).toEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });
});

describe("dice", () => {
  it("repeat with their seed and name, and differ with another", () => {
    const draw = (seed: number, name: string) => {
      const dice = diceOf(seed, name);
      return Array.from({ length: 5 }, () => dice.between(1, 1_000_000));
    };
    expect(draw(1, "A")).toEqual(draw(1, "A"));
    expect(draw(1, "A")).not.toEqual(draw(1, "B"));
    expect(draw(1, "A")).not.toEqual(draw(2, "A"));
  });
});
