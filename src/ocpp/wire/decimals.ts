// Decimal numbers as stations write them, exactly: no floating point between text and value.

/** A decimal number: `digits` × 10^`exponent`. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const pattern = /^\s*([+-]?)(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/;

function readDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  return {
    negative: sign === "-",
    digits: whole + fraction,
    exponent: Number(exponent) - fraction.length,
  };
}

/** How most values are written. */
const fewDigits = /^\d{1,9}(?:\.\d{1,3})?$/;

/** What became of a text that should be a quantity. */
export type Quantity = { readonly milli: number } | { readonly problem: "unreadable" | "tooLarge" };

/**
 * Thousandths of a base unit from a text in that unit × 10^`power` (kWh to Wh: 3). What is finer
 * than a thousandth is rounded, halves away from zero.
 */
export function milliOf(text: string, power = 0): Quantity {
  // So few digits are exact in floating point, too: the nearest whole number is the right one.
  if (power === 0 && fewDigits.test(text)) return { milli: Math.round(Number(text) * 1000) };
  const decimal = readDecimal(text);
  if (decimal === undefined) return { problem: "unreadable" };
  const shift = decimal.exponent + power + 3;
  const digits = decimal.digits.replace(/^0+/, "");
  if (digits === "") return { milli: 0 };
  if (digits.length + shift > 16) return { problem: "tooLarge" };
  // A product of whole numbers is exact as long as it is a safe integer.
  const size = shift >= 0 ? Number(digits) * 10 ** shift : rounded(digits, -shift);
  if (!Number.isSafeInteger(size)) return { problem: "tooLarge" };
  return { milli: decimal.negative && size !== 0 ? -size : size };
}

function rounded(digits: string, cut: number): number {
  if (cut > digits.length) return 0;
  const kept = Number(digits.slice(0, digits.length - cut) || "0");
  return (digits[digits.length - cut] ?? "0") >= "5" ? kept + 1 : kept;
}

const plainShape = /^(?!-0$)-?(0|[1-9]\d*)(\.\d{0,2}[1-9])?$/;

/** Whether a text is what `plainOf` would write of its own quantity. */
export function isPlain(text: string): boolean {
  return plainShape.test(text);
}

/** Plain text of a quantity in thousandths: 12500 is `12.5`. */
export function plainOf(milli: number): string {
  const size = Math.abs(milli);
  const whole = Math.floor(size / 1000);
  const rest = size - whole * 1000;
  const fraction = rest === 0 ? "" : `.${String(rest).padStart(3, "0").replace(/0+$/, "")}`;
  return `${milli < 0 ? "-" : ""}${whole}${fraction}`;
}
