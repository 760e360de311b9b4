// Goal: no queue is forgotten. Method: each limit of an amount is measured in a world, or listed
// with the reason why not.
import { expect, it } from "vitest";
import { type LimitName, limitTable } from "#limits";
import { runSeed } from "../run.ts";
import { queuesOf, uncounted } from "./queues.ts";

it("measures every queue that has a limit, or says why not", async () => {
  const counted = new Map<LimitName, number>();
  const seen = await runSeed({
    seed: 7_001,
    plant: (world) => {
      const look = () => {
        for (const { limit, held } of queuesOf(world)) {
          counted.set(limit, Math.max(held, counted.get(limit) ?? 0));
        }
        world.timeline.after(1_000, () => world.isCalm || look());
      };
      world.timeline.after(30_000, look);
    },
  });
  expect(seen.violations).toEqual([]);
  const amounts = Object.keys(limitTable).filter((name) => name.endsWith("Max"));
  const known = [...counted.keys(), ...Object.keys(uncounted)];
  expect(known.sort()).toEqual(amounts.sort());
});
