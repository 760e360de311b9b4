import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { scaling } from "./document.ts";
import { figures } from "./figures.ts";
import { assumptions, sizeFor } from "./sizes.ts";
import { thresholds } from "./thresholds.ts";

it("has written what the figures say today; if not: npm run gen", () => {
  const written = readFileSync(new URL(`../../${scaling.file}`, import.meta.url), "utf8");
  expect(scaling.text()).toBe(written);
  for (const name of [
    "assumptions",
    "messages",
    "traffic",
    "nodes",
    "database",
    "thresholds",
    "figures",
  ]) {
    expect(written).toContain(`<!-- table: ${name} -->`);
  }
});

it("has a figure for everything, and says where it is from", () => {
  for (const [name, figure] of Object.entries(figures)) {
    expect(figure.value, name).toBeGreaterThan(0);
    expect(figure.from, name).not.toBe("");
  }
});

it("names what gives way in the order in which it does", () => {
  const sizes = thresholds().map(({ stations }) => stations);
  expect(sizes[0]).toBe(assumptions.stationsPerGateway);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(sizes.every(Number.isFinite)).toBe(true);
});

it("grows with the stations, and by the assumptions", () => {
  const [small, large] = [sizeFor(100_000), sizeFor(1_000_000)];
  expect(large.callsMean / small.callsMean).toBeCloseTo(10);
  expect(large.eventGigabytesPerMonth / small.eventGigabytesPerMonth).toBeCloseTo(10);
  expect(small.nodes).toBe(Math.ceil(100_000 / assumptions.stationsPerGateway) + 1);
  expect(sizeFor(1_000)).toMatchObject({ nodes: 1, busPublished: 0, tailCores: 0 });
});
