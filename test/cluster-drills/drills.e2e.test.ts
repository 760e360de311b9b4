import { expect, it } from "vitest";
import { drillsNamed } from "./drills.ts";
import { paceOf, shortShare } from "./pace.ts";
import { runDrills } from "./run.ts";

/** All of the names on one scene, a twentieth as long as in earnest. */
async function passes(nodes: number, ...names: string[]): Promise<void> {
  const drills = drillsNamed(names);
  const report = await runDrills({ drills, nodes, stations: 12, pace: paceOf(shortShare) });
  const said = report.drills.flatMap((drill) => Object.entries(drill.said ?? {}));
  const words = said.map(([node, text]) => `${node}: ${text}`).join("\n");
  expect(report.findings, words).toEqual([]);
  // Disturbances that nobody felt would have proved nothing.
  const unfelt = report.drills.filter(({ disturbed }) => disturbed === 0);
  expect(unfelt.map(({ name }) => name)).toEqual([]);
  expect(report.audit.acknowledged.stop).toBeGreaterThan(10);
  expect(report.wishes.requests).toBeGreaterThan(10);
  expect(report.wishes.decisions).toBeGreaterThan(5);
}

it("three nodes: one killed, frozen, cut off; database and bus killed; all replaced", async () => {
  await passes(3, "kill", "database", "bus", "freeze", "partition", "rolling");
}, 300_000);

it("two nodes without NATS: one killed, all replaced", async () => {
  await passes(2, "kill-without-bus", "rolling-without-bus");
}, 300_000);
