// How long fuzzing waits before it calls a wait endless. A clock alone is fooled by a process that
// stood still (stopped, a machine asleep): then minutes pass in which nobody could answer.

/** More than this between two looks, and nobody was running. */
const standstillMs = 250;
const lookMs = 50;

/** Patience that is used up by the time in which this process ran, look by look. */
export function patienceOf(
  milliseconds: number,
  now: () => number = () => performance.now(),
): { readonly isOver: () => boolean } {
  let spentMs = 0;
  let lastMs = now();
  return {
    isOver: () => {
      const atMs = now();
      spentMs += Math.min(atMs - lastMs, standstillMs);
      lastMs = atMs;
      return spentMs >= milliseconds;
    },
  };
}

/** What comes of the work, unless patience ends first. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const patience = patienceOf(milliseconds);
  let looks: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    looks = setInterval(() => {
      if (patience.isOver()) reject(new Error("no answer in time"));
    }, lookMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearInterval(looks);
  }
}
