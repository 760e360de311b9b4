/** A function's body, by the places of its brackets in the code. */
export interface FunctionBody {
  readonly start: number;
  readonly end: number;
}

const closing: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };
const controlWords = /\b(if|for|while|switch|catch|with|await)\s*$/;

/** Finds functions, methods and arrow functions in code whose strings are blanked. */
export function functionsIn(code: string): FunctionBody[] {
  const partner = matchBrackets(code);
  const bodies = new Map<number, FunctionBody>();
  const add = (start: number) => {
    const end = partner.get(start);
    if (end !== undefined) bodies.set(start, { start, end });
  };
  for (const match of code.matchAll(/=>\s*(?=[{(])/g)) add(match.index + match[0].length);
  for (const match of code.matchAll(/\)\s*(?=[{:])/g)) {
    const open = partner.get(match.index);
    if (open === undefined || controlWords.test(code.slice(Math.max(0, open - 20), open))) continue;
    const next = match.index + match[0].length;
    const body = code[next] === "{" ? next : bodyAfterType(code, next + 1, partner);
    if (body !== undefined) add(body);
  }
  return [...bodies.values()];
}

function matchBrackets(code: string): Map<number, number> {
  const partner = new Map<number, number>();
  const open: number[] = [];
  for (const match of code.matchAll(/[{}()[\]]/g)) {
    if (closing[match[0]] !== undefined) {
      open.push(match.index);
      continue;
    }
    const start = open.at(-1);
    if (start === undefined || closing[code[start] ?? ""] !== match[0]) continue;
    open.pop();
    partner.set(start, match.index);
    partner.set(match.index, start);
  }
  return partner;
}

const space = /\s+/y;
const typeOperator = /[|&?]|=>|(?:is|extends|keyof|typeof|readonly|asserts|infer|unique|new)\b/y;
const typeName = /[\w$.]+|"[^"\n]*"|'[^'\n]*'|`[^`]*`/y;

/**
 * The brace that opens the body after a return type: the first one that is not part of the type,
 * because a whole type stands before it.
 */
function bodyAfterType(
  code: string,
  from: number,
  partner: ReadonlyMap<number, number>,
): number | undefined {
  let at = from;
  let whole = false;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const length = pattern.exec(code)?.[0].length ?? 0;
    at += length;
    return length > 0;
  };
  while (at < code.length) {
    if (skip(space)) continue;
    if (skip(typeOperator)) {
      whole = false;
      continue;
    }
    const here = code[at] ?? "";
    if (here === "{" && whole) return at;
    if (here === "<") at = endOfTypeArguments(code, at);
    else if (closing[here] !== undefined) at = (partner.get(at) ?? code.length) + 1;
    else if (whole || !skip(typeName)) return undefined;
    whole = true;
  }
  return undefined;
}

function endOfTypeArguments(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === "<") depth += 1;
    if (code[at] === ">" && code[at - 1] !== "=") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return code.length;
}
