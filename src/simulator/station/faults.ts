import type { Dice } from "../dice.ts";

/** What a station can be told to do wrong, in words for the help text. */
export const faultTable = {
  drop: "loses the socket right after sending a call",
  repeat: "sends a call twice with the same message id",
  repeatNewId: "sends an answered call again with a new message id",
  late: "holds a transaction message back for a while",
  outOfOrder: "lets a message overtake the one before it",
  badClock: "has a clock that is years or hours wrong",
  neverAnswer: "does not answer a call of the CSMS",
} as const;

export type FaultName = keyof typeof faultTable;

/** How often each fault happens, from 0 to 1. */
export type FaultRates = Partial<Readonly<Record<FaultName, number>>>;

/** The faults of one station: by chance, or armed for the next opportunity. */
export interface Faults {
  strikes(name: FaultName): boolean;
  arm(name: FaultName, times?: number): void;
  /** What has struck so far. */
  readonly struck: ReadonlyMap<FaultName, number>;
}

export function createFaults(rates: FaultRates, dice: Dice): Faults {
  const armed = new Map<FaultName, number>();
  const struck = new Map<FaultName, number>();
  return {
    struck,
    arm: (name, times = 1) => {
      armed.set(name, (armed.get(name) ?? 0) + times);
    },
    strikes: (name) => {
      const left = armed.get(name) ?? 0;
      if (left > 0) armed.set(name, left - 1);
      else if (!dice.strikes(rates[name] ?? 0)) return false;
      struck.set(name, (struck.get(name) ?? 0) + 1);
      return true;
    },
  };
}

const rateByDefault = 0.02;
const names = Object.keys(faultTable) as FaultName[];
const isFaultName = (name: string): name is FaultName => name in faultTable;

/** Reads `drop:0.05,repeat` or `all:0.01`; a string is the problem, in words. */
export function parseFaults(text: string): FaultRates | string {
  const rates: Partial<Record<FaultName, number>> = {};
  for (const part of text.split(",").filter(Boolean)) {
    const [name = "", given] = part.trim().split(":");
    const rate = given === undefined ? rateByDefault : Number(given);
    if (!(rate >= 0 && rate <= 1)) return `${part}: a rate is a number from 0 to 1`;
    if (name === "all") for (const each of names) rates[each] = rate;
    else if (isFaultName(name)) rates[name] = rate;
    else return `${name} is no fault; there are: all, ${names.join(", ")}`;
  }
  return rates;
}
