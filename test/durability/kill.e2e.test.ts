import { expect, it } from "vitest";
import { killDrill } from "./kill-drill.ts";

it("loses nothing that was acknowledged, and doubles nothing, when it is killed under load", async () => {
  const { audit, findings, kills } = await killDrill({ rounds: 5, stations: 10 });
  expect(findings).toEqual([]);
  expect(kills).toEqual({ random: 5, whileStarting: 1, fault: 5 });
  // A drill in which nothing had to be said again would have proved nothing.
  expect(audit.resent).toBeGreaterThan(0);
  expect(audit.acknowledged.stop).toBeGreaterThan(10);
}, 60_000);
