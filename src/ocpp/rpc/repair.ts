/** Code under which a repaired frame is counted. */
export const jsonRepaired = "jsonRepaired";

/**
 * Reads JSON that some stations break always in the same ways. Undefined where that is not enough.
 * Quirk: Beny sends a leading comma. Quirk: AEFA sends `"transactionId":,` for "none".
 */
export function parseBroken(text: string): unknown {
  const repaired = text
    .replace(/^[\s,]+/, "")
    .replace(/^\[[\s,]+/, "[")
    .replace(/("(?:[^"\\]|\\.)*")\s{0,8}:\s{0,8}(?=[,}])/g, "$1:null");
  try {
    const value: unknown = JSON.parse(repaired);
    return Array.isArray(value) ? value.map(withoutNulls) : undefined;
  } catch {
    return undefined;
  }
}

/** What a repair filled with null was meant to be absent. */
function withoutNulls(part: unknown): unknown {
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).filter(([, member]) => member !== null));
}
