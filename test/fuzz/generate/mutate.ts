// Takes texts apart and puts them together wrongly: bits, cuts, splices, tokens.
import { type Chance, weighted } from "./chance.ts";
import { jsonOf } from "./json.ts";
import { oddValue } from "./odd.ts";

const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:]/g;

/** A text that was changed in a few places; `other` lends pieces. */
export function mutated(chance: Chance, text: string, other: string): string {
  let changed = text;
  for (let times = chance.pick([1, 1, 1, 2, 4]); times > 0; times--) {
    changed = changedOnce(chance, changed, other);
  }
  return changed;
}

function changedOnce(chance: Chance, text: string, other: string): string {
  const at = chance.below(text.length + 1);
  const upTo = Math.min(text.length, at + 1 + chance.below(12));
  const change = weighted<() => string>(chance, [
    [4, () => text.slice(0, at) + flipped(chance, text.charCodeAt(at)) + text.slice(at + 1)],
    [3, () => text.slice(0, at) + text.slice(upTo)],
    [2, () => text.slice(0, at)],
    [1, () => text.slice(at)],
    [2, () => text.slice(0, at) + other.slice(chance.below(other.length + 1))],
    [2, () => text.slice(0, upTo) + text.slice(at)],
    [
      1,
      () =>
        text.slice(0, at) +
        chance.pick(['"', "\\", ",", ":", "[", "}", "\u0000", " "]) +
        text.slice(at),
    ],
    [8, () => swapped(chance, text, other)],
    [4, () => replaced(chance, text)],
  ]);
  return change();
}

function flipped(chance: Chance, code: number): string {
  return String.fromCharCode((Number.isNaN(code) ? 0 : code) ^ (1 << chance.below(8)));
}

/** One token in the place of another. */
function swapped(chance: Chance, text: string, other: string): string {
  const from = placesOf(other);
  if (from.length === 0) return text;
  const [start, end] = chance.pick(from);
  return withToken(chance, text, other.slice(start, end));
}

function replaced(chance: Chance, text: string): string {
  return withToken(chance, text, jsonOf(oddValue(chance)));
}

function withToken(chance: Chance, text: string, token: string): string {
  const places = placesOf(text);
  if (places.length === 0) return token;
  const [start, end] = chance.pick(places);
  return text.slice(0, start) + token + text.slice(end);
}

const longestTakenApart = 5_000;

function placesOf(text: string): readonly (readonly [number, number])[] {
  const part = text.slice(0, longestTakenApart);
  return Array.from(part.matchAll(tokens), ({ index, 0: { length } }) => [index, index + length]);
}
