// The end of a node, step by step. No step keeps it for ever: what does not come to its own end is
// named and left behind.
import type { Clock, Log } from "#bus";
import type { Limits } from "#limits";

/** Something of a node did not end in order; everything else did. */
export class EndedShort extends Error {
  constructor(what: readonly string[]) {
    super(
      `Stopped, but not in order: ${what.join(", ")} did not come to an end. ` +
        "Nothing that was acknowledged is lost.",
    );
    this.name = "EndedShort";
  }
}

/** What a node does to end. */
export interface Ending {
  /** Does a step, and waits for `stopStepMs` and as long as it may take by limits of its own. */
  step(what: string, work: () => unknown, ownMs?: number): Promise<void>;
  /** What failed, or was not waited for to its end. */
  readonly unfinished: readonly string[];
}

/** Makes an ending, of which nothing is done yet. */
export function createEnding(parts: {
  readonly clock: Clock;
  readonly limits: Pick<Limits, "stopStepMs">;
  readonly log: Log;
}): Ending {
  const { clock, limits, log } = parts;
  const unfinished: string[] = [];

  async function done(what: string, work: () => unknown): Promise<"done"> {
    try {
      await work();
    } catch (error) {
      unfinished.push(what);
      log.error("A part of this node did not end in order", { part: what, error });
    }
    return "done";
  }

  return {
    unfinished,
    step: async (what, work, ownMs = 0) => {
      const late = Promise.withResolvers<"late">();
      const startedMs = clock.monotonicMs();
      const cancel = clock.after(limits.stopStepMs + ownMs, () => late.resolve("late"));
      const how = await Promise.race([done(what, work), late.promise]);
      cancel();
      const ms = Math.round(clock.monotonicMs() - startedMs);
      log.debug("A part of this node has ended", { part: what, how, ms });
      if (how === "done") return;
      unfinished.push(what);
      log.error("A part of this node does not end, and is not waited for any longer", {
        part: what,
        ms,
      });
    },
  };
}
