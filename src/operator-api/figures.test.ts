import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { createTimings } from "#bus";
import { register } from "./figures.ts";
import type { Figure } from "./ports.ts";

async function shown(name: string, figure: Figure): Promise<readonly string[]> {
  const registry = new Registry();
  register(registry, name, figure);
  return (await registry.metrics()).trim().split("\n");
}

it("shows counters and gauges as they are when somebody looks", async () => {
  let calls = 1;
  const figure: Figure = { help: "Calls.", kind: "counter", read: () => calls };
  const registry = new Registry();
  register(registry, "calls", figure);
  calls = 5;
  expect(await registry.metrics()).toBe(
    "# HELP motown_calls_total Calls.\n# TYPE motown_calls_total counter\nmotown_calls_total 5\n",
  );
  const gauge = await shown("open", { help: "Open.", kind: "gauge", read: async () => 0 });
  expect(gauge.at(-1)).toBe("motown_open 0");
});

it("shows values that differ by a label, whatever its text is", async () => {
  const lines = await shown("failures", {
    help: "Failures.",
    kind: "counter",
    label: "reason",
    read: () => ({ "disk full": 2, 'a "quoted"\nword': 1 }),
  });
  expect(lines.slice(2)).toEqual([
    'motown_failures_total{reason="disk full"} 2',
    'motown_failures_total{reason="a \\"quoted\\"\\nword"} 1',
  ]);
});

it("shows how long something took, in seconds, each bucket with those below", async () => {
  const timings = createTimings([1, 20]);
  for (const tookMs of [0.5, 1, 10, 400]) timings.add(tookMs);
  const lines = await shown("commit", {
    help: "Commits.",
    kind: "histogram",
    read: () => timings,
  });
  expect(lines).toEqual([
    "# HELP motown_commit_seconds Commits.",
    "# TYPE motown_commit_seconds histogram",
    'motown_commit_seconds_bucket{le="0.001"} 2',
    'motown_commit_seconds_bucket{le="0.02"} 3',
    'motown_commit_seconds_bucket{le="+Inf"} 4',
    "motown_commit_seconds_sum 0.4115",
    "motown_commit_seconds_count 4",
  ]);
});

it("shows nothing of what cannot be told at the moment", async () => {
  const silent = { help: "X.", read: () => undefined };
  const figures: readonly Figure[] = [
    { ...silent, kind: "gauge" },
    { ...silent, kind: "counter", label: "of" },
    { ...silent, kind: "histogram" },
  ];
  for (const figure of figures) expect(await shown("x", figure)).toHaveLength(2);
});
