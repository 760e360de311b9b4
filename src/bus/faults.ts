/** A moment at which a test makes a write fail or the whole program die. */
export type FaultPoint = (typeof faultPoints)[number];

const faultPoints = [
  /** Everything is written, nothing is synced: the unit is lost. */
  "beforeCommit",
  /** The unit is durable, and whoever asked for it does not know. */
  "afterCommitBeforeReply",
  /** The bus knows, and the station was not answered. */
  "afterReplyBeforeAnswer",
] as const;

/** Called at each of the points. May throw, or never come back. */
export interface Faults {
  hit(point: FaultPoint): void;
}

/** The faults of production: none. */
export const noFaults: Faults = { hit: () => {} };

/** Thrown by a fault that was armed to throw. */
export class FaultHit extends Error {
  override readonly name = "FaultHit";
}

/**
 * Arms one point from text, as the environment variable MOTOWN_FAULT gives it: `beforeCommit:3`
 * kills the process (SIGKILL, no clean-up) when the point is reached for the third time;
 * `beforeCommit:3:throw` throws there, once; `beforeCommit:3:io` as SQLite does when the disk
 * fails; `beforeCommit:3:exit` ends the thread that is there.
 * Nothing is armed by undefined or empty text.
 */
export function faultsFrom(text: string | undefined): Faults {
  if (text === undefined || text === "") return noFaults;
  const match = /^(\w+):([1-9]\d*)(:throw|:io|:exit)?$/.exec(text);
  const point = faultPoints.find((one) => one === match?.[1]);
  if (match === null || point === undefined) {
    throw new Error(`MOTOWN_FAULT is point:n with a point of ${faultPoints.join(", ")}: ${text}`);
  }
  const strike = strikes[match[3] ?? ""] ?? killSelf;
  return faultAt({ point, hit: Number(match[2]), strike });
}

/** Strikes when one point is reached for the `hit`-th time, and never again. */
export function faultAt(armed: {
  readonly point: FaultPoint;
  readonly hit: number;
  readonly strike: (point: FaultPoint) => void;
}): Faults {
  let hits = 0;
  return {
    hit: (point) => {
      if (point !== armed.point) return;
      hits += 1;
      if (hits === armed.hit) armed.strike(point);
    },
  };
}

const strikes: Readonly<Record<string, (point: FaultPoint) => void>> = {
  ":throw": throwFault,
  ":io": failDisk,
  ":exit": () => process.exit(1),
};

function killSelf(): void {
  process.kill(process.pid, "SIGKILL");
}

/** SQLITE_IOERR, as the driver reports it. */
function failDisk(point: FaultPoint): void {
  throw Object.assign(new FaultHit(`disk I/O error armed at ${point}`), { errcode: 10 });
}

function throwFault(point: FaultPoint): void {
  throw new FaultHit(`fault armed at ${point}`);
}
