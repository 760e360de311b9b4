/** A value at a moment. */
export interface Point {
  readonly seconds: number;
  readonly value: number;
}

/** By how much a value grows in an hour, and how far that may be off (one standard error). */
export interface Trend {
  readonly perHour: number;
  readonly error: number;
}

/** The straight line with the least squares through the points. */
export function trendOf(points: readonly Point[]): Trend {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(points.map(({ seconds }) => seconds));
  const level = mean(points.map(({ value }) => value));
  let over = 0;
  let under = 0;
  for (const { seconds, value } of points) {
    over += (seconds - middle) * (value - level);
    under += (seconds - middle) ** 2;
  }
  if (under === 0) return { perHour: Number.NaN, error: Number.NaN };
  const slope = over / under;
  const off = points.map(({ seconds, value }) => value - level - slope * (seconds - middle));
  const squares = off.reduce((sum, distance) => sum + distance ** 2, 0);
  // Two points lie on their line, whatever it says.
  const free = points.length - 2;
  const error = free > 0 ? Math.sqrt(squares / free / under) : Number.NaN;
  return { perHour: 3600 * slope, error: 3600 * error };
}
