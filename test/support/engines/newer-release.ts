// The program as a later release of it might be: this tree's sources, a few lines changed.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Lines that make another release of a file. */
export interface SourceChange {
  readonly file: string;
  readonly from: RegExp | string;
  readonly to: string;
}

const root = resolve(import.meta.dirname, "../../..");

/** Writes it to a folder of its own; the path of its program, and how to be rid of it. */
export function newerRelease(changes: readonly SourceChange[]): {
  readonly program: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "motown-release-"));
  cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const { file, from, to } of changes) {
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} holds nothing like ${String(from)}`);
    writeFileSync(path, after);
  }
  return {
    program: join(folder, "src", "main.ts"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
