import { describe, expect, it } from "vitest";
import { nextStep, stepsDone } from "./steps.ts";

const waiting = { accepted: false, configured: false, transactionCount: 0 };
const accepted = { ...waiting, accepted: true, acceptedAt: "2026-01-01T10:00:00Z" };
const configured = { ...accepted, configured: true, lastBootAt: "2026-01-01T09:59:00Z" };

describe("the way of a station into the network", () => {
  it("begins with a person who lets it in, also where its type is known", () => {
    expect(nextStep(stepsDone(waiting, true))).toBe("accept");
  });

  it("goes on with its type, unless its EVSEs are known already", () => {
    expect(nextStep(stepsDone(accepted, false))).toBe("type");
    expect(nextStep(stepsDone(accepted, true))).toBe("configured");
    expect(stepsDone(configured, false).type).toBe(true);
  });

  it("asks for a boot that came after it was let in", () => {
    expect(nextStep(stepsDone(configured, true))).toBe("boot");
    const booted = { ...configured, lastBootAt: "2026-01-01T10:01:00Z" };
    expect(nextStep(stepsDone(booted, true))).toBe("charge");
  });

  it("ends with the first charge", () => {
    expect(nextStep(stepsDone({ ...configured, transactionCount: 1 }, true))).toBeUndefined();
  });
});
