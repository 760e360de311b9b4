// Goal: the simulation can be relied on. Method: the same seed twice; a crowd; every version.
import { expect, it } from "vitest";
import { versions } from "#ocpp";
import { failureText } from "./report.ts";
import { runSeed } from "./run.ts";
import { speakers } from "./stations/speaker.ts";
import { namedDice } from "./world/dice.ts";
import { crowdedWorld } from "./world/profile.ts";

it("does the same again with the same seed, and something else with another", async () => {
  const seeds = [7_001, 7_002, 7_003];
  for (const seed of seeds) {
    const [one, same] = [await runSeed({ seed }), await runSeed({ seed })];
    expect(same.fingerprint).toBe(one.fingerprint);
    expect(same.steps).toBe(one.steps);
    const other = await runSeed({ seed: seed + 1 });
    expect(other.fingerprint).not.toBe(one.fingerprint);
  }
}, 60_000);

it("does the same again with several nodes, and is another world than with one", async () => {
  for (const seed of [7_001, 7_002]) {
    const [one, same] = [await runSeed({ seed, nodes: 3 }), await runSeed({ seed, nodes: 3 })];
    expect(one.counts.nodes).toBe(3);
    expect(same.fingerprint).toBe(one.fingerprint);
    const alone = await runSeed({ seed });
    expect(alone.fingerprint).not.toBe(one.fingerprint);
  }
}, 60_000);

it("holds with hundreds of stations", { timeout: 60_000 }, async () => {
  const seed = 8_001;
  const profile = crowdedWorld(namedDice(seed, "profile"), 200);
  const result = await runSeed({ seed, profile });
  expect(result.violations.length, failureText(result)).toBe(0);
  expect(result.counts.stations).toBe(200);
  expect(result.counts.sessions).toBeGreaterThan(100);
});

it("has a station for every version that Motown speaks", () => {
  expect(Object.keys(speakers).sort()).toEqual(versions.map(({ protocol }) => protocol).sort());
});
