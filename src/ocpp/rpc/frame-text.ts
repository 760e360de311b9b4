// What JSON allows in a text and a program cannot bear.

/** Nesting that no message comes near, and whoever walks through a payload can bear. */
const depthMax = 100;

/**
 * Whether a JSON text is nested deeper than anybody here could walk. One pass, and no recursion.
 */
export function isTooDeep(text: string): boolean {
  // Whatever is that deep is closed again, or is no JSON; and few frames open that much at all.
  if (text.length <= depthMax * 2 || !opensMore(text, depthMax)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfText(text, at + 1);
        break;
      case 0x5b:
      case 0x7b:
        depth += 1;
        if (depth > depthMax) return true;
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
    }
  }
  return false;
}

/** Whether a text has more opening brackets than so many, wherever they stand. */
function opensMore(text: string, most: number): boolean {
  let count = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > most) return true;
    }
  }
  return false;
}

function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = end;
    while (slashes > from && text[slashes - 1] === "\\") slashes -= 1;
    if ((end - slashes) % 2 === 0) return end;
  }
  return text.length;
}

/**
 * A value that was read from a JSON text, with halves of characters replaced: a database cannot
 * keep them, and an address cannot hold them. They come only as escapes (`\ud83d` without the
 * rest).
 */
export function wellFormed(text: string, value: unknown): unknown {
  if (!text.includes("\\ud") && !text.includes("\\uD")) return value;
  return isWellFormed(value) ? value : replaced(value);
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([name, part]) => name.isWellFormed() && isWellFormed(part));
}

function replaced(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(replaced);
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([name, part]) => [name.toWellFormed(), replaced(part)]));
}
