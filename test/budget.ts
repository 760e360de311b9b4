/** One part of `npm test`: what it may cost, and (for Vitest) the files that belong to it. */
export interface Suite {
  readonly seconds: number;
  readonly files?: readonly string[];
  readonly except?: readonly string[];
}

const integration = "**/*.int.test.ts";
const endToEnd = "**/*.e2e.test.ts";
const wholeFolders = ["test/tidy*/**", "test/tidy.test.ts", "test/conformance/**"];

/**
 * The suites in the order in which they run. The suffix of a test file is its cost: `.test.ts`
 * touches nothing outside the process, `.int.test.ts` touches disk and sockets, `.e2e.test.ts` runs
 * whole programs. A suite that takes longer than its seconds is a failed test. The sum is at most
 * 300.
 */
export const suites = {
  types: { seconds: 15 },
  biome: { seconds: 15 },
  tidy: { seconds: 10, files: ["test/tidy.test.ts", "test/tidy/**/*.test.ts"] },
  unit: {
    seconds: 30,
    files: ["{src,test,tools,bench}/**/*.test.ts"],
    except: [integration, endToEnd, ...wholeFolders],
  },
  int: { seconds: 110, files: [integration], except: ["test/conformance/**"] },
  conformance: { seconds: 40, files: ["test/conformance/**/*.test.ts"], except: [endToEnd] },
  e2e: { seconds: 80, files: [endToEnd] },
} satisfies Record<string, Suite>;

/** The name of a suite, as in `npm test`'s table. */
export type SuiteName = keyof typeof suites;
