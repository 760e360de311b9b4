/** A value at a moment. */
export interface Point {
  readonly seconds: number;
  readonly value: number;
}

/** By how much a value grows in an hour: the straight line with the least squares. */
export function slopePerHour(points: readonly Point[]): number {
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
  return under === 0 ? Number.NaN : (3600 * over) / under;
}
