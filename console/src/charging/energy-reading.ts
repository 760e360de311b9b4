/** A field in kWh for a filter in Wh. */
export const kilowattHours = {
  asked: (text: string): string | undefined => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    return Number.isFinite(number) ? String(Math.round(number * 1_000_000) / 1000) : undefined;
  },
  shown: (value: string): string => {
    const number = value === "" ? Number.NaN : Number(value);
    return Number.isFinite(number) ? String(number / 1000) : "";
  },
};
