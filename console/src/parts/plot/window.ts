/** A line that has only begun is drawn in a window of so many seconds. */
const leastSeconds = 300;

/** From when until when a plot shows: all there is, and never a window of moments. */
export function windowOf(from: number, until: number): [number, number] {
  return [from, Math.max(until, from + leastSeconds)];
}
