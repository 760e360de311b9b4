/** One fenced block of a page, with what the comment before it asks of the check. */
export interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Goes on beside the others once its output shows this text. */
  readonly backgroundUntil?: string | undefined;
  /** Run again for so many seconds until the output is as shown. */
  readonly retrySeconds?: number | undefined;
}

/** All fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const lines = page.split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = /^```(\w+)$/.exec(lines[at] ?? "");
    if (opening === null) continue;
    const end = lines.indexOf("```", at + 1);
    const comment = lines[at - 1] ?? "";
    const retry = /^<!-- check: retry (\d+) -->$/.exec(comment)?.[1];
    blocks.push({
      line: at + 1,
      language: opening[1] ?? "",
      text: lines.slice(at + 1, end).join("\n"),
      backgroundUntil: /^<!-- check: background until (.+) -->$/.exec(comment)?.[1],
      retrySeconds: retry === undefined ? undefined : Number(retry),
    });
    at = end;
  }
  return blocks;
}

/**
 * Whether an output is as a page shows it: `…` stands for anything within a line, a line of its own
 * for any lines. Blanks at line ends and before the first word do not count.
 */
export function isAsShown(shown: string, output: string): boolean {
  const wanted = linesOf(shown).map((line) => (line === "…" ? undefined : patternOf(line)));
  return fits(wanted, linesOf(output));
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/ +/g, " "))
    .filter((line) => line !== "");
}

function patternOf(line: string): RegExp {
  const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

function fits(wanted: readonly (RegExp | undefined)[], lines: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (wanted.length === 0) return lines.length === 0;
  if (first !== undefined) return first.test(lines[0] ?? "\0") && fits(rest, lines.slice(1));
  for (let skipped = 0; skipped <= lines.length; skipped++) {
    if (fits(rest, lines.slice(skipped))) return true;
  }
  return false;
}
