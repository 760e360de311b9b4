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
      // Neither pure tests nor those that start a Motown of their own hold anything between files.
      isolate: name === "e2e",
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
