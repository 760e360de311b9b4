import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { type Suite, suites } from "./test/budget.ts";

const projects = Object.entries<Suite>(suites)
  .filter(([, suite]) => suite.files !== undefined)
  .map(([name, suite], order) => ({
    extends: true as const,
    test: {
      name,
      include: [...(suite.files ?? [])],
      exclude: ["**/node_modules/**", ...(suite.except ?? [])],
      ...(suite.patience === undefined ? {} : patienceOf(suite.patience)),
      // Neither pure tests nor those that start a Motown of their own hold anything between files.
      isolate: name === "e2e",
      // One suite after the other, so that the seconds of each mean something.
      sequence: { groupOrder: order },
    },
  }));

function patienceOf({ testMs, pollMs }: NonNullable<Suite["patience"]>) {
  return { testTimeout: testMs, hookTimeout: testMs, expect: { poll: { timeout: pollMs } } };
}

/** Lets the files begin first that take longest, so that the workers end together. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const longest = Object.values<Suite>(suites).flatMap((suite) => suite.longest ?? []);
    const order = ({ project, moduleId }: TestSpecification) => {
      const group = project.config.sequence.groupOrder;
      const at = longest.findIndex((name) => moduleId.includes(`/${name}.`));
      return [group, at === -1 ? longest.length : at] as const;
    };
    return sorted.toSorted((one, other) => {
      const [group, at] = order(one);
      const [otherGroup, otherAt] = order(other);
      return group - otherGroup || at - otherAt;
    });
  }
}

export default defineConfig({
  test: {
    projects,
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 10_000,
    hookTimeout: 10_000,
    passWithNoTests: true,
  },
});
