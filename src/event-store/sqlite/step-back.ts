import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";

/** Added to the nice value of threads that no station's answer waits for. */
const background = 5;

/**
 * Puts the calling thread behind the others of its process: where the processors do not suffice,
 * stations are answered first and views and frames come later. Linux alone has priorities of single
 * threads (setpriority(2)); elsewhere, and where it is not allowed, nothing changes.
 */
export function stepBack(): void {
  try {
    const thread = /\/task\/(\d+)$/.exec(readlinkSync("/proc/thread-self"))?.[1];
    if (thread === undefined) return;
    const id = Number(thread);
    setPriority(id, Math.min(getPriority(id) + background, constants.priority.PRIORITY_LOW));
  } catch {
    // No such system: all threads are equal.
  }
}
