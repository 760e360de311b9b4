import { expect, it } from "vitest";
import { killDrill } from "./kill-drill.ts";

it("loses and doubles nothing that was acknowledged, however often it is killed", async () => {
  const { audit, findings, kills } = await killDrill({ rounds: 6, stations: 10, seconds: 15 });
  expect(findings).toEqual([]);
  // On a slow machine there is time for fewer rounds; each has a kill at a fault point.
  expect(kills.fault).toBeGreaterThan(0);
  expect(kills.random).toBe(kills.fault);
  // A drill in which nothing had to be said again would have proved nothing.
  expect(audit.resent).toBeGreaterThan(0);
  expect(audit.acknowledged.stop).toBeGreaterThan(10);
}, 60_000);
