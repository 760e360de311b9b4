/** A line that has only begun is drawn in a window of so many seconds. */
const leastSeconds = 300;

/**
 * From when until when a plot shows: all there is, and never a window of moments. What is newest is
 * at the right from the first, and moves to the left as more comes.
 */
export function windowOf(from: number, until: number): [number, number] {
  return [Math.min(from, until - leastSeconds), until];
}
