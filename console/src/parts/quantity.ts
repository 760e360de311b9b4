interface Scaled {
  readonly from: number;
  readonly unit: string;
  readonly by: number;
}

const energies: readonly Scaled[] = [
  { from: 1e6, unit: "MWh", by: 1e6 },
  { from: 1e3, unit: "kWh", by: 1e3 },
  { from: 0, unit: "Wh", by: 1 },
];
const powers: readonly Scaled[] = [
  { from: 1e6, unit: "MW", by: 1e6 },
  { from: 1e3, unit: "kW", by: 1e3 },
  { from: 0, unit: "W", by: 1 },
];

/**
 * A whole number as people of a language write it. Small ones are the same in all; the first
 * question for a language's ways costs as much as drawing half a page.
 */
export function countText(count: number, language: string): string {
  if (Number.isInteger(count) && Math.abs(count) < 1000) return String(count);
  return count.toLocaleString(language);
}

/** `12.3 kWh` */
export function energyText(wattHours: number, language: string): string {
  return scaled(wattHours, energies, language);
}

/** `7.4 kW` */
export function powerText(watts: number, language: string): string {
  return scaled(watts, powers, language);
}

/** `70.6 %` */
export function percentText(percent: number, language: string): string {
  return `${countText(percent, language)} %`;
}

function scaled(value: number, scales: readonly Scaled[], language: string): string {
  const scale = scales.find(({ from }) => Math.abs(value) >= from);
  const { unit = "", by = 1 } = scale ?? {};
  const shown = value / by;
  const digits = by === 1 || Math.abs(shown) >= 100 ? 0 : Math.abs(shown) >= 10 ? 1 : 2;
  const number = Number.isInteger(shown)
    ? countText(shown, language)
    : shown.toLocaleString(language, { maximumFractionDigits: digits });
  return `${number} ${unit}`;
}
