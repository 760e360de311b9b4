// What a browser has to load before it shows something, as it comes over the wire.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Where the console is built to. */
export const dist = join(import.meta.dirname, "../../console/dist");

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** Files of the build, below its folder. */
export interface Loaded {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The door: what is there before anybody has signed in. */
export const door = ["index.html", "src/app/app.tsx"];
/** The shell: what surrounds every page, with the first one. */
export const shell = [...door, "src/app/inside.tsx", "src/pages/overview/overview-page.tsx"];

/** The files of these sources, with all that they cannot do without. */
export function filesOf(sources: readonly string[]): Loaded {
  const chunks = JSON.parse(readBuilt("chunks.json").toString()) as Record<string, Chunk>;
  const known = new Set<Chunk>();
  const add = (name: string): void => {
    const chunk = chunks[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (known.has(chunk)) return;
    known.add(chunk);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const name of sources) add(name);
  const all = [...known];
  return {
    scripts: all.map(({ file }) => file),
    styles: [...new Set(all.flatMap(({ css = [] }) => css))],
  };
}

/** A file of the build. */
export function readBuilt(name: string): Buffer {
  return readFileSync(join(dist, name));
}

/** Bytes of files as gzip sends them. */
export function gzipped(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + gzipSync(readBuilt(name), { level: 9 }).length, 0);
}
