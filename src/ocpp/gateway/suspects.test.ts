import { describe, expect, it } from "vitest";
import { testClock } from "#support/environment";
import { createSuspects } from "./suspects.ts";

const minuteMs = 60_000;
const limits = { wrongPasswordsPerMinuteMax: 3, suspectsMax: 10 };

function suspects() {
  const clock = testClock();
  const made = createSuspects(clock, limits);
  const fail = (address: string, times: number) => {
    for (let time = 0; time < times; time += 1) made.failed(address);
  };
  return { ...made, clock, fail };
}

describe("an address from which wrong passwords come", () => {
  it("is looked at until it has sent too many, and again when the minute is over", () => {
    const { fail, waitSeconds, clock } = suspects();
    fail("a", 2);
    expect(waitSeconds("a")).toBe(0);
    fail("a", 1);
    expect(waitSeconds("a")).toBe(60);
    expect(waitSeconds("b")).toBe(0);
    clock.advance(minuteMs - 1);
    expect(waitSeconds("a")).toBe(1);
    clock.advance(1);
    expect(waitSeconds("a")).toBe(0);
  });

  it("is looked at all the same while a station is connected from there", () => {
    const { fail, waitSeconds, came, left } = suspects();
    came("a");
    came("a");
    fail("a", 100);
    left("a");
    expect(waitSeconds("a")).toBe(0);
    left("a");
    expect(waitSeconds("a")).toBe(60);
  });

  it("is forgotten when there are too many of them", () => {
    const { fail, waitSeconds } = suspects();
    fail("a", 3);
    for (let at = 0; at < limits.suspectsMax; at += 1) fail(`b${at}`, 1);
    expect(waitSeconds("a")).toBe(0);
  });
});
