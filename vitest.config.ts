import { defineConfig } from "vitest/config";
import { type Suite, suites } from "./test/budget.ts";

const projects = Object.entries<Suite>(suites)
  .filter(([, suite]) => suite.files !== undefined)
  .map(([name, suite], order) => ({
    extends: true as const,
    test: {
      name,
      include: [...(suite.files ?? [])],
      exclude: ["**/node_modules/**", ...(suite.except ?? [])],
      // Pure tests hold no state worth a process of their own.
      isolate: name !== "unit" && name !== "tidy",
      // One suite after the other, so that the seconds of each mean something.
      sequence: { groupOrder: order },
    },
  }));

export default defineConfig({
  test: {
    projects,
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 10_000,
    passWithNoTests: true,
  },
});
