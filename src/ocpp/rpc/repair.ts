import { type JsonRepair, jsonRepairs } from "../quirks/flags.ts";

/** Code under which a repaired frame is counted. */
export const jsonRepaired = "jsonRepaired";

const repairers: Readonly<Record<JsonRepair, (text: string) => string>> = {
  // Quirk: ZJ Beny, `,[2,…]` and `[,2,…]`.
  leadingComma: (text) => text.replace(/^[\s,]+/, "").replace(/^\[[\s,]+/, "["),
  // Quirk: AEFA, `"transactionId":,` for "none".
  missingValue: withValues,
};

/**
 * Reads JSON that some stations break always in the same ways, as their quirks say. Undefined
 * where that is not enough.
 */
export function parseBroken(text: string, repairs: readonly JsonRepair[]): unknown {
  const repaired = jsonRepairs
    .filter((repair) => repairs.includes(repair))
    .reduce((broken, repair) => repairers[repair](broken), text);
  try {
    const value: unknown = JSON.parse(repaired);
    return Array.isArray(value) ? value.map(withoutNulls) : undefined;
  } catch {
    return undefined;
  }
}

/** Puts null where a member has no value. One pass, whatever comes: strangers may send anything. */
function withValues(text: string): string {
  let filled = "";
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === ":" && isEnd(text, at + 1)) {
      filled += `${text.slice(done, at + 1)}null`;
      done = at + 1;
    }
  }
  return filled + text.slice(done);
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** Blanks looked through after a colon: enough for every printer of JSON. */
const blanksMax = 8;

function isEnd(text: string, from: number): boolean {
  const next = text.slice(from, from + blanksMax).trimStart()[0];
  return next === "," || next === "}";
}

/** What a repair filled with null was meant to be absent. */
function withoutNulls(part: unknown): unknown {
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).filter(([, member]) => member !== null));
}
