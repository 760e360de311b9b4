/** One part of `npm test`: what it may cost, and (for Vitest) the files that belong to it. */
export interface Suite {
  readonly seconds: number;
  readonly files?: readonly string[];
  readonly except?: readonly string[];
  /** How long one test, or what is polled in it, may take; a browser on a busy machine is slow. */
  readonly patience?: { readonly testMs: number; readonly pollMs: number };
  /** Files that take longest and therefore begin first; nothing else knows it on a new machine. */
  readonly longest?: readonly string[];
}

const integration = "**/*.int.test.ts";
const endToEnd = "**/*.e2e.test.ts";
const simulation = "test/simulation/**";
const fuzz = "test/fuzz/**";
const conformance = "test/conformance/**";
/** In a browser: files of it share a process, and in it one Chromium. */
const console = "test/console/**/*.e2e.test.ts";
const wholeFolders = ["test/tidy*/**", "test/tidy.test.ts", conformance, simulation, fuzz];

/**
 * The suites in the order in which they run. The suffix of a test file is its cost: `.test.ts`
 * touches nothing outside the process, `.int.test.ts` touches disk and sockets, `.e2e.test.ts` runs
 * whole programs. A suite that takes longer than its seconds is a failed test. The sum is at most
 * 840.
 */
export const suites = {
  types: { seconds: 20 },
  biome: { seconds: 15 },
  tidy: { seconds: 10, files: ["test/tidy.test.ts", "test/tidy/**/*.test.ts"] },
  unit: {
    seconds: 35,
    files: ["{src,test,tools,bench,console/src}/**/*.test.ts"],
    except: [integration, endToEnd, ...wholeFolders],
  },
  int: { seconds: 170, files: [integration], except: [conformance, simulation, fuzz] },
  conformance: { seconds: 25, files: ["test/conformance/**/*.test.ts"], except: [endToEnd] },
  simulation: { seconds: 70, files: ["test/simulation/**/*.test.ts"] },
  fuzz: { seconds: 45, files: ["test/fuzz/**/*.test.ts"] },
  e2e: { seconds: 180, files: [endToEnd], except: [console] },
  console: {
    seconds: 270,
    files: [console],
    patience: { testMs: 60_000, pollMs: 10_000 },
    longest: ["many-stations", "accessible", "refusals", "catalogue"],
  },
} satisfies Record<string, Suite>;

/** The name of a suite, as in `npm test`'s table. */
export type SuiteName = keyof typeof suites;
