// Runs targets round after round, watches the heap between rounds, and says how it went.
import { type Growth, type GrowthBound, growthOf, type HeapSample, heapNow } from "./growth.ts";
import type { Fault, Target } from "./target.ts";

/** What is to be run. */
export interface RunOptions {
  readonly target: Target;
  readonly frames: number;
  /** Of the first round; each further one has the next. */
  readonly seed: number;
  readonly growth?: GrowthBound;
  readonly progress?: (line: string) => void;
}

/** How one target fared. */
export interface Report {
  readonly target: string;
  readonly seed: number;
  readonly frames: number;
  readonly rounds: number;
  readonly framesPerSecond: number;
  /** On a machine that does other things, too, the figure that counts. */
  readonly framesPerCpuSecond: number;
  readonly faults: readonly (Fault & { readonly reproduce: string })[];
  readonly growth: Growth;
}

/** The bound where none is given: what caches and compiled code take, and no more per frame. */
const defaultBound: GrowthBound = { bytes: 12 * 2 ** 20, bytesPerFrame: 2 };
const faultsMax = 50;
const samplesAtMost = 40;

/** Runs a target until its frames are through, or more faults were found than anybody reads. */
export async function runTarget(options: RunOptions): Promise<Report> {
  const { target, frames, seed, progress = () => {} } = options;
  const faults: Fault[] = [];
  const samples: HeapSample[] = [];
  const rounds = Math.ceil(frames / target.frames);
  const every = Math.max(1, Math.floor(rounds / samplesAtMost));
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  let done = 0;
  let round = 0;
  while (done < frames && faults.length < faultsMax) {
    const wanted = Math.min(target.frames, frames - done);
    faults.push(
      ...(await guarded(target, { seed: seed + round, frames: wanted }, (n) => (done += n))),
    );
    round += 1;
    if (round % every === 0 || done >= frames) samples.push(await heapNow(done));
    progress(
      lineOf({ target: target.name, done, frames, faults: faults.length, startedMs, samples }),
    );
  }
  await target.close?.();
  const seconds = (performance.now() - startedMs) / 1000;
  const cpu = process.cpuUsage(startedCpu);
  return {
    ...{ target: target.name, seed, frames: done, rounds: round },
    framesPerSecond: Math.round(done / seconds),
    framesPerCpuSecond: Math.round(done / ((cpu.user + cpu.system) / 1e6)),
    faults: faults.map((fault) => ({ ...fault, reproduce: reproduction(options, fault) })),
    growth: growthOf(samples, options.growth ?? target.growth ?? defaultBound),
  };
}

/** The command that comes upon a fault again. */
function reproduction({ target, seed: first }: RunOptions, { seed, frame }: Fault): string {
  const { name, frames: round, goesOn } = target;
  const [from, frames] = goesOn ? [first, Math.ceil(frame / round) * round] : [seed, round];
  return `npm run fuzz -- --target ${name} --seed ${from} --frames ${frames}`;
}

/** One round, and whatever it left unhandled. */
async function guarded(
  target: Target,
  given: { readonly seed: number; readonly frames: number },
  count: (frames: number) => void,
): Promise<readonly Fault[]> {
  const unhandled: Fault[] = [];
  const note = (what: string) => (error: unknown) => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    unhandled.push({
      ...{ target: target.name, seed: given.seed, frame: 0, sample: "" },
      what: `${what}: ${words}`,
    });
  };
  const rejected = note("unhandled rejection");
  const thrown = note("uncaught exception");
  process.on("unhandledRejection", rejected);
  process.on("uncaughtException", thrown);
  try {
    const { frames, faults } = await target.round(given);
    // What nobody waits for is rejected in a turn of its own.
    await new Promise((resolve) => setImmediate(resolve));
    count(frames);
    return [...faults, ...unhandled];
  } catch (error) {
    note("the round broke off")(error);
    count(given.frames);
    return unhandled;
  } finally {
    process.off("unhandledRejection", rejected);
    process.off("uncaughtException", thrown);
  }
}

function lineOf(given: {
  readonly target: string;
  readonly done: number;
  readonly frames: number;
  readonly faults: number;
  readonly startedMs: number;
  readonly samples: readonly HeapSample[];
}): string {
  const { target, done, frames, faults, startedMs, samples } = given;
  const rate = Math.round((done / (performance.now() - startedMs)) * 1000);
  const heap = Math.round((samples.at(-1)?.heapBytes ?? 0) / 2 ** 20);
  return `${target}: ${done} of ${frames}, ${rate}/s, ${faults} faults, heap ${heap} MB`;
}
