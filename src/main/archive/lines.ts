import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { StoreProblem } from "#store-problem";

/** Far longer than any row: a file without line ends is none of ours. */
const lineCharactersMax = 64 * 1024 * 1024;

/** What an archive is read from: a file that is there, or standard input. */
export async function inputOf(file: string | undefined): Promise<Readable> {
  if (file === undefined) return process.stdin;
  const handle = await open(file);
  return handle.createReadStream();
}

/** Lines of a text. By line feeds alone: other line ends may stand in JSON as they are. */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  input.setEncoding("utf8");
  let rest = "";
  for await (const chunk of input as AsyncIterable<string>) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > lineCharactersMax) {
      throw new StoreProblem("badArchive", "This is no archive of Motown: a line has no end.");
    }
    yield* parts;
  }
  if (rest !== "") yield rest;
}
