import { expect, it } from "vitest";
import { type Drill, drillsNamed } from "./drills.ts";
import { paceOf, shortShare } from "./pace.ts";
import { runDrills } from "./run.ts";

/** All of the names on one scene, a twentieth as long as in earnest. */
async function passes(...names: string[]): Promise<void> {
  const chosen: readonly Drill[] = drillsNamed(names);
  const report = await runDrills({
    drills: chosen,
    nodes: 3,
    stations: 12,
    pace: paceOf(shortShare),
  });
  expect(report.findings).toEqual([]);
  // Disturbances that nobody felt would have proved nothing.
  for (const { name, disturbed } of report.drills)
    expect([name, disturbed > 0]).toEqual([name, true]);
  expect(report.audit.resent).toBeGreaterThan(0);
  expect(report.audit.acknowledged.stop).toBeGreaterThan(10);
  expect(report.wishes.requests).toBeGreaterThan(10);
  expect(report.wishes.decisions).toBeGreaterThan(5);
}

it("three nodes: one killed, its database cut off, its bus killed, one frozen, all replaced", async () => {
  await passes("kill", "database", "bus", "freeze", "rolling");
}, 120_000);

it("three nodes, of which one is cut off from PostgreSQL, from NATS, from the others", async () => {
  await passes("partition");
}, 90_000);

it("three nodes without NATS: one killed, all replaced", async () => {
  await passes("kill-without-bus", "rolling-without-bus");
}, 90_000);
